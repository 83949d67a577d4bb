"""Values of a form in their one plain writing, so that equal things compare equal wherever they were typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bidkit.documents.cells import clean
from bidkit.kernel.language import Language
from bidkit.terms.words import units
from bidkit.vocabulary.forms import Field, FieldType, FormDefinition
from bidkit.vocabulary.tables import labels


def plain_values(definition: FormDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` without blanks and computed fields, numbers as texts without trailing zeros, dates and times as ISO.

    What cannot be read as its field's type stays as it is; unknown keys stay too. Doing it twice changes nothing.
    """
    known = {field.key: field for field in definition.fields}
    found = {}
    for key, value in values.items():
        if key in known and known[key].computed:
            continue
        plain = plain_value(known[key], value) if key in known else value
        if plain not in (None, "", [], {}):
            found[key] = plain
    return found


def plain_value(field: Field, value: Any) -> Any:
    """One field's value in plain writing; None where it is blank."""
    if field.type is FieldType.TABLE or field.many:
        if not isinstance(value, list | tuple):
            return value
        one = _row if field.type is FieldType.TABLE else _single
        return [item for item in (one(field, item) for item in value) if item not in (None, "", {})]
    return _single(field, value)


def decimal_of(value: Any) -> Decimal | None:
    """A finite Decimal from a number or a numeric text, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def plain_number(number: Decimal) -> str:
    """A number as text without exponent and trailing zeros."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def unit_code(text: str) -> str:
    """The code of a unit's label or word; the text itself where it is none we know."""
    known = labels("units")
    if text in known:
        return text
    found = _codes_by_label().get(text.casefold()) or units().get(text)
    return found if found in known else text


def _codes_by_label() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, names in labels("units").items():
        for language in Language:
            found.setdefault(names[language].casefold(), code)
    return found


def _row(field: Field, row: Any) -> Any:
    if not isinstance(row, Mapping):
        return row
    columns = {column.key: column for column in field.columns}
    plain = {key: _single(columns[key], value) if key in columns else value for key, value in row.items()}
    return {key: value for key, value in plain.items() if value not in (None, "", {})}


def _single(field: Field, value: Any) -> Any:
    if isinstance(value, str):
        value = clean(value)
    if value in (None, "", {}):
        return None
    return _PLAIN[field.type](value) if field.type in _PLAIN else value


def _int(value: Any) -> Any:
    number = decimal_of(value)
    return int(number) if number is not None and number == number.to_integral_value() else value


def _decimal(value: Any) -> Any:
    number = decimal_of(value)
    return plain_number(number) if number is not None else value


def _date(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _datetime(value: Any) -> Any:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and len(value) > 10 else value
    except ValueError:
        return value
    return moment.isoformat() if isinstance(moment, datetime) else value


def _money(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    kept = {key: part.strip() if isinstance(part, str) else part for key, part in value.items()}
    plain = {key: _decimal(part) if key == "amount" else part for key, part in kept.items()}
    return {key: part for key, part in plain.items() if part not in (None, "")}


def _quantity(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    plain = dict(value)
    plain["value"] = _decimal(plain.get("value"))
    if isinstance(plain.get("unit"), str):
        plain["unit"] = unit_code(plain["unit"].strip())
    return {key: part for key, part in plain.items() if part not in (None, "")}


_PLAIN: dict[FieldType, Callable[[Any], Any]] = {
    FieldType.INT: _int,
    FieldType.DECIMAL: _decimal,
    FieldType.PERCENT: _decimal,
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.MONEY: _money,
    FieldType.QUANTITY: _quantity,
}
