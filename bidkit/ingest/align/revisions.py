"""Tracked changes of a Word file accepted or rejected one by one, on its XML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element

INSERTIONS = frozenset({n.INS, n.MOVE_TO})
DELETIONS = frozenset({n.DEL, n.MOVE_FROM})
CELL_INS = n.w("cellIns")
DEL_INSTR, INSTR_TEXT = n.DEL_INSTR_TEXT, n.INSTR_TEXT
_FORMAT = tuple(
    n.w(name)
    for name in (
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange"),
        *("tblPrExChange", "numberingChange", "cellMerge"),
    )
)
_RANGES = tuple(n.w(f"{kind}{edge}") for kind in ("moveFromRange", "moveToRange") for edge in ("Start", "End")) + tuple(
    n.w(f"customXml{kind}Range{edge}") for kind in ("Ins", "Del", "MoveFrom", "MoveTo") for edge in ("Start", "End")
)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Mark:
    """One tracked change as its author left it: two files that hold equal marks hold the same pending change."""

    kind: str
    author: str
    date: str
    text: str


def mark_of(element: Element) -> Mark:
    """The mark an element of INSERTIONS, DELETIONS or a mark in properties stands for."""
    text = "".join(piece.text or "" for piece in element.iter(n.T, n.DEL_TEXT))
    if not text:
        holder = next(element.iterancestors(n.P, n.TR), None)
        text = "" if holder is None else "".join(piece.text or "" for piece in holder.iter(n.T, n.DEL_TEXT))
    return Mark(element.tag, element.get(n.AUTHOR, ""), element.get(n.DATE, ""), text)


def marks_in(root: Element) -> list[Mark]:
    """Every tracked insertion, deletion and move of a part, in document order."""
    return [mark_of(element) for element in root.iter(*INSERTIONS, *DELETIONS, n.CELL_DEL, CELL_INS)]


def resolve(root: Element, accept: Callable[[Mark], bool]) -> None:
    """Leaves `root` without tracked changes: those that `accept` names are carried out, the others undone."""
    verdicts = {
        element: accept(mark_of(element)) for element in root.iter(*INSERTIONS, *DELETIONS, n.CELL_DEL, CELL_INS)
    }
    joined: list[Element] = []
    for element, accepted in verdicts.items():
        parent = element.getparent()
        if parent is None:
            continue
        gone = accepted == (element.tag in DELETIONS or element.tag == n.CELL_DEL)
        if parent.tag == n.TRPR:
            _row(element, gone=gone)
        elif parent.tag == n.TCPR:
            _cell(element, gone=gone)
        elif parent.tag == n.RPR and (holder := parent.getparent()) is not None and holder.tag == n.PPR:
            parent.remove(element)
            if gone:
                joined.append(_parent(holder))
        elif parent.tag == n.RPR or parent.tag == n.NUM_PR:
            parent.remove(element)
        elif gone:
            _remove(element)
        else:
            _unwrap(element)
    for paragraph in joined:
        _join_with_next(paragraph)
    for element in list(root.iter(*_FORMAT, *_RANGES)):
        _remove(element)


def _row(mark: Element, *, gone: bool) -> None:
    row = next(mark.iterancestors(n.TR))
    if not gone:
        _remove(mark)
        return
    table = next(row.iterancestors(n.TBL), None)
    _remove(row)
    if table is not None and next(table.iterchildren(n.TR, n.SDT), None) is None:
        _remove(table)


def _cell(mark: Element, *, gone: bool) -> None:
    cell = next(mark.iterancestors(n.TC))
    _remove(mark)
    if gone:
        for child in list(cell):
            if child.tag != n.TCPR:
                cell.remove(child)
        cell.append(cell.makeelement(n.P))


def _unwrap(element: Element) -> None:
    parent = _parent(element)
    if element.tag in DELETIONS:
        as_present(element)
    place = parent.index(element)
    for child in list(element):
        parent.insert(place, child)
        place += 1
    parent.remove(element)


def as_present(element: Element) -> None:
    """Makes deleted text inside `element` text again."""
    for piece in element.iter(n.DEL_TEXT, DEL_INSTR):
        piece.tag = n.T if piece.tag == n.DEL_TEXT else INSTR_TEXT


def as_deleted(element: Element) -> None:
    """Makes text inside `element` deleted text."""
    for piece in element.iter(n.T, INSTR_TEXT):
        if piece.tag == n.T:
            piece.set(_XML_SPACE, "preserve")
        piece.tag = n.DEL_TEXT if piece.tag == n.T else DEL_INSTR


def _join_with_next(paragraph: Element) -> None:
    """The end of `paragraph` is gone: what is left of it runs on in the paragraph behind it."""
    parent = paragraph.getparent()
    if parent is None:
        return
    content = [child for child in paragraph if child.tag != n.PPR]
    following = paragraph.getnext()
    while following is not None and following.tag not in (n.P, n.TBL, n.SDT, n.SECT_PR):
        following = following.getnext()
    if following is not None and following.tag == n.P:
        start = 1 if len(following) and following[0].tag == n.PPR else 0
        for child in reversed(content):
            following.insert(start, child)
        _remove(paragraph)
    elif not any(_says(child) for child in content) and len(list(parent.iterchildren(n.P))) > 1:
        _remove(paragraph)


def _parent(element: Element) -> Element:
    parent = element.getparent()
    if parent is None:
        raise ValueError(f"{element.tag} stands nowhere")
    return parent


def _says(element: Element) -> bool:
    return next(element.iter(n.R), None) is not None


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def reveal(root: Element) -> bool:
    """Shows hidden text in `root`; True where there was any mark that hides."""
    hidden = list(root.iter(n.VANISH, n.w("webHidden"), n.w("specVanish")))
    for element in hidden:
        _remove(element)
    return bool(hidden)


def accepting(marks: Iterable[Mark]) -> Callable[[Mark], bool]:
    """Accepts these marks and rejects all others."""
    chosen = frozenset(marks)
    return lambda mark: mark in chosen
