"""Content of the other file as it may stand in this one: without what points at parts this file does not have."""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.documents.redline.marks import Marker, copied
from bidkit.documents.redline.streams import OBJECT, SPACE, Bit
from bidkit.documents.redline.units import Unit
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element

_DROPPED = tuple(
    [n.DRAWING, n.PICT, n.OBJECT, n.ALTERNATE, n.FOOTNOTE_REF, n.ENDNOTE_REF, n.COMMENT_REF, n.SECT_PR]
    + [n.w(x) for x in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr", "altChunk")]
)
_STYLED = (n.P_STYLE, n.R_STYLE, n.w("tblStyle"))
_RUNS_IN = (n.HYPERLINK, n.SDT, n.FIELD_SIMPLE, n.w("smartTag"))


@dataclass(frozen=True, slots=True)
class Known:
    """The styles and lists this file has; what a copy names beyond them is left out of it."""

    styles: frozenset[str]
    lists: frozenset[str]


def paragraph_of(unit: Unit, like: Element, known: Known) -> Element:
    """A w:p with the unit's text, looking as it did where it came from."""
    if not unit.elements:
        fresh = like.makeelement(n.P)
        fresh.append(_run(like, unit.text))
        return fresh
    fresh = _clean(copied(unit.elements[0]), known)
    for more in unit.elements[1:]:
        for child in _clean(copied(more), known):
            if child.tag != n.PPR:
                fresh.append(child)
    return fresh


def row_of(unit: Unit, like: Element, known: Known) -> Element:
    """A w:tr with the unit's cells."""
    if unit.elements:
        return _clean(copied(unit.elements[0]), known)
    row = like.makeelement(n.TR)
    for text in unit.cell_lines or (unit.text,):
        cell = row.makeelement(n.TC)
        for line in text.split("\n"):
            paragraph = cell.makeelement(n.P)
            paragraph.append(_run(like, line))
            cell.append(paragraph)
        row.append(cell)
    return row


def table_around(row: Element, unit: Unit, known: Known) -> Element:
    """A w:tbl like the one the unit comes from, holding `row` alone."""
    table = row.makeelement(n.TBL)
    source = unit.table
    properties = [c for c in source if c.tag in (n.TBLPR, n.w("tblGrid"))] if hasattr(source, "tag") else []  # type: ignore[attr-defined]
    for child in properties or [row.makeelement(n.TBLPR)]:
        table.append(_clean(copied(child), known) if properties else child)
    table.append(row)
    return table


def runs_of(pieces: list[Bit], start: int, end: int, like: Element, known: Known) -> list[Element]:
    """Runs with the text between two offsets of `pieces`, formatted as there; things that are no text are left out."""
    out, at = [], 0
    for bit in pieces:
        text = bit.text[max(0, start - at) : max(0, end - at)]
        at += len(bit.text)
        if not text or text == OBJECT:
            continue
        run = like.makeelement(n.R)
        properties = bit.run.find(n.RPR)
        if properties is not None:
            run.append(_clean(copied(properties), known))
        if bit.child.tag in (n.T, n.DEL_TEXT):
            run.append(_t(like, text))
        else:
            run.append(copied(bit.child))
        out.append(run)
    return out


def mark_all(element: Element, marker: Marker, tag: str) -> None:
    """Puts every run of `element` into a mark of ours."""
    inner = {nested for run in element.iter(n.R) for nested in run.iter(n.R) if nested is not run}
    for run in list(element.iter(n.R)):
        if run not in inner:
            marker.wrap(run, tag)


def plain_run(like: Element, text: str) -> Element:
    """A run with `text` and no formatting."""
    return _run(like, text)


def _run(like: Element, text: str) -> Element:
    run = like.makeelement(n.R)
    run.append(_t(like, text))
    return run


def _t(like: Element, text: str) -> Element:
    part = like.makeelement(n.T)
    part.text = text
    part.set(SPACE, "preserve")
    return part


def _clean(element: Element, known: Known) -> Element:
    for child in list(element.iter(*_DROPPED)):
        _drop(child)
    for child in list(element.iter(*_STYLED)):
        if child.get(n.VAL, "") not in known.styles:
            _drop(child)
    for child in list(element.iter(n.NUM_PR)):
        number = child.find(n.NUM_ID)
        if number is not None and number.get(n.VAL, "") not in known.lists:
            _drop(child)
    for child in list(element.iter(*_RUNS_IN)):
        _unwrap(child)
    return element


def _unwrap(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    held = element.find(n.SDT_CONTENT) if element.tag == n.SDT else element
    for child in list(held) if held is not None else ():
        element.addprevious(child)
    parent.remove(element)


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
