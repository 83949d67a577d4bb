"""Reading back what people typed into an Excel form, whatever program saved it meanwhile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import python_calamine

from bidkit.documents.forms.gather import Gathered
from bidkit.documents.forms.layout import has_rows, rows_of
from bidkit.documents.forms.model import FormOrigin, FormReadBack
from bidkit.documents.forms.origin import PREFIX, origin_in_properties, origin_in_text, origin_of, refuse_stranger
from bidkit.documents.forms.sheet import ORIGIN_SHEET, READ_ONLY
from bidkit.documents.forms.sheet_cells import Part, parts_of, text_of_cell, value_of
from bidkit.documents.forms.typed import marks_left_out
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.vocabulary.forms import Field, FormDefinition, form_definition
from bidkit.vocabulary.tables import labels

_MAX_UNPACKED = 200_000_000
_PROPERTIES = "docProps/custom.xml"
_KEY_COLUMN = 3

Table = list[list[Any]]


def read_form_xlsx(data: bytes, name: str = "form.xlsx") -> FormReadBack:
    """The values in a workbook made by `write_form_xlsx`, as any spreadsheet program saved it.

    Columns and rows may have been moved, sorted, added or deleted. Raises UnreadableFile where the file is no workbook
    or none of our forms; `name` is only for the message.
    """
    tables, properties = _tables(data, name)
    origin = _origin(tables, properties)
    if origin is None:
        raise refuse_stranger(name)
    reader = _Reader(form_definition(origin.form))
    for title, table in tables.items():
        reader.sheet(title, table)
    return reader.gathered.read_back(origin)


def _tables(data: bytes, name: str) -> tuple[dict[str, Table], bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
                raise UnreadableFile(
                    "zip-bomb", "unpacks to an abnormal size", where=name, next_step="check where the file came from"
                )
            properties = archive.read(_PROPERTIES) if _PROPERTIES in archive.NameToInfo else b""
        book = python_calamine.load_workbook(io.BytesIO(data))
        return {
            title: book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in book.sheet_names
        }, properties
    except (zipfile.BadZipFile, python_calamine.CalamineError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(
            "unreadable", "not a readable .xlsx workbook", where=name, next_step="save it as .xlsx, without a password"
        ) from error


def _origin(tables: dict[str, Table], properties: bytes) -> FormOrigin | None:
    rows = [list(map(text_of_cell, row[:2])) for row in tables.get(ORIGIN_SHEET, []) if len(row) > 1]
    listed = {name.removeprefix(PREFIX): value for name, value in rows if name.startswith(PREFIX)}
    texts = (text_of_cell(cell) for table in tables.values() for row in table for cell in row if isinstance(cell, str))
    return origin_of(listed) or origin_in_properties(properties) or origin_in_text(texts)


class _Reader:
    def __init__(self, definition: FormDefinition) -> None:
        self.gathered = Gathered(definition)
        self.definition = definition
        self.parts = {part.key: part for f in definition.fields if not has_rows(f) for part in parts_of(f)}

    def sheet(self, title: str, table: Table) -> None:
        """Take in one sheet: entries, the rows of one field, or nothing of ours."""
        start = self._head_of_entries(table)
        if start is not None:
            self._entries(table[start + 1 :])
            return
        field = self._field_of(title, table)
        if field is not None:
            self._rows(field, table)

    def _head_of_entries(self, table: Table) -> int | None:
        """The row with the heads of the entries; None where the sheet has none."""
        heads = {squash(text) for text in labels("forms")["sheet.entry"].values()}
        fields = {squash(text) for text in labels("forms")["sheet.field"].values()}
        for number, row in enumerate(table[:200]):
            if len(row) > 1 and squash(text_of_cell(row[0])) in fields and squash(text_of_cell(row[1])) in heads:
                return number
        return None

    def _entries(self, rows: Table) -> None:
        cells: dict[str, dict[str, Any]] = {}
        for row in rows:
            given = [*row, *[None] * 4][: _KEY_COLUMN + 1]
            part = self._part(text_of_cell(given[_KEY_COLUMN]), text_of_cell(given[0]))
            if part is not None:
                cells.setdefault(part.field.key, {}).setdefault(part.name or part.option, given[1])
        for key, found in cells.items():
            field = self.definition.field(key)
            self.gathered.value(field, value_of(field, found))

    def _part(self, key: str, label: str) -> Part | None:
        return self.parts.get(key.removeprefix(READ_ONLY)) or _called(list(self.parts.values()), label)

    def _field_of(self, title: str, table: Table) -> Field | None:
        heads = [text_of_cell(cell) for cell in table[0]] if table else []
        for field in (f for f in self.definition.fields if has_rows(f)):
            names = {squash(field.label.of(language)) for language in Language}
            if squash(title) and any(name.startswith(squash(title)) for name in names) and self._columns(field, heads):
                return field
        return self.gathered.table_with([head for head in heads if head])

    def _columns(self, field: Field, heads: Sequence[str]) -> dict[int, Part]:
        block = rows_of(field)
        parts = [part for column in block.columns for part in parts_of(column)]
        if block.is_list:
            return self._list_columns(field, heads, parts)
        found = {place: part for place, head in enumerate(heads) if (part := _called(parts, head)) is not None}
        return {
            place: part for place, part in found.items() if list(found.values()).index(part) == list(found).index(place)
        }

    def _list_columns(self, field: Field, heads: Sequence[str], parts: list[Part]) -> dict[int, Part]:
        """The first column under the field's own label; a list of amounts has its parts in the columns beside it."""
        names = {squash(field.label.of(language)) for language in Language}
        first = next((n for n, head in enumerate(heads) if squash(marks_left_out(head)) in names), None)
        return {} if first is None else {first + number: part for number, part in enumerate(parts)}

    def _rows(self, field: Field, table: Table) -> None:
        heads = [text_of_cell(cell) for cell in table[0]]
        columns = self._columns(field, heads)
        for row in table[1:]:
            cells: dict[str, dict[str, Any]] = {}
            for place, cell in enumerate(row):
                part = columns.get(place)
                if part is not None:
                    cells.setdefault(part.field.key, {})[part.name or part.option] = cell
                elif text_of_cell(cell):
                    head = heads[place] if place < len(heads) else ""
                    self.gathered.extra_column(field, head, text_of_cell(cell))
            known = {column.key: column for column in rows_of(field).columns}
            self.gathered.row_values(field, {key: value_of(known[key], found) for key, found in cells.items()})
        if columns:
            self.gathered.rows_seen(field)


def _called(parts: Sequence[Part], label: str) -> Part | None:
    wanted = squash(marks_left_out(label))
    return next((p for p in parts if wanted and wanted in {squash(p.label(language)) for language in Language}), None)
