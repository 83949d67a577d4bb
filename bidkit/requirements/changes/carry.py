"""Rows of the old revision tied to those of the new one, so that what people wrote on them goes along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from bidkit.ingest.align import Link, Passage, align
from bidkit.kernel.identity import squash
from bidkit.requirements.changes.classify import what_changed
from bidkit.requirements.changes.model import What
from bidkit.requirements.model import Requirement

W = TypeVar("W")  # what people wrote on a row; this room does not look into it


class RowFate(StrEnum):
    """What became of a row."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class RowLink(Generic[W]):
    """One row before and after; `new` already carries the old row's id. None where it did not or does not stand.

    `work` is what people had written on the old row, whatever became of it, None where nothing was. `what` and `also`
    say what changed.
    """

    fate: RowFate
    old: Requirement | None
    new: Requirement | None
    work: W | None = None
    what: What | None = None
    also: tuple[What, ...] = ()

    @property
    def reopens(self) -> bool:
        """Whether a person must look at it again: the row binds otherwise, is gone, or is new."""
        return self.fate in (RowFate.CHANGED, RowFate.REMOVED, RowFate.ADDED)

    @property
    def touched(self) -> bool:
        """Whether somebody's words hang on a row that is another one now."""
        return self.fate in (RowFate.CHANGED, RowFate.REMOVED) and self.work is not None


@dataclass(frozen=True, slots=True)
class Carried(Generic[W]):
    """Every row of both revisions in exactly one link, in the order of the new one, removed rows where they stood."""

    links: tuple[RowLink[W], ...]

    @property
    def rows(self) -> tuple[Requirement, ...]:
        """The rows of the new revision with the ids under which people's work is kept, each id once."""
        return tuple(link.new for link in self.links if link.new is not None)


def carry(old: Sequence[Requirement], work: Mapping[str, W], new: Sequence[Requirement]) -> Carried[W]:
    """The rows of `old` tied to those of `new`; `work` is by old row id, without rows nobody wrote on.

    Every old row is in a link, and its work with it.
    """
    links = align([_passage(row) for row in old], [_passage(row) for row in new]).links
    found: list[RowLink[W]] = []
    used: set[str] = set()
    for one in _single(links):
        before = old[one.old[0]] if one.old else None
        after = new[one.new[0]] if one.new else None
        if before is not None and after is not None:
            after = replace(after, id=before.id)
            used.add(before.id)
        found.append(_link(before, after, work.get(before.id) if before is not None else None, moved=one.moved))
    return Carried(tuple(_with_free_ids(found, used | {row.id for row in old})))


def _passage(row: Requirement) -> Passage:
    return Passage(row.text, row.clause or "")


def _single(links: Sequence[Link]) -> list[Link]:
    """Links of at most one row a side: of rows that were joined or split, the first stands for the whole."""
    out: list[Link] = []
    for link in links:
        if link.old and link.new:
            same = link.same and len(link.old) == len(link.new) == 1
            out.append(Link(link.old[:1], link.new[:1], same, link.moved))
        out += [Link((i,), ()) for i in (link.old[1:] if link.new else link.old)]
        out += [Link((), (j,)) for j in (link.new[1:] if link.old else link.new)]
    return out


def _link(old: Requirement | None, new: Requirement | None, work: W | None, *, moved: bool) -> RowLink[W]:
    if old is None:
        return RowLink(RowFate.ADDED, old, new)
    if new is None:
        return RowLink(RowFate.REMOVED, old, new, work)
    differs = _differences(old, new)
    if differs:
        return RowLink(RowFate.CHANGED, old, new, work, differs[0], tuple(differs[1:]))
    return RowLink(RowFate.MOVED if moved else RowFate.UNCHANGED, old, new, work)


def _differences(old: Requirement, new: Requirement) -> list[What]:
    """What makes the row bind otherwise, the weightiest first: its words, those that govern it, its mark and points."""
    found: list[What] = []
    if old.text != new.text and _told(old.text) != _told(new.text):
        what, also = what_changed(old.text, new.text)
        found += [what, *also]
    if squash(old.lead_in or "") != squash(new.lead_in or ""):
        what, also = what_changed(old.lead_in or "", new.lead_in or "")
        found += [what, *also]
    if old.points != new.points:
        found.append(What.NUMBER)
    if (old.mark or "") != (new.mark or "") or old.knockout != new.knockout:
        found.append(What.MARK)
    if old.force is not new.force:
        found.append(What.STRENGTH)
    return list(dict.fromkeys(found))


def _told(text: str) -> str:
    """The text but for spaces and widths, signs kept."""
    return "".join(text.split())


def _with_free_ids(links: Sequence[RowLink[W]], taken: set[str]) -> list[RowLink[W]]:
    """The links with each added row under an id no other row has or had: a removed row's work is not its own."""
    out = []
    for link in links:
        if link.fate is RowFate.ADDED and link.new is not None:
            row, number = link.new, 1
            while row.id in taken:
                number += 1
                row = replace(link.new, id=f"{link.new.id}-{number}")
            taken.add(row.id)
            link = replace(link, new=row)
        out.append(link)
    return out
