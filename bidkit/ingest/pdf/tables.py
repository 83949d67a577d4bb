"""Table rows: cells with their paragraphs, rows cut by a page break put together, one grid over all pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from bidkit.ingest.model import Cell, Line
from bidkit.ingest.pdf.grid import GridCell
from bidkit.ingest.pdf.lines import TextLine
from bidkit.ingest.pdf.page import TablePart
from bidkit.ingest.pdf.paragraphs import Column, column_of, is_finished, joined, over_page, split, starts_list
from bidkit.kernel.anchor import Box
from bidkit.kernel.identity import squash

_SAME_EDGE = 6.0
_SAME_BORDER = 4.0
_MOST_REPRINTED = 5
_GOES_ON = re.compile("^[a-z)）。，、；,;”’」』】》〉〕\\]]")
_ROOM = 24.0


@dataclass(slots=True)
class CellDraft:
    """A cell in the making: its left and right border and its paragraphs; `continued` repeats the cell above."""

    left: float
    right: float
    lines: list[Line]
    bold: bool = False
    continued: bool = False

    @property
    def text(self) -> str:
        """All paragraphs as one string."""
        return "\n".join(line.text for line in self.lines)


@dataclass(slots=True)
class Row:
    """A row in the making, on the page where it starts, with its rectangle there."""

    page: int
    top: float
    bottom: float
    cells: list[CellDraft]

    @property
    def key(self) -> str:
        """Equal for two prints of one row."""
        return squash("".join(cell.text for cell in self.cells))

    @property
    def box(self) -> Box:
        """The rectangle on the page."""
        return Box(self.cells[0].left, self.top, self.cells[-1].right, self.bottom)


@dataclass(slots=True)
class Table:
    """A table over one or more pages."""

    rows: list[Row]
    page: int
    edges: tuple[float, float]
    borders: list[list[float]] = field(default_factory=list)
    ends_at: float = 0.0


def table_of(part: TablePart) -> Table:
    """The table on one page; rows without any text are left out."""
    grid = part.grid
    below: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            below.setdefault(row, []).append(cell)
    texts = {id(cell): _paragraphs(part.cell_lines(cell), cell) for cell in grid.cells}
    bold = {id(cell): _is_bold(part.cell_lines(cell)) for cell in grid.cells}
    rows = []
    for row in sorted(below):
        cells = [
            CellDraft(cell.left, cell.right, list(texts[id(cell)]), bold[id(cell)], continued=cell.row < row)
            for cell in sorted(below[row], key=lambda cell: cell.left)
        ]
        made = Row(part.page, float(grid.ys[row]), float(grid.ys[row + 1]), cells)
        if any(cell.lines and not cell.continued for cell in cells):
            rows.append(made)
    return Table(rows, part.page, (grid.left, grid.right), [grid.xs.tolist()], grid.bottom)


def _is_bold(lines: Sequence[TextLine]) -> bool:
    return bool(lines) and all(line.bold for line in lines)


def _paragraphs(lines: list[TextLine], cell: GridCell) -> list[Line]:
    if not lines:
        return []
    if len(lines) == 1:
        return [Line(joined([lines[0].text]))]
    return [Line(joined([line.text for line in part])) for part in split(lines, _cell_column(lines, cell))]


def _cell_column(lines: list[TextLine], cell: GridCell) -> Column:
    """The lines' column reaches as far right as the text keeps from the left border."""
    usual = column_of(lines)
    left = min(line.left for line in lines)
    centred = median([abs((line.left - cell.left) - (cell.right - line.right)) for line in lines]) < lines[0].size
    padding = min(max(left - cell.left, 2.0), 8.0)
    right = cell.right - padding
    if centred and max(line.right for line in lines) < right:
        right = max(line.right for line in lines)
    return Column(usual.left, min(right, max(line.right for line in lines) + _ROOM), usual.pitch)


def goes_on(table: Table, part: Table) -> bool:
    """Whether `part`, the first thing on the page after `table`'s last, is the same table."""
    if part.page != table.rows[-1].page + 1 and part.page != table.page + 1:
        return False
    return all(abs(a - b) < _SAME_EDGE for a, b in zip(table.edges, part.edges, strict=True)) or same_borders(
        table, part
    )


def same_borders(table: Table, part: Table) -> bool:
    """Whether the columns of both are as wide, be the whole shifted or not."""
    shift = part.edges[0] - table.edges[0]
    return len(part.borders[0]) == len(table.borders[-1]) and all(
        abs(a + shift - b) < _SAME_EDGE for a, b in zip(table.borders[-1], part.borders[0], strict=True)
    )


def append(table: Table, part: Table) -> None:
    """Adds the rows of `part` to `table`, joining a row that the page break cut in two."""
    reprinted = _reprinted(table.rows, part.rows)
    heads, rest = part.rows[:reprinted], part.rows[reprinted:]
    last = table.rows[-1]
    if rest and _is_rest_of(last, rest[0]):
        _join(last, rest[0])
        first = rest[0]
        rest = rest[1:]
        _carry_down(last, first, rest)
    elif rest:
        _carry_down(last, None, rest)
    table.rows.extend([*heads, *rest])
    table.page, table.ends_at = part.page, part.ends_at
    table.borders.extend(part.borders)
    table.edges = part.edges


def _reprinted(rows: list[Row], new: list[Row]) -> int:
    """How many of the first new rows print rows again that stand at the table's beginning or were reprinted before."""
    known = {row.key for row in rows[:_MOST_REPRINTED]}
    count = 0
    while count < min(len(new), _MOST_REPRINTED) and new[count].key and new[count].key in known:
        count += 1
    return count


def _above(last: Row, cell: CellDraft) -> CellDraft | None:
    return next((other for other in last.cells if _is_same(other, cell)), None)


def _is_same(a: CellDraft, b: CellDraft) -> bool:
    return abs(a.left - b.left) < _SAME_EDGE and abs(a.right - b.right) < _SAME_EDGE


def _is_rest_of(last: Row, row: Row) -> bool:
    """Whether `row`, the first below a page break, is the lower part of `last`."""
    filled = [cell for cell in row.cells if cell.lines]
    pairs = [(above, cell) for cell in filled if (above := _above(last, cell)) is not None and above.lines]
    if len(pairs) < len(filled) or not pairs:
        return False
    if any(_GOES_ON.match(cell.text) for _, cell in pairs):
        return True
    first = row.cells[0]
    if first.lines:
        above = _above(last, first)
        if len(row.cells) > 1 and (above is None or starts_list(first.text) or first.text[:1].isdigit()):
            return False
        return all(_is_open(above, cell) for above, cell in pairs)
    head = _above(last, first)
    if head is not None and head.lines and not head.continued:
        return True
    return all(_is_open(above, cell) for above, cell in pairs)


def _is_open(above: CellDraft, cell: CellDraft) -> bool:
    return not is_finished(above.text) and not starts_list(cell.text) and len(above.text) > 4


def _join(last: Row, row: Row) -> None:
    for cell in row.cells:
        above = _above(last, cell)
        if above is None or not cell.lines:
            continue
        if above.lines and (_GOES_ON.match(cell.text) or _is_open(above, cell)):
            before = above.lines[-1]
            text, rest = over_page(before.text, cell.lines[0].text)
            above.lines[-1] = replace(before, text=text)
            above.lines.extend([Line(rest, page=row.page)] if rest else [])
            above.lines.extend(replace(line, page=row.page) for line in cell.lines[1:])
        else:
            above.lines.extend(replace(line, page=row.page) for line in cell.lines)


def _carry_down(last: Row, joined_row: Row | None, rest: list[Row]) -> None:
    """Gives cells that hang over the page break the text of the part above.

    `joined_row` is the first row of the page where it became a part of `last`, else `rest` starts with that row.
    """
    hanging: list[tuple[CellDraft, CellDraft]] = []
    for cell in (joined_row or rest[0]).cells:
        above = _above(last, cell)
        if above is None or not above.lines:
            continue
        if joined_row or (not cell.lines and (above.continued or cell is rest[0].cells[0] or _spans(cell, rest))):
            hanging.append((above, cell))
    for row in rest:
        for above, first in hanging:
            for cell in row.cells:
                if cell is first or (cell.continued and _is_same(cell, first)):
                    cell.lines, cell.continued = [replace(line, page=None) for line in above.lines], True
        hanging = [(a, f) for a, f in hanging if any(c.continued and _is_same(c, f) for c in row.cells)]


def _spans(cell: CellDraft, rows: list[Row]) -> bool:
    return len(rows) > 1 and any(other.continued and _is_same(other, cell) for other in rows[1].cells)


def cells_of(table: Table) -> tuple[list[tuple[Cell, ...]], int]:
    """The cells of each row on the grid that all pages share, and its width."""
    borders = sorted(border for xs in table.borders for border in xs)
    lefts = [borders[0]]
    for border in borders:
        if border - lefts[-1] > _SAME_BORDER:
            lefts.append(border)
    rows = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            column = _nearest(lefts, cell.left)
            span = max(_nearest(lefts, cell.right) - column, 1)
            cells.append(Cell(column, tuple(cell.lines), span, cell.continued))
        rows.append(tuple(cells))
    return rows, len(lefts) - 1


def _nearest(places: list[float], value: float) -> int:
    return min(range(len(places)), key=lambda index: abs(places[index] - value))
