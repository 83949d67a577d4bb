"""A field's value as the text people see in a file, and what they typed as a value again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from bidkit.documents.cells import clean
from bidkit.documents.forms.plain import decimal_of, plain_number, plain_value, unit_code
from bidkit.documents.wording import number_text
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import Bound
from bidkit.terms.dates import find_dates
from bidkit.terms.fold import fold
from bidkit.terms.quantities import find_quantities
from bidkit.vocabulary.forms import Field, FieldType
from bidkit.vocabulary.tables import label, labels

TICKED, UNTICKED = "☒", "☐"

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_PLAIN_NUMBER = re.compile(_NUMBER)
_MONEY = re.compile(rf"(?P<before>[A-Z]{{3}})?\s*(?P<number>{_NUMBER})\s*(?P<after>[A-Z]{{3}})?")
_QUANTITY = re.compile(
    rf"(?P<sign>≥|≤|>=|<=|>|<|=)?\s*(?P<number>{_NUMBER})\s*(?P<unit>[^()]*?)(?:\s*\((?P<bound>[^()]+)\))?"
)
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[T ](?P<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)"
    r"\s*(?P<zone>Z|[+-]\d{2}:\d{2}(?::\d{2})?)?"
)
_FILE = re.compile(r"(?P<name>.*?)\s+(?P<sha256>[0-9a-f]{64})", re.DOTALL)
_MARKS = re.compile(r"[\s*△]+$")
_SIGNS = {Bound.AT_LEAST: "≥", Bound.AT_MOST: "≤", Bound.MORE_THAN: ">", Bound.LESS_THAN: "<", Bound.EXACT: "="}
_BOUNDS = {**{sign: bound.value for bound, sign in _SIGNS.items()}, ">=": ">=", "<=": "<="}


@dataclass(frozen=True, slots=True)
class Words:
    """How values are put into words: the reader's language and the names of ids."""

    language: Language
    names: Mapping[str, str] = field(default_factory=dict)

    def say(self, code: str) -> str:
        """The label `code` of `schemas/codelists/forms.csv`."""
        return label("forms", code, self.language)


def shown(one: Field, value: Any, words: Words) -> str:
    """One value of the field as text, "" for a blank; `typed` reads it back as `plain_value` gives it.

    A value that does not fit its field's type is shown as it is.
    """
    value = plain_value(one, value) if not isinstance(value, list | tuple) else value
    if value is None:
        return ""
    text = _SHOWN[one.type](one, value, words) if one.type in _SHOWN else None
    return str(value) if text is None else text


def typed(one: Field, text: str) -> Any:
    """What `text` means in the field, in plain writing: None for a blank, the text itself where it cannot be read."""
    text = clean(text)
    if not text or text in placeholders():
        return None
    value = _TYPED[one.type](one, text) if one.type in _TYPED else text
    return text if value is None else value


@cache
def placeholders() -> frozenset[str]:
    """Every text that stands in an empty field, ours and that of word processors."""
    return frozenset(
        text for code, names in labels("forms").items() if code.startswith("placeholder.") for text in names.values()
    )


def placeholder(one: Field, *, locked: bool = False, small: bool = False) -> str:
    """The code of the text an empty field shows; `small` in a table, where most cells need no words."""
    kind = "system" if locked else _PLACEHOLDERS.get(one.type, "text")
    return "placeholder.cell" if small and kind not in ("choice", "date") else f"placeholder.{kind}"


def ticks(one: Field, text: str) -> list[str]:
    """The codes of the options ticked in a printed list of boxes, in the field's order."""
    pieces = re.split(r"([☐☒☑✓✔√■□])", text)
    marked = {
        label_text.strip().casefold()
        for box, label_text in zip(pieces[1::2], pieces[2::2], strict=True)
        if box not in "☐□"
    }
    return [o.code for o in one.options if marked & {o.label.zh.casefold(), o.label.en.casefold(), o.code.casefold()}]


def marks_left_out(label_text: str) -> str:
    """A printed label without the marks for required fields behind it."""
    return _MARKS.sub("", clean(label_text))


def id_of(text: str) -> str:
    """The id in `text`: what stands in the last square brackets, else the whole text."""
    if not text.endswith("]"):
        return text
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += {"]": 1, "[": -1}.get(text[place], 0)
        if depth == 0:
            return text[place + 1 : -1].strip() or text
    return text


def named(identifier: str, names: Mapping[str, str]) -> str:
    """An id with the name people know it by, so that `id_of` finds the id again."""
    name = names.get(identifier)
    return f"{name} [{identifier}]" if name else f"[{identifier}]" if identifier.endswith("]") else identifier


def _shown_bool(_one: Field, value: Any, words: Words) -> str | None:
    return words.say("yes" if value else "no") if isinstance(value, bool) else None


def _shown_number(_one: Field, value: Any, _words: Words) -> str | None:
    number = decimal_of(value)
    return number_text(number) if number is not None else None


def _shown_int(_one: Field, value: Any, _words: Words) -> str | None:
    return str(value)


def _shown_percent(one: Field, value: Any, words: Words) -> str | None:
    text = _shown_number(one, value, words)
    return f"{text}%" if text is not None else None


def _shown_moment(_one: Field, value: Any, _words: Words) -> str | None:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    text = moment.replace(tzinfo=None).isoformat(" ", "auto" if moment.second or moment.microsecond else "minutes")
    zone = moment.isoformat()[len(moment.replace(tzinfo=None).isoformat()) :]
    return f"{text} {zone}".strip()


def _shown_option(one: Field, value: Any, words: Words) -> str | None:
    return next((o.label.of(words.language) for o in one.options if o.code == value), None)


def _shown_money(_one: Field, value: Any, _words: Words) -> str | None:
    number = decimal_of(value.get("amount")) if isinstance(value, Mapping) else None
    return f"{number_text(number)} {value.get('currency', '')}".strip() if number is not None else None


def _shown_quantity(_one: Field, value: Any, words: Words) -> str | None:
    number = decimal_of(value.get("value")) if isinstance(value, Mapping) else None
    if number is None:
        return None
    unit, bound = str(value.get("unit", "")), str(value.get("bound", ""))
    sign = next((sign for code, sign in _SIGNS.items() if code.value == bound), "")
    rest = f" ({bound})" if bound and not sign else ""
    return f"{sign} {number_text(number)} {_unit_text(unit, words.language)}".strip() + rest


def _unit_text(unit: str, language: Language) -> str:
    name = label("units", unit, language) if unit in labels("units") else unit
    return name if unit_code(name) == unit else unit


def _shown_ref(_one: Field, value: Any, words: Words) -> str | None:
    return named(value, words.names) if isinstance(value, str) else None


def _shown_file(_one: Field, value: Any, _words: Words) -> str | None:
    return f"{value.get('name', '')}\n{value.get('sha256', '')}" if isinstance(value, Mapping) else None


def _typed_bool(_one: Field, text: str) -> Any:
    words = labels("forms")
    return next((code == "yes" for code in ("yes", "no") if text.casefold() in _written(words[code], code)), None)


def _written(names: Mapping[Language, str], code: str) -> set[str]:
    return {code, *(name.casefold() for name in names.values())}


def _typed_number(_one: Field, text: str) -> Any:
    number = _number(text)
    return plain_number(number) if number is not None else None


def _typed_percent(one: Field, text: str) -> Any:
    return _typed_number(one, fold(text).removesuffix("%").strip())


def _typed_int(_one: Field, text: str) -> Any:
    number = _number(text)
    return int(number) if number is not None and number == number.to_integral_value() else None


def _number(text: str) -> Decimal | None:
    text = fold(text).strip()
    return decimal_of(text.replace(",", "")) if _PLAIN_NUMBER.fullmatch(text) else None


def _typed_date(_one: Field, text: str) -> Any:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        found = find_dates(text, day_first=True)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))
    return found[0].iso[:10] if whole and not found[0].has_time else None


def _typed_moment(_one: Field, text: str) -> Any:
    match = _MOMENT.fullmatch(text)
    if match:
        try:
            return datetime.fromisoformat(f"{match['day']}T{match['time']}{match['zone'] or ''}").isoformat()
        except ValueError:
            return None
    found = find_dates(text, day_first=True)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))
    return datetime.fromisoformat(found[0].iso).isoformat() if whole and found[0].has_time else None


def _typed_option(one: Field, text: str) -> Any:
    wanted = text.casefold()
    return next(
        (o.code for o in one.options if wanted in (o.code.casefold(), o.label.zh.casefold(), o.label.en.casefold())),
        None,
    )


def _typed_money(one: Field, text: str) -> Any:
    match = _MONEY.fullmatch(fold(text).strip().upper())
    if match and (match["before"] or match["after"]):
        number = _number(match["number"])
        return (
            {"amount": plain_number(number), "currency": match["after"] or match["before"]}
            if number is not None
            else None
        )
    found = [q for q in find_quantities(text) if q.unit in labels("currencies") and (q.start, q.end) == (0, len(text))]
    return plain_value(one, {"amount": found[0].value, "currency": found[0].unit}) if len(found) == 1 else None


def _typed_quantity(one: Field, text: str) -> Any:
    match = _QUANTITY.fullmatch(fold(text).strip())
    if not match or not match["unit"]:
        return None
    bound = _BOUNDS.get(match["sign"] or "", match["bound"] or "")
    number = _number(match["number"])
    return plain_value(one, {"value": number, "unit": match["unit"], "bound": bound})


def _typed_ref(_one: Field, text: str) -> Any:
    return id_of(text)


def _typed_file(_one: Field, text: str) -> Any:
    match = _FILE.fullmatch(text)
    return {"name": match["name"], "sha256": match["sha256"]} if match else None


_PLACEHOLDERS = {
    FieldType.BOOL: "choice", FieldType.ENUM: "choice", FieldType.DATE: "date", FieldType.DATETIME: "datetime",
    FieldType.MONEY: "money", FieldType.QUANTITY: "quantity", FieldType.REF: "ref", FieldType.FILE: "file",
    FieldType.INT: "number", FieldType.DECIMAL: "number", FieldType.PERCENT: "number",
}  # fmt: skip
_SHOWN: dict[FieldType, Callable[[Field, Any, Words], str | None]] = {
    FieldType.BOOL: _shown_bool,
    FieldType.INT: _shown_int,
    FieldType.DECIMAL: _shown_number,
    FieldType.PERCENT: _shown_percent,
    FieldType.DATETIME: _shown_moment,
    FieldType.ENUM: _shown_option,
    FieldType.MONEY: _shown_money,
    FieldType.QUANTITY: _shown_quantity,
    FieldType.REF: _shown_ref,
    FieldType.FILE: _shown_file,
}
_TYPED: dict[FieldType, Callable[[Field, str], Any]] = {
    FieldType.BOOL: _typed_bool,
    FieldType.INT: _typed_int,
    FieldType.DECIMAL: _typed_number,
    FieldType.PERCENT: _typed_percent,
    FieldType.DATE: _typed_date,
    FieldType.DATETIME: _typed_moment,
    FieldType.ENUM: _typed_option,
    FieldType.MONEY: _typed_money,
    FieldType.QUANTITY: _typed_quantity,
    FieldType.REF: _typed_ref,
    FieldType.FILE: _typed_file,
}
