"""Tables as logical grids: columns counted over spans, vertical merges resolved, nested tables set apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.ingest.docx.paragraph import Paragraph, ParagraphReader
from bidkit.ingest.docx.text import Revision, clean
from bidkit.ingest.model import Cell, Line

MAX_COLUMNS = 4096

Content = Callable[[Element], Iterator[tuple[Element, bool]]]


@dataclass(slots=True)
class Row:
    """One row: its cells, and what hangs on it. `repeats` marks a header row as Word knows it; `deleted` is a
    tracked deletion of the whole row, whose text is then only in `revisions`.
    """

    cells: tuple[Cell, ...] = ()
    repeats: bool = False
    deleted: bool = False
    bold: bool = False
    hidden: int = 0
    nested: list[Element] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)


@dataclass(slots=True)
class _CellProperties:
    span: int = 1
    vertical: str = ""
    horizontal: str = ""
    deleted: bool = False


class TableReader:
    """Reads tables with the paragraph reader of the story they stand in."""

    def __init__(self, reader: ParagraphReader, content: Content) -> None:
        """`content` gives the paragraphs and tables directly inside a cell."""
        self._reader, self._content = reader, content

    def read(self, table: Element) -> list[Row]:
        """The rows of `table` in order, without those of nested tables."""
        merged: dict[int, Cell] = {}
        return [self._row(element, merged) for element in _inside(table, n.TR)]

    def _row(self, element: Element, merged: dict[int, Cell]) -> Row:
        """One row; `merged` holds the vertical merges reaching the row above by first column, then this row's."""
        row = Row()
        column = _row_properties(element, row)
        if row.deleted:
            row.revisions = [_deleted_row(element)]
            return row
        cells: list[Cell] = []
        letters: list[bool] = []
        above = dict(merged)
        merged.clear()
        for tc in _inside(element, n.TC):
            own = _cell_properties(tc)
            if own.horizontal == "continue" and cells:
                cells[-1] = self._widened(cells[-1], tc, own, row, letters)
            else:
                cells.append(self._cell(tc, own, column, row, letters, above.get(column)))
                if own.vertical:
                    merged[column] = cells[-1]
            column = min(column + own.span, MAX_COLUMNS)
        row.cells = tuple(cells)
        row.bold = bool(letters) and all(letters)
        return row

    def _cell(
        self, tc: Element, own: _CellProperties, column: int, row: Row, letters: list[bool], above: Cell | None
    ) -> Cell:
        if own.vertical == "continue" and above is not None and not _has_content(tc):
            return Cell(column, above.lines, own.span, continued=True)
        # A continued cell with a text of its own is shown by no word processor, yet losing the text would be worse.
        return Cell(column, self._lines(tc, row, letters, deleted=own.deleted), own.span)

    def _widened(self, cell: Cell, tc: Element, own: _CellProperties, row: Row, letters: list[bool]) -> Cell:
        lines = cell.lines + self._lines(tc, row, letters, deleted=own.deleted)
        return Cell(cell.column, lines, cell.span + own.span, cell.continued)

    def _lines(self, tc: Element, row: Row, letters: list[bool], *, deleted: bool) -> tuple[Line, ...]:
        lines: list[Line] = []
        carried: Paragraph | None = None
        for element, _ in self._content(tc):
            if element.tag == n.TBL:
                row.nested.append(element)
                continue
            paragraph = self._reader.read(element, carried)
            carried = paragraph if paragraph.mark_deleted else None
            if carried is None:
                _take(paragraph, row, lines, letters)
        if carried is not None:
            _take(carried, row, lines, letters)
        if deleted and lines:
            row.revisions.append(Revision("deleted", "\n".join(line.text for line in lines), "", ""))
            return ()
        return tuple(lines)


def _take(paragraph: Paragraph, row: Row, lines: list[Line], letters: list[bool]) -> None:
    if paragraph.text or paragraph.label:
        lines.append(Line(paragraph.text, paragraph.label))
    if paragraph.text:
        letters.append(paragraph.bold)
    row.hidden += paragraph.hidden
    row.boxes.extend(paragraph.boxes)
    row.notes.extend(paragraph.notes)
    row.comments.extend(paragraph.comments)
    row.revisions.extend(paragraph.revisions)


def _inside(parent: Element, wanted: str) -> Iterator[Element]:
    """The `wanted` elements of `parent` through content controls and other wrappers, not into nested tables."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child
        elif tag == n.ALTERNATE:
            branch = n.branch_of(child)
            if branch is not None:
                yield from _inside(branch, wanted)
        elif tag not in (n.TC, n.TR, n.P, n.TBL, n.SDT_PR) and len(child):
            yield from _inside(child, wanted)


def _row_properties(element: Element, row: Row) -> int:
    """The row's first grid column; sets its header and deletion marks."""
    column = 0
    holder = next(element.iterchildren(n.TRPR), None)
    for child in holder if holder is not None else ():
        if child.tag == n.GRID_BEFORE:
            column = min(max(n.number(child.get(n.VAL)), 0), MAX_COLUMNS)
        elif child.tag == n.TBL_HEADER:
            row.repeats = n.is_on(child)
        elif child.tag == n.DEL:
            row.deleted = True
    return column


def _cell_properties(tc: Element) -> _CellProperties:
    own = _CellProperties()
    holder = next(tc.iterchildren(n.TCPR), None)
    for child in holder if holder is not None else ():
        tag = child.tag
        if tag == n.GRID_SPAN:
            own.span = min(max(n.number(child.get(n.VAL), 1), 1), MAX_COLUMNS)
        elif tag == n.V_MERGE:
            own.vertical = child.get(n.VAL, "continue")
        elif tag == n.H_MERGE:
            own.horizontal = child.get(n.VAL, "continue")
        elif tag == n.CELL_DEL:
            own.deleted = True
    return own


def _has_content(tc: Element) -> bool:
    return any(piece.tag != n.T or (piece.text or "").strip() for piece in tc.iter(n.T, n.SYM, n.TBL, n.MATH_TEXT))


def _deleted_row(element: Element) -> Revision:
    mark = next(element.iter(n.DEL))
    text = clean("".join(piece.text or "" for piece in element.iter(n.DEL_TEXT, n.T)))
    return Revision("deleted", text, mark.get(n.AUTHOR, ""), mark.get(n.DATE, ""))
