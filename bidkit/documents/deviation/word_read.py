"""Reading back what people typed into a deviation table in Word, whatever program saved it meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

from bidkit.deviation.forms import role_of
from bidkit.deviation.tables_model import DeviationTable
from bidkit.documents.deviation.base import from_properties
from bidkit.documents.deviation.collect import SHARED, Collector
from bidkit.documents.deviation.layout import OURS, TYPED, fields_of, heading
from bidkit.documents.deviation.model import DeviationReadBack
from bidkit.documents.deviation.word_cells import parsed_tag
from bidkit.documents.deviation.word_package import properties_of
from bidkit.documents.forms.word_text import cells_of, rows_of, tags_in, text_of, tracked_changes
from bidkit.documents.forms.word_xml import Element, w
from bidkit.ingest.docx.package import open_package
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language

_HEADER_WITHIN = 4
_SAMPLE = 100  # rows that tell which column holds which field
Columns = Mapping[int, tuple[str, ...]]


def read_deviation_docx(data: bytes, table: DeviationTable, name: str = "deviation.docx") -> DeviationReadBack:
    """What people typed into a file made by `write_deviation_docx` for the same table.

    A row is known by any tag left in it, else by the requirement's words; a field by its column. Rows may have been
    moved, added or deleted, tracked changes are read as accepted. Raises UnreadableFile where the file is no Word file
    or holds none of the rows.
    """
    package = open_package(data, name)
    body = package.document.root.find(w("body"))
    shown = from_properties(properties_of(data, name))
    collector = Collector(table, shown)
    found = False
    for grid in body.iter(w("tbl")) if body is not None else ():
        columns = _columns(grid, table)
        if columns:
            found = True
            _read(grid, columns, collector)
    if not found:
        raise UnreadableFile(
            "unreadable",
            "no deviation table with our rows is in the file",
            where=name,
            next_step="export the table again and copy your entries into it",
        )
    changes = tracked_changes(body)
    if changes:
        collector.findings.append(Finding("deviation-file-tracked-changes", Severity.WARN, (("count", str(changes)),)))
    return collector.read_back()


def _read(grid: Element, columns: Columns, collector: Collector) -> None:
    header = True
    for row in rows_of(grid):
        tagged = [parsed for tag, _ in tags_in(row) if (parsed := parsed_tag(tag))]
        cells = cells_of(row)
        texts = dict(_texts(cells, columns))
        ids = Counter(row_id for row_id, _ in tagged)
        row_id = ids.most_common(1)[0][0] if ids else collector.id_of(texts.get("requirement", ""))
        if row_id:
            header = False
            collector.row(row_id, texts)
        elif (
            not header
            and len(cells) > 1
            and not collector.is_band(texts.get("requirement", "") or text_of(cells[0][1]))
        ):
            collector.added([text_of(cell) for _, cell in cells])


def _texts(cells: list[tuple[int, Element]], columns: Columns) -> Iterator[tuple[str, str]]:
    for at, cell in cells:
        fields = columns.get(at, ())
        if len(fields) == 1:
            yield fields[0], text_of(cell)
        elif fields:
            yield from _shared(cell, fields)


def _shared(cell: Element, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The fields of a cell that holds several; words typed outside of all controls belong to the first field.

    Where a program dropped the controls the cell stands under the names of all its fields joined.
    """
    own = {parsed[1]: text_of(control) for tag, control in tags_in(cell) if (parsed := parsed_tag(tag))}
    if not own:
        yield SHARED.join(fields), text_of(cell)
        return
    rest = text_of(cell)
    for field in fields:
        text = own.get(field, "")
        if text:
            rest = rest.replace(text, "", 1)
    for number, field in enumerate(fields):
        text = own.get(field, "")
        yield field, "\n".join(part for part in (text, rest.strip() if number == 0 else "") if part)


def _columns(grid: Element, table: DeviationTable) -> Columns:
    """Grid column -> fields, from the tags that are left, completed by the titles of the columns; empty: not ours."""
    found: dict[int, Counter[tuple[str, ...]]] = {}
    for row in islice(rows_of(grid), _SAMPLE):
        for at, cell in cells_of(row):
            fields = tuple(dict.fromkeys(parsed[1] for tag, _ in tags_in(cell) if (parsed := parsed_tag(tag))))
            if fields:
                found.setdefault(at, Counter())[fields] += 1
    columns = {at: max(counts, key=lambda fields: (len(fields), counts[fields])) for at, counts in found.items()}
    titled = _titled(grid, table)
    taken = {field for fields in columns.values() for field in fields}
    for at, fields in titled.items():
        if at not in columns and not taken & set(fields):
            columns[at] = fields
    ours = bool(found) or "requirement" in {field for fields in titled.values() for field in fields}
    return columns if ours else {}


def _titled(grid: Element, table: DeviationTable) -> dict[int, tuple[str, ...]]:
    house = {squash(heading(field, language)): field for field in (*OURS, *TYPED) for language in Language}
    form = {squash(c.title): c.role for c in table.form.columns} if table.form else {}
    for number, row in enumerate(rows_of(grid)):
        if number >= _HEADER_WITHIN:
            break
        titles = [(at, squash(text_of(cell))) for at, cell in cells_of(row)]
        if form and all(title in form for _, title in titles if title):
            fields = fields_of([form.get(title) or role_of(title) for _, title in titles])
            return {at: names for (at, _), names in zip(titles, fields, strict=True) if names}
        if sum(title in house for _, title in titles) > len(titles) // 2:
            return {at: (house[title],) for at, title in titles if title in house}
    return {}
