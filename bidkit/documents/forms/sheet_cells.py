"""A field's value as typed spreadsheet cells, and cells as a value again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from bidkit.documents.cells import clean
from bidkit.documents.forms.plain import decimal_of, plain_number, plain_value
from bidkit.documents.forms.typed import Words, shown, typed
from bidkit.kernel.language import Language
from bidkit.vocabulary.forms import Field, FieldType
from bidkit.vocabulary.tables import labels

TICK = "✓"
SEPARATOR = " · "
_PARTS = {FieldType.MONEY: ("amount", "currency"), FieldType.QUANTITY: ("value", "unit", "bound")}
_NUMBERS = frozenset({FieldType.INT, FieldType.DECIMAL, FieldType.PERCENT})
_NUMERIC_PARTS = frozenset({"amount", "value"})
_EXACT_DIGITS = 15  # what a spreadsheet keeps of a number

Cell = str | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """One cell's share of a field: the whole of it (""), an amount, a currency, a unit…, or one box to tick."""

    field: Field
    name: str = ""
    option: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the cell holds a number."""
        return self.field.type in _NUMBERS or self.name in _NUMERIC_PARTS

    @property
    def key(self) -> str:
        """What identifies the cell in a file."""
        return f"{self.field.key}.{self.name or self.option}".rstrip(".")

    def label(self, language: Language) -> str:
        """The cell's label in one language."""
        own = self.field.label.of(language)
        if self.option:
            return own + SEPARATOR + next(o.label.of(language) for o in self.field.options if o.code == self.option)
        return own + SEPARATOR + labels("forms")[f"column.{self.name}"][language] if self.name else own


def parts_of(field: Field) -> tuple[Part, ...]:
    """The cells a field or column takes, in order."""
    if field.many and field.options:
        return tuple(Part(field, option=option.code) for option in field.options)
    return tuple(Part(field, name) for name in _PARTS.get(field.type, ("",)))


def cell_of(part: Part, value: Any, words: Words) -> Cell:
    """What the cell shows of the field's value; None for a blank. Numbers, dates and times stay what they are."""
    if part.option:
        return TICK if isinstance(value, list | tuple) and part.option in value else None
    value = plain_value(part.field, value)
    if part.name:
        if not isinstance(value, Mapping):
            return shown(part.field, value, words) or None if part.name in _NUMERIC_PARTS else None
        found = value.get(part.name)
        return _number(found) if part.is_number else (str(found) if found not in (None, "") else None)
    if value is None:
        return None
    if part.is_number:
        number = _number(value)
        percent = part.field.type is FieldType.PERCENT and isinstance(number, float)
        return float(Decimal(str(value)) / 100) if percent else number
    return _moment(part.field, value) or shown(part.field, value, words)


def value_of(field: Field, cells: Mapping[str, Any]) -> Any:
    """The field's value from its cells by part name, option or ""; None for a blank, a text where unreadable."""
    if field.many and field.options:
        return [option.code for option in field.options if text_of_cell(cells.get(option.code))] or None
    if "" in cells:
        return typed(field, text_of_cell(cells[""], field))
    texts = {name: text_of_cell(cells.get(name)) for name in _PARTS[field.type]}
    found = {name: text for name, text in texts.items() if text}
    if not found:
        return None
    number = next(name for name in texts if name in _NUMERIC_PARTS)
    if decimal_of(found.get(number, "").replace(",", "")) is None:
        return typed(field, " ".join(found.values()))
    return plain_value(field, {**found, number: found[number].replace(",", "")})


def text_of_cell(cell: Any, field: Field | None = None) -> str:
    """A cell as the text that means the same in `field`."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        number = Decimal(repr(cell))
        share = field is not None and field.type is FieldType.PERCENT
        return plain_number(number * 100 if share else number) if number.is_finite() else str(cell)
    if isinstance(cell, datetime):
        whole = field is not None and field.type is FieldType.DATE and cell.time() == time()
        return cell.date().isoformat() if whole else cell.isoformat(" ", "auto" if cell.second else "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return clean(str(cell)) if cell is not None else ""


def _number(value: Any) -> Cell:
    """A float where a spreadsheet keeps every digit, else the text."""
    number = decimal_of(value)
    if number is None:
        return str(value)
    exact = len(number.as_tuple().digits) <= _EXACT_DIGITS
    return float(number) if exact else plain_number(number)


def _moment(field: Field, value: Any) -> date | datetime | None:
    """A date or a time without zone as such: a spreadsheet has no zones. None for everything else."""
    try:
        if field.type is FieldType.DATE:
            found = date.fromisoformat(value)
            return found if found.year > 1900 else None
        if field.type is FieldType.DATETIME:
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo is None and moment.year > 1900 and not moment.microsecond else None
    except (TypeError, ValueError):
        return None
    return None
