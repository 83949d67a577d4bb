"""On the labelled real tenders, each hand-labelled row lies inside one block on its page."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from bidkit.ingest.model import Block, BlockKind
from bidkit.ingest.pdf import read_pdf
from bidkit.kernel.identity import squash
from tests.architecture.sources import CHECKOUT

SHARED = CHECKOUT.parent / "shared"
GOLD = SHARED / "eval" / "gold"
LEAST = 0.97

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled tenders are not beside this checkout"),
]


@cache
def labelled() -> tuple[Path, ...]:
    """The gold files of PDFs."""
    return tuple(sorted(path for path in GOLD.glob("*.gold.json") if _is_of_pdf(path)))


def _is_of_pdf(path: Path) -> bool:
    doc: str = json.loads(path.read_text(encoding="utf-8"))["doc"]
    return doc.endswith(".pdf")


def stands_in(text: str, page: int, found: tuple[Block, ...]) -> bool:
    """Whether a block that has a part on `page` holds all of `text`, cell by cell in a table row."""
    pieces = [squash(piece) for piece in text.split(" | ")]
    for block in found:
        if block.kind in (BlockKind.FURNITURE, BlockKind.TOC_LINE):
            continue
        pages = {block.anchor.page, *(line.page for cell in block.cells for line in cell.lines)}
        whole = squash(block.text) + squash(" ".join(cell.text for cell in block.cells))
        if page in pages and (squash(text) in whole or (len(pieces) > 1 and all(piece in whole for piece in pieces))):
            return True
    return False


@pytest.mark.parametrize("path", labelled(), ids=lambda path: path.name.removesuffix(".gold.json"))
def test_labelled_rows_stand_whole_on_their_pages(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    found = read_pdf((SHARED / gold["source_path"]).read_bytes(), gold["doc"]).blocks
    whole = sum(stands_in(row["text"], row["page"], found) for row in gold["rows"])
    assert whole / len(gold["rows"]) >= LEAST
