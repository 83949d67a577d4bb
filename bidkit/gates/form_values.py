"""A filled form's values as typed values, with its formulas worked out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bidkit.vocabulary.forms import Field, FieldType, FormDefinition

_BLANKS: tuple[Any, ...] = (None, "", [], {}, ())
_LISTS = (list, tuple)
_NUMBERS = (str, int, float, Decimal)


def without_blanks(values: Any) -> Any:
    """`values` with blank texts, empty lists and missing values left out, at every depth."""
    if isinstance(values, str):
        return values.strip()
    if isinstance(values, Mapping):
        kept = {key: without_blanks(value) for key, value in values.items()}
        return {key: value for key, value in kept.items() if value not in _BLANKS}
    if isinstance(values, _LISTS):
        return [kept for kept in map(without_blanks, values) if kept not in _BLANKS]
    return values


def part_of(definition: FormDefinition, keys: Collection[str]) -> FormDefinition:
    """The definition cut down to fields and columns of these names, with whatever their formulas read.

    `read_form` gives for it what it gives for the whole form, as far as it goes.
    """
    wanted = set(keys)
    for key in reversed(definition.computed):
        formula = definition.field(key).computed
        if key in wanted and formula:
            wanted |= formula.names | formula.attributes
    fields = tuple(
        replace(field, columns=tuple(column for column in field.columns if column.key in wanted))
        for field in definition.fields
        if field.key in wanted
    )
    return replace(definition, fields=fields, computed=tuple(key for key in definition.computed if key in wanted))


def read_form(definition: FormDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """The form's values by field, typed, computed fields worked out anew; what is missing or unreadable is None.

    Numbers are Decimal, dates date or aware or naive datetime, money a mapping with a Decimal amount, a table a tuple
    of rows. What is blank counts as missing, at every depth. Whatever was entered in a computed field is not looked at.
    """
    read = {field.key: _read(field, values.get(field.key)) for field in definition.fields if not field.computed}
    for key in definition.computed:
        formula = definition.field(key).computed
        read[key] = formula.value(read) if formula else None
    return read


def _read(field: Field, value: Any) -> Any:
    # Reading leaves blanks out by itself: cleaning whole forms first costs more than all the reading.
    if field.type is not FieldType.TABLE and not field.many:
        return _one(field.type, value)
    if not isinstance(value, _LISTS):
        return None
    kept = (item for item in value if not _blank(item))
    return tuple(_row(field, i) if field.type is FieldType.TABLE else _one(field.type, i) for i in kept) or None


def _row(field: Field, row: Any) -> dict[str, Any]:
    given = row if isinstance(row, Mapping) else {}
    return {column.key: _read(column, given.get(column.key)) for column in field.columns}


def _one(kind: FieldType, value: Any) -> Any:
    kept = without_blanks(value)
    return None if kept in _BLANKS else _READERS[kind](kept)


def _blank(value: Any) -> bool:
    """Whether `without_blanks` leaves nothing of the value."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(map(_blank, value.values()))
    return all(map(_blank, value)) if isinstance(value, _LISTS) else value is None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def decimal_or_none(value: Any) -> Decimal | None:
    """A finite Decimal from a number or a numeric text, else None."""
    if isinstance(value, bool) or not isinstance(value, _NUMBERS):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def date_or_none(value: Any) -> date | None:
    """A date from `2026-03-01`, else None."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def moment_or_none(value: Any) -> datetime | None:
    """A datetime from an ISO 8601 text with a time in it, else None."""
    if isinstance(value, datetime):
        return value
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) and len(value) > 10 else None
    except ValueError:
        return None


def _measured(key: str) -> Callable[[Any], dict[str, Any] | None]:
    def read(value: Any) -> dict[str, Any] | None:
        return {**value, key: decimal_or_none(value.get(key))} if isinstance(value, Mapping) else None

    return read


def _mapping(value: Any) -> dict[str, Any] | None:
    return dict(value) if isinstance(value, Mapping) else None


_READERS: dict[FieldType, Callable[[Any], Any]] = {
    **dict.fromkeys(FieldType, _text),
    FieldType.INT: decimal_or_none,
    FieldType.DECIMAL: decimal_or_none,
    FieldType.PERCENT: decimal_or_none,
    FieldType.BOOL: _truth,
    FieldType.DATE: date_or_none,
    FieldType.DATETIME: moment_or_none,
    FieldType.MONEY: _measured("amount"),
    FieldType.QUANTITY: _measured("value"),
    FieldType.FILE: _mapping,
}
