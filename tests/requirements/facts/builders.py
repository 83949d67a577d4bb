"""Invented documents for the fact tests, built from lines and rows."""

from __future__ import annotations

from collections.abc import Sequence

from bidkit.ingest.model import Block, BlockKind, Cell, Line, SourceDocument, TablePlace
from bidkit.kernel.anchor import Anchor

Row = Sequence[str]


def a_document(*parts: str | Row, name: str = "tender.docx", pages: Sequence[int] | None = None) -> SourceDocument:
    """A document of paragraphs (str) and table rows (sequences); "# x" is a heading, rows in a run share a table."""
    blocks: list[Block] = []
    table, row, header = -1, 0, ()
    for index, part in enumerate(parts):
        anchor = Anchor("f" * 64, name, index, page=pages[index] if pages else None)
        if isinstance(part, str):
            kind = BlockKind.HEADING if part.startswith("# ") else BlockKind.PARAGRAPH
            blocks.append(Block(kind, part.removeprefix("# "), anchor))
            row = 0
            continue
        if row == 0:
            table, header = table + 1, tuple(part)
        cells = tuple(
            Cell(column, tuple(Line(text) for text in value.split("\n"))) for column, value in enumerate(part)
        )
        place = TablePlace(table, row, len(part), header_texts=header if row else ())
        blocks.append(Block(BlockKind.TABLE_ROW, " | ".join(part), anchor, cells=cells, place=place))
        row += 1
    return SourceDocument(name, "f" * 64, "application/test", tuple(blocks), pages=None)
