"""Whether a row's text really stands where its anchor says, by reading the file again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.rawtext import squashed_pages
from bench.shared import Row
from bidkit.ingest.model import SourceDocument
from bidkit.kernel.identity import squash

# A cell drawn line by line across a table is not contiguous in the page's raw text; its letters still are there.
_ENOUGH = 0.95


@dataclass(frozen=True, slots=True)
class AnchorScore:
    """`at_place`: rows whose anchored span holds their text; `in_raw`: rows the plain text of the page holds too."""

    at_place: int
    in_raw: int
    of: int
    astray: tuple[str, ...]


def score_anchors(document: SourceDocument, source: Path, rows: list[Row]) -> AnchorScore:
    """The two counts over all rows of one file; `astray` are texts that are not at their anchor."""
    pages = squashed_pages(source)
    astray = tuple(row["text"] for row in rows if not _at_place(document, row))
    in_raw = sum(1 for row in rows if not pages or _in_raw(pages, row))
    return AnchorScore(len(rows) - len(astray), in_raw, len(rows), astray)


def _pieces(row: Row) -> list[str]:
    return [piece for piece in (squash(part) for part in row["text"].split(" | ")) if piece]


def _at_place(document: SourceDocument, row: Row) -> bool:
    anchor = row.get("anchor") or {}
    index = anchor.get("block")
    if index is None or anchor.get("file_sha256") != document.sha256 or not 0 <= index < len(document.blocks):
        return False
    block = document.blocks[index]
    if anchor.get("page") != block.anchor.page:
        return False
    span = squash(block.text[anchor.get("start") or 0 : anchor.get("end")])
    if all(piece in span for piece in _pieces(row)):
        return True
    # A text that runs over a page break starts here and goes on in the blocks that follow.
    following = "".join(squash(b.text) for b in document.blocks[index + 1 : index + 6])
    return bool(span) and all(piece in span + following for piece in _pieces(row))


def _in_raw(pages: tuple[str, ...], row: Row) -> bool:
    page = row.get("page")
    text = "".join(pages[page - 1 : page + 1]) if page and len(pages) > 1 else "".join(pages)
    return all(piece in text or _share(piece, text) >= _ENOUGH for piece in _pieces(row))


def _share(piece: str, text: str) -> float:
    grams = [piece[i : i + 2] for i in range(len(piece) - 1)] or [piece]
    return sum(1 for gram in grams if gram in text) / len(grams)
