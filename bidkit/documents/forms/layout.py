"""How a form's fields stand on paper: labelled entries in pairs, tables under their own heading."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from bidkit.kernel.language import Language
from bidkit.vocabulary.forms import Field, FieldType, FormDefinition
from bidkit.vocabulary.records import Label
from bidkit.vocabulary.tables import labels

LIST_COLUMN = "item"
_WIDE = frozenset({FieldType.TEXT, FieldType.FILE, FieldType.HASH})
_WEIGHTS = {
    FieldType.TEXT: 3.2,
    FieldType.STRING: 1.9,
    FieldType.DECIMAL: 1.5,
    FieldType.PERCENT: 1.3,
    FieldType.REF: 2.0,
    FieldType.MONEY: 2.0,
    FieldType.DATETIME: 2.0,
    FieldType.DATE: 1.6,
    FieldType.QUANTITY: 1.7,
    FieldType.ENUM: 1.6,
    FieldType.FILE: 2.4,
    FieldType.HASH: 2.4,
}
_MANY_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Entries:
    """A run of labelled entries: each row holds one wide field or up to two narrow ones. `first` opens the form."""

    rows: tuple[tuple[Field, ...], ...]
    first: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """A field with any number of rows. A list of single values has the one column LIST_COLUMN."""

    field: Field
    columns: tuple[Field, ...]

    @property
    def is_list(self) -> bool:
        """Whether the rows are single values."""
        return self.field.type is not FieldType.TABLE

    @property
    def widths(self) -> tuple[float, ...]:
        """The share of each column in the whole width; they add up to 1."""
        weights = [_WEIGHTS.get(column.type, 1.2) for column in self.columns]
        return tuple(weight / sum(weights) for weight in weights)


Block = Entries | Rows


def blocks(definition: FormDefinition, hidden: Collection[str] = ()) -> tuple[Block, ...]:
    """The form's fields but the hidden ones as blocks, in the definition's order."""
    found: list[Block] = []
    waiting: list[Field] = []
    for field in definition.fields:
        if field.key in hidden:
            continue
        if has_rows(field):
            found += _entries(waiting, first=not found)
            waiting = []
            found.append(rows_of(field))
        else:
            waiting.append(field)
    return (*found, *_entries(waiting, first=not found))


def has_rows(field: Field) -> bool:
    """Whether the field is a table or a list; several choices out of a few are boxes to tick, not a list."""
    return field.type is FieldType.TABLE or (field.many and field.type is not FieldType.ENUM)


def rows_of(field: Field) -> Rows:
    """The field as rows with columns."""
    if field.type is FieldType.TABLE:
        return Rows(field, field.columns)
    names = labels("forms")["column.item"]
    column = replace(field, key=LIST_COLUMN, label=Label(names[Language.ZH], names[Language.EN]), many=False, hint=None)
    return Rows(field, (column,))


def is_wide(definition: FormDefinition) -> bool:
    """Whether some table has too many columns for an upright page."""
    return any(len(field.columns) > _MANY_COLUMNS for field in definition.fields)


def is_read_only(field: Field) -> bool:
    """Whether people do not enter the field: it is computed or filled in by the system."""
    return bool(field.computed or field.system)


def _entries(fields: list[Field], *, first: bool) -> Iterator[Entries]:
    rows: list[tuple[Field, ...]] = []
    for field in fields:
        wide = field.type in _WIDE or field.many
        if not wide and rows and len(rows[-1]) == 1 and not _wide(rows[-1][0]):
            rows[-1] = (*rows[-1], field)
        else:
            rows.append((field,))
    if rows:
        yield Entries(tuple(rows), first)


def _wide(field: Field) -> bool:
    return field.type in _WIDE or field.many
