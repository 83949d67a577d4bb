"""Reading back what people typed into a Word form, whatever program saved it meanwhile."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from zipfile import BadZipFile

from bidkit.documents.forms.gather import Gathered
from bidkit.documents.forms.layout import LIST_COLUMN, has_rows, rows_of
from bidkit.documents.forms.model import FormOrigin, FormReadBack
from bidkit.documents.forms.origin import origin_in_properties, origin_in_text, refuse_stranger
from bidkit.documents.forms.word_text import (
    cells_of,
    first_line,
    paragraphs_of,
    style_of,
    tables_of,
    tags_in,
    text_of,
    tracked_changes,
)
from bidkit.documents.forms.word_text import rows_of as table_rows
from bidkit.documents.forms.word_xml import Element, w
from bidkit.documents.wording import short
from bidkit.ingest.docx.package import Package, open_package
from bidkit.vocabulary.forms import Field, FormDefinition, form_definition

_PROPERTIES = "docProps/custom.xml"
_LABEL, _HEAD = "Form Label", "Form Table Head"
_OURS = "Form "


def read_form_docx(data: bytes, name: str = "form.docx") -> FormReadBack:
    """The values in a Word form made by `write_form_docx`, as any word processor saved it.

    Entries are found by their content control, or where those are gone by the label beside them and the heads of the
    columns. Rows may have been added, moved or deleted. Tracked changes are read as accepted, with a finding.
    Raises UnreadableFile where the file is no Word document or none of our forms; `name` is only for the message.
    """
    package = open_package(data, name)
    body = package.document.root.find(w("body"))
    if body is None:
        raise refuse_stranger(name)
    origin = _origin(package, body)
    if origin is None:
        raise refuse_stranger(name)
    reader = _Reader(form_definition(origin.form), _style_names(package))
    reader.read(body)
    return reader.gathered.read_back(origin)


def _origin(package: Package, body: Element) -> FormOrigin | None:
    try:
        properties = package.archive.read(_PROPERTIES) if _PROPERTIES in package.archive.NameToInfo else b""
    except (BadZipFile, zlib.error, EOFError, NotImplementedError):
        properties = b""
    return origin_in_properties(properties) or origin_in_text(text_of(p) for p in paragraphs_of(body))


def _style_names(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in package.related("styles"):
        for style in part.root.iter(w("style")):
            name = style.find(w("name"))
            if name is not None:
                found[style.get(w("styleId"), "")] = name.get(w("val"), "")
    return found


class _Reader:
    def __init__(self, definition: FormDefinition, style_names: dict[str, str]) -> None:
        self.definition, self.style_names = definition, style_names
        self.gathered = Gathered(definition)
        self.fields = {field.key: field for field in definition.fields}

    def read(self, body: Element) -> None:
        """Take in every table and note what stands outside of them."""
        for above, table in tables_of(body):
            rows = list(table_rows(table))
            field = self._field_of_rows(table, rows, above)
            if field is not None:
                self._rows(field, rows)
            else:
                for row in rows:
                    self._entries(row)
        self._loose(body)
        for outside in paragraphs_of(body):
            text = text_of(outside).strip()
            if text and not self._style(outside).startswith(_OURS):
                self.gathered.note("form-text-outside", text=short(text, 120))
        changes = tracked_changes(body)
        if changes:
            self.gathered.warn("form-tracked-changes", count=str(changes))

    def _style(self, part: Element) -> str:
        return self.style_names.get(style_of(part), "")

    def _entries(self, row: Element) -> None:
        label = ""
        for _, cell in cells_of(row):
            if self._style(cell) == _LABEL:
                label = first_line(cell)
                continue
            key = next((tag.split(".")[0] for tag, _ in tags_in(cell)), "")
            field = self.fields.get(key) or self.gathered.field_called(label)
            if field is not None and label:
                self.gathered.entry(field, text_of(cell))
            label = ""

    def _loose(self, body: Element) -> None:
        """Controls that were moved out of their place beside a label."""
        for tag, control in tags_in(body):
            field = self.fields.get(tag)
            if field is not None and not has_rows(field) and field.key not in self.gathered.seen:
                self.gathered.entry(field, text_of(control))

    def _field_of_rows(self, table: Element, rows: list[Element], above: str) -> Field | None:
        """Whose rows the table holds; None for a table of labelled entries and for one that is not ours."""
        tagged = (self.fields.get(tag.split(".")[0]) for tag, _ in tags_in(table))
        field = next((f for f in tagged if f is not None), None)
        if field is not None:
            return field if has_rows(field) else None
        heads = [first_line(cell) for _, cell in cells_of(rows[0])] if rows else []
        if not heads or self._style(cells_of(rows[0])[0][1]) != _HEAD:
            return None
        if len(heads) == 1:
            found = self.gathered.field_called(heads[0])
            if found is not None and has_rows(found):
                return found
        return self.gathered.table_called(above) or self.gathered.table_with(heads)

    def _rows(self, field: Field, rows: list[Element]) -> None:
        columns: dict[int, Field] = {}
        heads: dict[int, str] = {}
        for number, row in enumerate(rows):
            cells = cells_of(row)
            if cells and self._style(cells[0][1]) == _HEAD and not columns:
                heads = {place: first_line(cell) for place, cell in cells}
                columns = dict(self._columns(field, cells, rows[number + 1 :]))
                continue
            columns = columns or dict(self._columns(field, cells, rows[number:]))
            texts = {place: text_of(cell) for place, cell in cells}
            self.gathered.row(field, {columns[place]: text for place, text in texts.items() if place in columns})
            for place, text in texts.items():
                if place not in columns and text.strip():
                    self.gathered.extra_column(field, heads.get(place, ""), text)
        self.gathered.rows_seen(field)

    def _columns(
        self, field: Field, cells: list[tuple[int, Element]], below: list[Element]
    ) -> Iterator[tuple[int, Field]]:
        """Which column stands where: by its head, else by the controls under it."""
        known = {column.key: column for column in rows_of(field).columns}
        controls: dict[int, str] = {}
        for row in below:
            for place, cell in cells_of(row):
                for tag, _ in tags_in(cell):
                    if tag.startswith(f"{field.key}."):
                        controls.setdefault(place, tag.rpartition(".")[2])
        for place, cell in cells:
            head = self.gathered.column_called(field, first_line(cell))
            column = (
                known[LIST_COLUMN]
                if LIST_COLUMN in known and place == 0
                else head or known.get(controls.get(place, ""))
            )
            if column is not None:
                yield place, column
