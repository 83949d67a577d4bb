"""Which paragraph of a Word file a block of its reading came from."""

from __future__ import annotations

from bidkit.documents.bid.package import Package
from bidkit.documents.bid.reading import text_of
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.kernel.identity import squash

_DEAD = frozenset({BlockKind.FURNITURE, BlockKind.COMMENT, BlockKind.FOOTNOTE})
_ROW_SIGNS = 80  # enough of a row to tell it from its neighbours, whatever order its cells are read in


def paragraphs_by_block(package: Package, document: SourceDocument) -> dict[int, Element]:
    """Block number -> the paragraph of the body it was read from, a table row's first; blocks elsewhere are not in it.

    Both are walked in reading order and matched by their words, so that one block nobody finds costs no other.
    """
    wanted = [block for block in document.blocks if block.kind not in _DEAD and squash(block.text)]
    lines = [(key, element) for element in _lines(package.body()) if (key := squash(text_of(element)))]
    found: dict[int, Element] = {}
    at = 0
    for block in wanted:
        place = next((i for i in range(at, len(lines)) if _fits(block, lines[i])), None)
        if place is not None:
            found[block.anchor.block] = _paragraph(lines[place][1])
            at = place + 1
    return found


def _lines(parent: Element) -> list[Element]:
    """Paragraphs and table rows in reading order."""
    found: list[Element] = []
    for child in parent:
        if child.tag in (n.P, n.TR):
            found.append(child)
            found += [row for row in child.iter(n.TR) if row is not child]
        elif isinstance(child.tag, str):
            found += _lines(child)
    return found


def _fits(block: Block, line: tuple[str, Element]) -> bool:
    key, element = line
    if (block.kind is BlockKind.TABLE_ROW) != (element.tag == n.TR):
        return False
    words = squash(block.text)
    if block.kind is BlockKind.TABLE_ROW:
        return all(
            piece in key for cell in block.cells if not cell.continued and (piece := squash(cell.text)[:_ROW_SIGNS])
        )
    return words == key


def _paragraph(element: Element) -> Element:
    return element if element.tag == n.P else next(element.iter(n.P), element)
