"""From what a small reader saw to the blocks of a SourceDocument: anchors, heading trails, logical table rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.docx.header_rows import mark_headers
from bidkit.ingest.docx.outline import trails
from bidkit.ingest.model import Block, BlockKind, Cell, Line, SourceDocument, TablePlace
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.finding import Finding
from bidkit.kernel.identity import sha256_of

_WIDEST, _TALLEST = 500, 20_000


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as written, before rows and columns are counted out."""

    lines: tuple[Line, ...] = ()
    rowspan: int = 1
    colspan: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as written; `header` where the format itself says that it is one."""

    cells: tuple[RawCell, ...]
    header: bool = False


def heading(text: str, level: int, label: str = "") -> Draft:
    """A heading of outline level `level`, 1 = outermost."""
    return Draft(BlockKind.HEADING, text, label, level, outline=level)


def table_drafts(rows: Sequence[RawRow], table: int) -> list[Draft]:
    """One TABLE_ROW draft a row, on the logical grid, headers marked, all with the table number `table`."""
    grid = logical_rows([row.cells for row in rows])
    columns = max((cell.column + cell.span for row in grid for cell in row), default=0)
    drafts = [
        Draft(
            BlockKind.TABLE_ROW,
            row_text(cells),
            bold=_all_bold(raw.cells),
            cells=cells,
            table=table,
            row=index,
            columns=columns,
        )
        for index, (raw, cells) in enumerate(zip(rows, grid, strict=True))
    ]
    mark_headers(drafts, [row.header for row in rows])
    return drafts


def row_text(cells: Sequence[Cell]) -> str:
    """The text of a table row: its own cells (not the continued ones) joined by " | "."""
    return " | ".join(cell.text for cell in cells if not cell.continued)


def as_document(
    drafts: Sequence[Draft], data: bytes, name: str, media_type: str, findings: tuple[Finding, ...] = ()
) -> SourceDocument:
    """The drafts as one document in the given order, every block with its anchor and heading trail.

    Raises UnreadableFile "empty" when no draft holds any text.
    """
    if not any(draft.text.strip(" |\n") for draft in drafts):
        raise UnreadableFile("empty", "there is no text in the file", where=name, next_step="check where it came from")
    sha256 = sha256_of(data)
    blocks = tuple(
        _block(draft, Anchor(sha256, name, index, path=path))
        for index, (draft, path) in enumerate(zip(drafts, trails(list(drafts)), strict=True))
    )
    return SourceDocument(name, sha256, media_type, blocks, findings=findings)


def _block(draft: Draft, anchor: Anchor) -> Block:
    place = None
    if draft.kind is BlockKind.TABLE_ROW:
        place = TablePlace(draft.table, draft.row, draft.columns, draft.header, draft.header_texts)
    return Block(draft.kind, draft.text, anchor, draft.label, draft.level, draft.style, draft.bold, draft.cells, place)


def _all_bold(cells: Sequence[RawCell]) -> bool:
    filled = [cell.bold for cell in cells if cell.lines]
    return bool(filled) and all(filled)


def logical_rows(rows: Sequence[Sequence[RawCell]]) -> list[tuple[Cell, ...]]:
    """Rows on a grid: each holds each of its columns once; cells hanging down from above are `continued`.

    Spans are cut to 500 columns and to what is free in their first row.
    """
    hanging: dict[int, _Hanging] = {}
    return [_logical_row(row, hanging) for row in rows]


@dataclass(slots=True)
class _Hanging:
    rows_left: int
    span: int
    lines: tuple[Line, ...]


def _logical_row(row: Sequence[RawCell], hanging: dict[int, _Hanging]) -> tuple[Cell, ...]:
    cells = [Cell(start, above.lines, above.span, continued=True) for start, above in hanging.items()]
    taken = {column for cell in cells for column in range(cell.column, cell.column + cell.span)}
    for start in list(hanging):
        hanging[start].rows_left -= 1
        if not hanging[start].rows_left:
            del hanging[start]
    column = 0
    for raw in row:
        while column in taken:
            column += 1
        span = 1
        while span < min(raw.colspan, _WIDEST) and column + span not in taken:
            span += 1
        cells.append(Cell(column, raw.lines, span))
        if raw.rowspan > 1:
            hanging[column] = _Hanging(min(raw.rowspan, _TALLEST) - 1, span, raw.lines)
        column += span
    return tuple(sorted(cells, key=lambda cell: cell.column))
