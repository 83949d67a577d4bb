"""A Word file taken apart: what stands before the first part, each part, and what people typed between the parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bidkit.documents.bid.control import ALIAS, BOOKMARK, BOOKMARK_END, Tag, part_of_bookmark, tag_of
from bidkit.documents.bid.package import Package
from bidkit.documents.bid.toc import contents_control
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element

_BLOCKS = (n.P, n.TBL, n.SDT)


@dataclass(slots=True)
class Slot:
    """The blocks of one part (`tag` set), or loose blocks (`tag` None) after the part `after` ("" = before the first).

    `found_by` is "tag", or "bookmark" where a program dropped the tag; "" for loose blocks. `alias` is the name the
    control shows.
    """

    blocks: list[Element] = field(default_factory=list)
    tag: Tag | None = None
    after: str = ""
    found_by: str = ""
    alias: str = ""


@dataclass(slots=True)
class Taken:
    """A file taken apart. `parts` in the file's order, `loose` by the part they follow; `copies` counts for each part
    how many further controls of the same tag were found: their blocks are among the loose ones."""

    parts: dict[str, Slot]
    loose: dict[str, Slot]
    copies: dict[str, int] = field(default_factory=dict)

    def loose_after(self, part: str) -> list[Element]:
        """The loose blocks after a part; empty where there are none."""
        slot = self.loose.get(part)
        return [] if slot is None else slot.blocks


@dataclass(slots=True)
class _Piece:
    """A block in reading order and the control it stands in; `control` numbers the controls, 0 is outside."""

    element: Element
    tag: Tag | None = None
    control: int = 0
    marks: tuple[str, ...] = ()  # parts whose bookmark begins in front of this block, between the blocks
    ends: tuple[str, ...] = ()  # bookmark ids that end in front of it
    alias: str = ""


def take_apart(package: Package, part_ids: frozenset[str] | None = None) -> Taken:
    """The slots of a file; the elements stay part of its tree.

    `part_ids` are the parts the file may hold: without them a bookmark in a table is taken for a row's.
    """
    ours = {b.get(n.ID, "") for b in package.body().iter(BOOKMARK) if part_of_bookmark(b.get(n.NAME, "")) is not None}
    pieces = list(_Pieces(ours).walk(package.body()))
    found = _by_bookmark(pieces, package.body(), part_ids)
    return _collect(pieces, found)


class _Pieces:
    def __init__(self, ours: set[str]) -> None:
        self._ours = ours
        self._controls = 0
        self._marks: list[str] = []
        self._ends: list[str] = []

    def walk(self, parent: Element, tag: Tag | None = None, control: int = 0, alias: str = "") -> Iterator[_Piece]:
        for child in parent:
            if not isinstance(child.tag, str) or child.tag == n.SECT_PR:
                continue
            if child.tag == n.SDT and not contents_control(child):
                own = tag_of(child)
                if own is not None and tag is None:
                    self._controls += 1
                    yield from self.walk(_content(child), own, self._controls, _alias(child))
                    continue
                if own is not None or _holds_ours(child):
                    yield from self.walk(_content(child), tag, control, alias)
                    continue
            if child.tag == BOOKMARK and (part := part_of_bookmark(child.get(n.NAME, ""))) is not None:
                self._marks.append(part)
                continue
            if child.tag == BOOKMARK_END:
                self._ends.append(child.get(n.ID, ""))
                if child.get(n.ID, "") in self._ours:
                    continue
            piece = _Piece(child, tag, control, alias=alias)
            if child.tag in _BLOCKS:
                piece.marks, piece.ends = tuple(self._marks), tuple(self._ends)
                self._marks, self._ends = [], []
            yield piece


def _holds_ours(control: Element) -> bool:
    """Whether another control stands around ours, or around what our bookmarks name once its tag is gone."""
    if any(tag_of(inner) for inner in control.iter(n.SDT)):
        return True
    return any(part_of_bookmark(mark.get(n.NAME, "")) is not None for mark in control.iter(BOOKMARK))


def _alias(control: Element) -> str:
    alias = control.find(f"{n.SDT_PR}/{ALIAS}")
    return "" if alias is None else alias.get(n.VAL, "")


def _content(control: Element) -> Element:
    found = control.find(n.SDT_CONTENT)
    return control if found is None else found


def _by_bookmark(pieces: Sequence[_Piece], body: Element, part_ids: frozenset[str] | None) -> dict[int, str]:
    """Piece -> part for the pieces outside our controls that lie in a part's bookmark."""
    tagged = {piece.tag.id for piece in pieces if piece.tag is not None}
    ids_by_part: dict[str, set[str]] = {}
    for mark in body.iter(BOOKMARK):
        part = part_of_bookmark(mark.get(n.NAME, ""))
        if part is not None and part not in tagged and (part_ids is None or part in part_ids):
            ids_by_part.setdefault(part, set()).add(mark.get(n.ID, ""))
    if not ids_by_part:
        return {}
    found: dict[int, str] = {}
    opened = ""
    seen: set[str] = set()
    last_end = _last_ends(pieces, ids_by_part)
    for at, piece in enumerate(pieces):
        if piece.tag is not None:
            opened = ""
            continue
        starting = [p for p in _starts(piece, part_ids) if p in ids_by_part and p not in seen]
        if starting:
            opened = starting[-1]
            seen.add(opened)
        elif opened and last_end.get(opened, len(pieces)) <= at:
            opened = ""
        if opened:
            found[at] = opened
    return found


def _starts(piece: _Piece, part_ids: frozenset[str] | None) -> list[str]:
    inside = []
    if part_ids is not None or piece.element.tag != n.TBL:
        inside = [part_of_bookmark(mark.get(n.NAME, "")) for mark in piece.element.iter(BOOKMARK)]
    return [*piece.marks, *(part for part in inside if part is not None)]


def _last_ends(pieces: Sequence[_Piece], ids_by_part: dict[str, set[str]]) -> dict[str, int]:
    """Part -> the first piece that lies behind the end of its bookmark."""
    ends: dict[str, int] = {}
    part_of = {key: part for part, keys in ids_by_part.items() for key in keys}
    for at, piece in enumerate(pieces):
        for key in piece.ends:
            if key in part_of:
                ends[part_of[key]] = at
        for end in piece.element.iter(BOOKMARK_END):
            if end.get(n.ID, "") in part_of and piece.element.tag in _BLOCKS:
                ends[part_of[end.get(n.ID, "")]] = at if _at_start(piece.element, end) else at + 1
    return ends


def _at_start(block: Element, end: Element) -> bool:
    """Whether `end` stands before all text of `block`: the bookmark then ended with the block before."""
    for node in block.iter():
        if node is end:
            return True
        if node.tag == n.R:
            return False
    return False


def _collect(pieces: Sequence[_Piece], by_bookmark: dict[int, str]) -> Taken:
    parts: dict[str, Slot] = {}
    loose: dict[str, Slot] = {"": Slot()}
    copies: dict[str, int] = {}
    owner: dict[str, int] = {}
    last = ""
    counted: set[int] = set()
    for at, piece in enumerate(pieces):
        marked = by_bookmark.get(at)
        tag = piece.tag or (Tag(marked, 0) if marked is not None else None)
        if tag is not None and owner.setdefault(tag.id, piece.control) == piece.control:
            slot = parts.setdefault(
                tag.id, Slot(tag=tag, found_by="tag" if piece.tag else "bookmark", alias=piece.alias)
            )
            last = tag.id
        else:
            if tag is not None and piece.control not in counted:
                counted.add(piece.control)
                copies[tag.id] = copies.get(tag.id, 0) + 1
            slot = loose.setdefault(last, Slot(after=last))
        slot.blocks.append(piece.element)
    return Taken(parts, loose, copies)
