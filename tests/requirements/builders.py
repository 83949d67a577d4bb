"""Invented documents and pieces for the tests of requirement rows, written as they would stand on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from bidkit.ingest.model import Block, BlockKind, Cell, Line, SourceDocument, TablePlace
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.identity import sha256_of
from bidkit.requirements.model import MarkMeaning
from bidkit.requirements.piece import Piece, Shape
from bidkit.requirements.scorer import Scorer, feature_hash
from bidkit.requirements.segment import segment

Row = Sequence[str]
CONTINUED = "^"  # the cell above goes on over this row


def a_tender(*parts: str | Row, name: str = "tender.docx", pages: Sequence[int] = ()) -> SourceDocument:
    """A document of these parts.

    "# x" and "## x" are headings, another text is a paragraph, a sequence is a table row; rows that follow each
    other form one table. A first row that starts with "=" is its header. `CONTINUED` stands for the lower part of a
    merged cell, a line break in a cell starts a new paragraph there. `pages` gives the page of each part.
    """
    sha256 = sha256_of(repr(parts).encode())
    blocks: list[Block] = []
    trail: list[str] = []
    for index, part in enumerate(parts):
        page = pages[index] if pages else None
        if isinstance(part, str):
            marker, level = part.split(" ")[0], 0
            if marker and set(marker) == {"#"}:
                part, level = part[len(marker) + 1 :], len(marker)
                trail = trail[: level - 1]
            kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
            blocks.append(Block(kind, part, Anchor(sha256, name, index, page, path=tuple(trail)), level=level))
            trail += [part] if level else []
        else:
            above = blocks[-1] if blocks else None
            blocks.append(_table_row(part, above, Anchor(sha256, name, index, page, path=tuple(trail))))
    return SourceDocument(name, sha256, "application/test", tuple(blocks))


def _table_row(texts: Row, above: Block | None, anchor: Anchor) -> Block:
    last = above if above is not None and above.place is not None else None
    header = texts[0].startswith("=")
    texts = [texts[0].removeprefix("="), *texts[1:]]
    cells = tuple(
        replace(last.cells[column], continued=True)
        if text == CONTINUED and last is not None
        else Cell(column, tuple(Line(line) for line in text.split("\n")))
        for column, text in enumerate(texts)
    )
    place = last.place if last is not None else None
    titles: tuple[str, ...] = ()
    if place is not None and last is not None:
        titles = tuple(cell.text for cell in last.cells) if place.header else place.header_texts
    where = TablePlace(
        anchor.block if place is None else place.table,
        0 if place is None else place.row + 1,
        len(texts),
        header,
        titles,
    )
    shown = " | ".join(cell.text for cell in cells if not cell.continued)
    return Block(BlockKind.TABLE_ROW, shown, anchor, cells=cells, place=where)


def pieces_of(*parts: str | Row) -> tuple[Piece, ...]:
    """The candidate rows of a document of these parts."""
    return segment(a_tender(*parts))


def piece_with(text: str, *parts: str | Row) -> Piece:
    """The one piece of the document whose text begins with `text`."""
    found = [piece for piece in pieces_of(*parts) if piece.text.startswith(text)]
    assert len(found) == 1, [piece.text for piece in pieces_of(*parts)]
    return found[0]


def a_piece(text: str, **changes: Any) -> Piece:
    """A plain sentence that nothing governs."""
    return replace(Piece(text, 0, 0, len(text), None, Shape.SENTENCE), **changes)


def a_meaning(mark: str, effect: str) -> MarkMeaning:
    """A mark with an effect."""
    return MarkMeaning(mark, effect, f"“{mark}”", Anchor("f" * 64, "tender.docx", 0))


def everything_is_a_row() -> Scorer:
    """A scorer that takes every piece for a technical, mandatory row, so that a test sees the rules alone."""
    weights = np.zeros((1, 10), dtype=np.float32)
    weights[0, 0] = 5.0  # a row
    weights[0, 3] = 1.0  # technical
    weights[0, 7] = 1.0  # mandatory
    return Scorer(np.array([feature_hash("bias")], dtype=np.uint32), weights)
