"""A filled form's values as typed values, with its formulas worked out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bidkit.vocabulary.forms import Field, FieldType, FormDefinition

_BLANKS: tuple[Any, ...] = (None, "", [], {}, ())


def without_blanks(values: Any) -> Any:
    """`values` with blank texts, empty lists and missing values left out, at every depth."""
    if isinstance(values, Mapping):
        kept = {key: without_blanks(value) for key, value in values.items()}
        return {key: value for key, value in kept.items() if value not in _BLANKS}
    if isinstance(values, list | tuple):
        return [kept for kept in map(without_blanks, values) if kept not in _BLANKS]
    return values.strip() if isinstance(values, str) else values


def read_some(definition: FormDefinition, values: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    """`read_form` for these fields alone; the whole form where it has formulas, since they may read any field."""
    if definition.computed:
        return read_form(definition, values)
    wanted = [field for field in definition.fields if field.key in keys]
    return {field.key: _read(field, without_blanks(values.get(field.key))) for field in wanted}


def read_form(definition: FormDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """The form's values by field, typed, computed fields worked out anew; what is missing or unreadable is None.

    Numbers are Decimal, dates date or aware or naive datetime, money a mapping with a Decimal amount, a table a tuple
    of rows. Whatever was entered in a computed field is not looked at.
    """
    kept = without_blanks(values)
    read = {field.key: _read(field, kept.get(field.key)) for field in definition.fields if not field.computed}
    for key in definition.computed:
        formula = definition.field(key).computed
        read[key] = formula.value(read) if formula else None
    return read


def _read(field: Field, value: Any) -> Any:
    if value in _BLANKS:
        return None
    if field.type is FieldType.TABLE:
        return tuple(_row(field, row) for row in value) if isinstance(value, list) else None
    if field.many:
        return tuple(_one(field.type, item) for item in value) if isinstance(value, list) else None
    return _one(field.type, value)


def _row(field: Field, row: Any) -> dict[str, Any]:
    given = row if isinstance(row, Mapping) else {}
    return {column.key: _read(column, given.get(column.key)) for column in field.columns}


def _one(kind: FieldType, value: Any) -> Any:
    return _READERS[kind](value)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def decimal_or_none(value: Any) -> Decimal | None:
    """A finite Decimal from a number or a numeric text, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
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
