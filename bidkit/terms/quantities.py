"""Numbers with their unit, bound, basis and start event in Chinese and English text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bidkit.kernel.quantity import Bound, DayType, Quantity
from bidkit.terms.amounts import amounts_in_words
from bidkit.terms.context import basis_of, bound_of, start_event_of
from bidkit.terms.cues import scales
from bidkit.terms.dates import find_dates
from bidkit.terms.fold import fold
from bidkit.terms.numerals import chinese_digits, chinese_number, english_number
from bidkit.terms.words import currencies, multipliers, numerals, one_of, unit_pattern, units

_PERIODS = frozenset({"day", "week", "month", "year", "hour", "quarter", "minute"})
_FRACTIONS = {"百分之": ("percent", 1), "千分之": ("permille", 1), "万分之": ("permille", 10)}
_LOOSE = frozenset(
    {"item", "point", "piece", "time", "group", "station", "grade", "channel", "layer", "word", "port", "page"}
)
_LOT_DASH = 100  # "lot 1-250000 yuan" names a lot, a range of prices is never that wide
_WORKING = re.compile(r"工作日|working|business", re.IGNORECASE)
_CALENDAR = re.compile(r"日历|自然日|公历|calendar", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A number and unit as printed, before its surroundings are read."""

    value: Decimal
    unit: str
    start: int
    end: int
    upper: Decimal | None = None


@cache
def _number() -> str:
    # Thousands are set apart by spaces only behind a currency or in millions: "item 1 500 kg" names an item.
    priced = r"(?:(?<=[$€£¥])|(?<=(?-i:[A-Z]{3})\s)|(?<=[$€£¥]\s))\d{1,3}(?:\s\d{3})+"
    spaced = rf"(?:{priced}|\d{{1,3}}(?:\s\d{{3}}){{2,}})(?:\.\d+)?(?![\s\d]?\d)"
    digits = rf"{spaced}|\d{{1,3}}(?:,\d{{2,3}})+(?:\.\d+)?|\d+(?:\.\d+)?"
    english = one_of(numerals("word"))
    word = rf"(?<![A-Za-z])(?:(?:{english})(?:[\s-]+(?:and\s)?(?:{english}))*)"
    return rf"(?:{word}\s*[（(]\s*(?:{digits})\s*[)）]|{digits}|{word}|[{chinese_digits()}]+)"


@cache
def _shape() -> re.Pattern[str]:
    """[currency] number [multiplier] [- number [multiplier]] [unit], with the brackets and lines of a filled blank."""
    blank_open, blank_close = r"[【\[_（(\s*]*", r"[】\]_）)\s*]*"
    money, after = one_of(currencies("before")), one_of(currencies("after"))
    times, unit = one_of(multipliers()), unit_pattern()
    return re.compile(
        rf"(?P<sign>±|\+/-|[+﹢-](?=\d))?(?:(?P<cur>(?:{money})(?:\s*(?:{money}))?)[\s:]*)?{blank_open}"
        rf"(?P<n>(?<![\d.A-Za-z])(?<!\d,)(?<![A-Za-z0-9]-){_number()})(?P<close>{blank_close})(?P<times>{times})?(?P<u0>\s*(?:{unit}))?"
        rf"(?:\s*(?P<dash>-|–|—|~|～|至|到|to)\s*{blank_open}(?P<n2>[±+]?{_number()}){blank_close}(?P<times2>{times})?)?"
        rf"[\s-]*(?:(?P<after>(?:{after}))|(?P<unit>{unit}))?",
        re.IGNORECASE,
    )


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The typed values printed in `text`, in reading order, without overlap; () where there is none.

    Percentages are in "percent", ‰ and 万分之 in "permille"; money is in whole currency units with the ISO code as
    unit; a range has `upper`; ±x is a range around the number before it, or around 0. Dates, ordinals (第3年) and
    bare numbers are not quantities.
    """
    folded = fold(text)
    taken = [(day.start, day.end) for day in find_dates(text)]
    raws = _fractions(folded) + _words_for_money(folded)
    taken += [(raw.start, raw.end) for raw in raws]
    raws += [raw for raw in _printed(folded) if not any(raw.start < end and start < raw.end for start, end in taken)]
    raws.sort(key=lambda raw: raw.start)
    return tuple(_with_surroundings(folded, raw, previous) for raw, previous in zip(raws, [None, *raws], strict=False))


def _fractions(text: str) -> list[_Raw]:
    found = []
    for match in re.finditer(
        rf"(百分之|千分之|万分之)\s*([{chinese_digits()}\d.]+)(\s*[（(]\s*[\d.]+\s*[%‰]\s*[)）])?", text
    ):
        unit, divisor = _FRACTIONS[match[1]]
        value = _decimal(match[2])
        if value is not None:
            end = match.end() if match[3] and _is_restated(value / divisor, unit, match[3]) else match.end(2)
            found.append(_Raw(value / divisor, unit, match.start(), end))
    return found


def _is_restated(value: Decimal, unit: str, printed: str) -> bool:
    """Whether the figure in brackets is the same share: 百分之五（5%）."""
    figure = _decimal(printed)
    return figure is not None and figure * (10 if "%" in printed else 1) == value * (10 if unit == "percent" else 1)


def _words_for_money(text: str) -> list[_Raw]:
    return [_Raw(amount, "CNY", start, end) for amount, start, end in amounts_in_words(text)]


def _printed(text: str) -> list[_Raw]:
    found = []
    for match in _shape().finditer(text):
        raw = _raw(text, match)
        if raw is not None:
            found.append(raw)
    return found


def _raw(text: str, match: re.Match[str]) -> _Raw | None:
    unit = _unit(match)
    value = _decimal(match["n"])
    if unit is None or value is None or _is_no_measure(text, match, value, unit):
        return None
    start = match.start("cur") if match["cur"] else match.start("n")
    whole = text[match.start() : match.end("u0")] if _is_followed_by_a_word(match) else match[0]
    end = match.start() + len(whole.rstrip(" -\t\n"))
    times = _factor(match["times"]) or (_factor(match["times2"]) if match["n2"] else None) or Decimal(1)
    upper = _decimal(match["n2"].lstrip("±+")) if match["n2"] else None
    if upper is not None:
        upper *= _factor(match["times2"]) or Decimal(1)
        value = _low_end(match, value, unit)
    value *= times
    if match["sign"] in ("±", "+/-"):
        return _Raw(-value, unit, match.start("sign"), end, value)
    if match["sign"] == "-" and _is_minus(text[: match.start("sign")], unit):
        value, start = -value, match.start("sign")
    if upper is not None and unit in set(currencies("after").values()) and upper > value * _LOT_DASH:
        value, upper, start = upper, None, match.start("n2")
    if upper is not None and upper < value:
        upper = None
    return _Raw(value, unit, start, end, upper)


def _low_end(match: re.Match[str], value: Decimal, unit: str) -> Decimal:
    """The lower end of a range in the unit of its upper end, as in 100mV to 10V."""
    printed = (match["u0"] or "").strip()
    low, high = scales().get(units().get(printed) or units().get(_plain(printed), "")), scales().get(unit)
    differ = low and high and low.dimension == high.dimension and low.factor != high.factor
    return value * low.factor / high.factor if low and high and differ else value


def _is_minus(before: str, unit: str) -> bool:
    """Whether a dash makes the number negative: not behind a word, except behind a Chinese one and for temperatures."""
    last = before.rstrip()[-1:]
    if not last.isalnum():
        return True
    return not last.isascii() and (before[-1:].isspace() or unit in ("degC", "degF"))


def _unit(match: re.Match[str]) -> str | None:
    """The unit's code; a currency before or behind the number makes it money."""
    printed = (match["u0"] if _is_followed_by_a_word(match) else match["unit"] or match["u0"] or "").strip()
    if match["after"]:
        return currencies("after")[_plain(match["after"])]
    if match["cur"]:
        words = currencies("before")
        whole = _plain(match["cur"])
        return words.get(whole) or words[next(w for w in sorted(words, key=len, reverse=True) if whole.startswith(w))]
    if not printed:
        return None
    return units().get(printed) or units().get(_plain(printed))


def _is_followed_by_a_word(match: re.Match[str]) -> bool:
    """Whether what looks like a second unit begins the next word, as 支 does in 0.5‰支付."""
    return bool(match["u0"] and match["unit"] and not match["n2"])


def _plain(word: str) -> str:
    return re.sub(r"\s+", " ", word).strip().lower()


def _is_no_measure(text: str, match: re.Match[str], value: Decimal, unit: str) -> bool:
    """Ordinals (第3年), calendar years, times of day, clause numbers before a noun, and loose words (任意一类)."""
    before = text[max(0, match.start("n") - 3) : match.start("n")].rstrip()
    if before.endswith(("第", "第(", "Day", "附件")) or (before.endswith("月") and unit in _PERIODS):
        return True
    if unit == "year" and 1900 <= value <= 2100:
        return True
    if unit == "point" and before.endswith(("时", "点", ":")):
        return True
    in_words = not any(c.isdigit() for c in match["n"])
    if in_words and not match["n"].isascii() and unit in _LOOSE:
        return True
    opens = not text[: match.start("n")].rsplit("|", 1)[-1].strip(" ★▲*#")
    printed = match["u0"] or match["unit"] or ""
    spaced = text[match.end("n") : match.end("n") + 1].isspace()
    return opens and spaced and "." in match["n"] and printed.strip()[:1] > "\u3400"


def _decimal(text: str) -> Decimal | None:
    digits = re.search(r"\d(?:[\d,]|\s(?=\d{3}))*(?:\.\d+)?", text)
    if digits:
        return Decimal(re.sub(r"[,\s]", "", digits[0]))
    return english_number(text) or chinese_number(text)


def _factor(word: str | None) -> Decimal | None:
    return multipliers()[word.lower()] if word else None


def _with_surroundings(text: str, raw: _Raw, previous: _Raw | None) -> Quantity:
    floor = previous.end if previous else 0
    before, after = text[max(floor, raw.start - 60) : raw.start], text[raw.end : raw.end + 90]
    value, upper = raw.value, raw.upper
    if upper is not None and value == -upper and previous and (previous.end, previous.unit) == (raw.start, raw.unit):
        value, upper = previous.value - upper, previous.value + upper
    bound = Bound.RANGE if upper is not None else bound_of(before, after)
    printed = text[raw.start : raw.end]
    return Quantity(
        value=value,
        unit=raw.unit,
        bound=bound,
        upper=upper,
        basis=basis_of(before, after),
        start_event=start_event_of(before, after) if raw.unit in _PERIODS else None,
        day_type=_day_type(printed, after) if raw.unit == "day" else None,
        start=raw.start,
        end=raw.end,
    )


def _day_type(printed: str, after: str) -> DayType | None:
    near = printed + after[:8]
    if _WORKING.search(near):
        return DayType.WORKING
    return DayType.CALENDAR if _CALENDAR.search(near) else None
