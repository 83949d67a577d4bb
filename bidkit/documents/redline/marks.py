"""Our own tracked changes: wrappers, paragraph and row marks, each with a number nobody else uses."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from bidkit.ingest.align.revisions import DELETIONS, INSERTIONS, as_deleted
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element

_AFTER_RPR = (n.SECT_PR, n.w("pPrChange"))
_TR_LATE = (n.INS, n.DEL, n.w("trPrChange"))


@dataclass(slots=True)
class Marker:
    """Makes marks in the name of `author` at `when` (ISO 8601, UTC); `number` is the last id in use."""

    author: str
    when: str
    number: int = 0
    moves: int = 0
    _own: set[Element] = field(default_factory=set)

    def mark(self, like: Element, tag: str) -> Element:
        """A new element `tag` with our name, made in the document of `like`."""
        self.number += 1
        return like.makeelement(tag, {n.ID: str(self.number), n.AUTHOR: self.author, n.DATE: self.when})

    def wrap(self, run: Element, tag: str) -> None:
        """Puts `run` into a mark of ours; a deletion makes its text deleted text."""
        top = run
        parent = _parent(run)
        if tag in INSERTIONS and parent.tag in (INSERTIONS | DELETIONS):
            top = _isolated(run, parent)
        mark = self.mark(run, tag)
        before = top.getprevious()
        if before is not None and before in self._own and before.tag == tag:
            if tag in DELETIONS:
                as_deleted(top)
            before.append(top)
            return
        top.addprevious(mark)
        if tag in DELETIONS:
            as_deleted(top)
        mark.append(top)
        self._own.add(mark)

    def mark_end(self, paragraph: Element, tag: str) -> None:
        """Marks the end of `paragraph` (its paragraph mark) as inserted, deleted or moved."""
        properties = paragraph.find(n.PPR)
        if properties is None:
            properties = paragraph.makeelement(n.PPR)
            paragraph.insert(0, properties)
        holder = properties.find(n.RPR)
        if holder is None:
            holder = properties.makeelement(n.RPR)
            late = next(properties.iterchildren(*_AFTER_RPR), None)
            if late is None:
                properties.append(holder)
            else:
                late.addprevious(holder)
        holder.insert(0, self.mark(paragraph, tag))

    def mark_row(self, row: Element, tag: str) -> None:
        """Marks a table row as inserted or deleted."""
        properties = row.find(n.TRPR)
        if properties is None:
            properties = row.makeelement(n.TRPR)
            place = 1 if len(row) and row[0].tag == n.w("tblPrEx") else 0
            row.insert(place, properties)
        mark = self.mark(row, tag)
        late = next(properties.iterchildren(*_TR_LATE), None)
        if late is None:
            properties.append(mark)
        else:
            late.addprevious(mark)

    def name_move(self) -> str:
        """A new name that ties both ends of a move together."""
        self.moves += 1
        return f"bidkit-move-{self.moves}"

    def range_of_move(self, paragraph: Element, name: str, kind: str) -> None:
        """Sets the range marks of a move of `kind` "moveFrom" or "moveTo" around the paragraph's content."""
        start = self.mark(paragraph, n.w(f"{kind}RangeStart"))
        start.set(n.NAME, name)
        end = paragraph.makeelement(n.w(f"{kind}RangeEnd"), {n.ID: start.get(n.ID, "")})
        paragraph.insert(1 if paragraph.find(n.PPR) is not None else 0, start)
        paragraph.append(end)


def _isolated(run: Element, mark: Element) -> Element:
    """A copy of another author's `mark` that holds `run` alone, the rest before and behind it in marks like it."""
    behind = list(run.itersiblings())
    if run.getprevious() is not None:
        alone = _copy_of(mark)
        mark.addnext(alone)
        alone.append(run)
    else:
        alone = mark
    if behind:
        rest = _copy_of(mark)
        alone.addnext(rest)
        for sibling in behind:
            rest.append(sibling)
    return alone


def _copy_of(mark: Element) -> Element:
    fresh = mark.makeelement(mark.tag)
    for key, value in mark.attrib.items():
        fresh.set(key, value)
    return fresh


def _parent(element: Element) -> Element:
    parent = element.getparent()
    if parent is None:
        raise ValueError(f"{element.tag} stands nowhere")
    return parent


def highest_number(root: Element) -> int:
    """The greatest id any tracked change, comment or bookmark of the part carries; 0 without any."""
    return max((n.number(element.get(n.ID)) for element in root.iter() if element.get(n.ID)), default=0)


def copied(element: Element) -> Element:
    """A deep copy without its tail."""
    fresh = deepcopy(element)
    fresh.tail = None
    return fresh
