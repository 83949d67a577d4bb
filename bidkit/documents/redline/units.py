"""The paragraphs and table rows of a story, in the state that is compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bidkit.documents.redline.streams import Included, bits, text_of
from bidkit.ingest.align.revisions import DELETIONS, INSERTIONS
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.ingest.docx.story import content

_MARKS = (*INSERTIONS, *DELETIONS)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is aligned: a paragraph, or a row with its cells.

    `elements` are the w:p of a paragraph, several where tracked paragraph marks make one of them in the compared
    state, or the one w:tr. `table` is the row's table. `line` is the text of a unit that comes from no Word file;
    `cells` are the w:tc of a row, `cell_lines` the texts of one that comes from no Word file.
    """

    text: str
    elements: tuple[Element, ...] = ()
    table: object = None
    cells: tuple[Element, ...] = ()
    cell_lines: tuple[str, ...] = ()
    row: bool = False


def units_of(container: Element, included: Included) -> list[Unit]:
    """The units of a body, cell, note, header or text box that show any text; empty paragraphs are left alone."""
    out: list[Unit] = []
    carried: list[Element] = []
    for element, _ in content(container):
        if element.tag == n.TBL:
            _close(carried, included, out)
            out += list(_rows(element, included))
            continue
        carried.append(element)
        if not _end_is_gone(element, included):
            _close(carried, included, out)
    _close(carried, included, out)
    return out


def _close(carried: list[Element], included: Included, out: list[Unit]) -> None:
    text = text_of(bits(carried, included))
    if carried and text:
        out.append(Unit(text, tuple(carried)))
    carried.clear()


def _end_is_gone(paragraph: Element, included: Included) -> bool:
    """Whether the paragraph mark does not exist in the compared state, so that the text runs on."""
    marks = [m for p in paragraph.iterchildren(n.PPR) for r in p.iterchildren(n.RPR) for m in r.iterchildren(*_MARKS)]
    return any(not included(mark) for mark in marks)


def _rows(table: Element, included: Included) -> Iterator[Unit]:
    for row in _inside(table, n.TR):
        marks = [m for holder in row.iterchildren(n.TRPR) for m in holder.iterchildren(n.INS, n.DEL)]
        if any(not included(mark) for mark in marks):
            continue
        cells = tuple(_inside(row, n.TC))
        text = "  ".join(_cell_text(cell, included) for cell in cells)
        if text.strip():
            yield Unit(text, (row,), table, cells, row=True)


def _cell_text(cell: Element, included: Included) -> str:
    return "\n".join(unit.text for unit in units_of(cell, included))


def _inside(parent: Element, wanted: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag not in (n.TC, n.TR, n.P, n.TBL, n.SDT_PR) and len(child):
            yield from _inside(child, wanted)


def text_boxes(elements: Iterable[Element]) -> list[Element]:
    """The contents of the text boxes in `elements`, outermost only, without the copies for older programs."""
    return [
        box
        for element in elements
        for box in element.iter(n.TEXT_BOX)
        if not any(above.tag in (n.FALLBACK, n.TEXT_BOX) for above in _up_to(box, element))
    ]


def _up_to(box: Element, top: Element) -> Iterator[Element]:
    for above in box.iterancestors():
        if above is top:
            return
        yield above
