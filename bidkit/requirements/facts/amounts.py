"""Money, securities and shares out of a reading."""

from __future__ import annotations

import re
from decimal import Decimal

from bidkit.kernel.language import Language
from bidkit.kernel.quantity import Quantity
from bidkit.requirements.facts.cues import answers
from bidkit.requirements.facts.options import chosen_option
from bidkit.requirements.facts.reading import Reading
from bidkit.terms.quantities import find_quantities
from bidkit.terms.words import multipliers
from bidkit.vocabulary.tables import labels

_BARE = re.compile(r"^[^\d]{0,12}?(\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?:$|[（(元。；;,\n/])")
_LOT = re.compile(
    r"(?:包|标段|标包|lot)\s*[\d一二三四五六七八九]|[\d一二三四五六七八九]\s*(?:包|标段|标包)", re.IGNORECASE
)
_TOTAL = re.compile(r"(?:合计|总计|共计|总额|总价|total)[^\d]{0,10}", re.IGNORECASE)
_FLOOR, _MOST = 1000, 30
_LARGEST_SHARE = {Language.ZH: 10, Language.EN: 100}  # 政府采购法实施条例 第四十八条, 招标投标法实施条例 第五十八条
_SPAN = 160


def money(reading: Reading) -> int | float | None:
    """Whole currency units; a bare number takes its unit from the label's bracket; None where lots differ."""
    text = _span(reading)
    amounts = _amounts(text)
    if len({amount for amount, _ in amounts}) > 1 and len(_LOT.findall(text)) > 1:
        return _total(text)
    if amounts:
        return _number(amounts[0][0])
    bare = _BARE.match(text)
    if not bare:
        return None
    value = Decimal(bare[1].replace(",", "")) * _factor(reading)
    return _number(value) if value >= _FLOOR else None


def security(reading: Reading) -> int | float | None:
    """The amount of a security, 0 where none is asked."""
    text = _span(reading)
    if _is_none(text):
        return 0
    amounts = _amounts(text)
    if len({amount for amount, _ in amounts}) > 1 and len(_LOT.findall(text)) > 1:
        return None
    if amounts:
        return _number(amounts[0][0])
    bare = _BARE.match(text)
    value = Decimal(bare[1].replace(",", "")) * _factor(reading) if bare else Decimal(0)
    return _number(value) if value >= _FLOOR else None


def share(reading: Reading) -> int | float | str | None:
    """A performance security: "10%", an amount, or 0 where none is asked."""
    text = _span(reading)
    if _is_none(text):
        return 0
    for quantity in find_quantities(text):
        if quantity.unit == "percent" and 0 < quantity.value <= _LARGEST_SHARE[reading.language]:
            return f"{_plain(quantity.value)}%"
        if quantity.unit in labels("currencies") and quantity.value >= _FLOOR:
            return _number(quantity.value)
    bare = _BARE.match(text) if "%" in reading.hint or "%" in reading.line.text[:60] else None
    return f"{_plain(Decimal(bare[1]))}%" if bare and Decimal(bare[1].replace(",", "")) <= _MOST else None


def _is_none(text: str) -> bool:
    chosen = chosen_option(text[:120])
    if chosen is None:
        return False
    head = chosen.strip(" （(【：:\n")[:24]
    return bool(answers("none").search(head)) and not any(q.unit in labels("currencies") for q in find_quantities(head))


def _span(reading: Reading) -> str:
    text = reading.text.strip()
    if len(text) < 12 and not (find_quantities(text) or _BARE.match(text)):
        text = f"{text}\n{reading.tail}".strip()
    return text[:_SPAN]


def _amounts(text: str) -> list[tuple[Decimal, Quantity]]:
    currencies = labels("currencies")
    return [(q.value, q) for q in find_quantities(text) if q.unit in currencies and q.value > 0]


def _total(text: str) -> int | float | None:
    found = _TOTAL.search(text)
    amounts = _amounts(text[found.end() :]) if found else []
    return _number(amounts[0][0]) if amounts else None


def _factor(reading: Reading) -> Decimal:
    """万元 in the label's bracket or in the column header makes a bare number ten thousands."""
    place = reading.line.block.place
    hint = reading.hint
    if reading.column and place:
        hint += place.header_texts[reading.column[1]]
    for word, factor in multipliers().items():
        if not word.isascii() and word in hint:
            return factor
    return Decimal(1)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
