"""Base, theirs and ours -> one Word file in which nothing a person typed is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bidkit.documents.bid.align import keeps_order, woven
from bidkit.documents.bid.assemble import Assembler, put_together, renumber_bookmarks
from bidkit.documents.bid.carry import Carrier
from bidkit.documents.bid.control import Tag
from bidkit.documents.bid.furniture import merge_furniture, merge_styles
from bidkit.documents.bid.marks import Marker
from bidkit.documents.bid.merge_units import Desk, merged_units
from bidkit.documents.bid.orphans import adopt_orphans
from bidkit.documents.bid.package import Package
from bidkit.documents.bid.reading import Reader
from bidkit.documents.bid.slots import Taken, take_apart
from bidkit.documents.bid.stamp import stamp_as
from bidkit.documents.bid.toc import write_contents
from bidkit.documents.bid.units import Unit, same_words, units_of
from bidkit.ingest.docx.names import Element
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged file, how many places a person has to decide on, and what there is to know about it."""

    docx: bytes
    conflicts: int
    findings: tuple[Finding, ...] = ()


def merge(base: bytes, theirs: bytes, ours: bytes, *, when: datetime, language: Language, author: str = "") -> Merged:
    """The file a person handed back (`theirs`, which began as `base`), brought up to the newly built `ours`.

    The person's file is the vessel: its styles, lists, pictures, headers and comments stay, and what the source changed
    is carried into it. `author` is whoever edited the file, by default the one it names as its last editor; `when`
    dates the tracked changes. Merging the result again with the same `ours` as base and ours changes nothing.
    """
    packages = [Package.open(data, name) for data, name in ((base, "base"), (theirs, "theirs"), (ours, "ours"))]
    merger = _Merger(packages[0], packages[1], packages[2], language, when, author)
    return merger.run()


class _Merger:
    def __init__(
        self, base: Package, theirs: Package, ours: Package, language: Language, when: datetime, author: str
    ) -> None:
        self._base, self._theirs, self._ours = base, theirs, ours
        merge_styles(base, theirs, ours)
        who = author or last_editor(theirs) or label("bid", "author.unknown", language)
        marker = Marker(theirs, label("bid", "tracked-author", language), when)
        self._desk = Desk(
            Reader(base),
            Reader(theirs),
            Reader(ours),
            Carrier(ours, theirs),
            marker,
            {code: label("bid", f"conflict.{code}", language).format(author=who) for code in _CONFLICTS},
        )
        self._assembler = Assembler(theirs)
        self._findings: list[Finding] = []

    def run(self) -> Merged:
        """Takes the three files apart, merges slot by slot, and fills the body of theirs."""
        base, ours = take_apart(self._base), take_apart(self._ours)
        theirs = take_apart(self._theirs, frozenset(base.parts) | frozenset(ours.parts))
        self._note_copies(theirs)
        units = [_units(taken, reader) for taken, reader in zip((base, theirs, ours), self._readers(), strict=True)]
        adopt_orphans(units[0].parts, units[1].parts, units[1].loose)
        order = _order(list(base.parts), list(units[1].parts), list(ours.parts))
        body = self._blocks(order, units[0], units[1], units[2], ours)
        put_together(self._theirs, body)
        merge_furniture(self._base, self._theirs, self._ours)
        renumber_bookmarks(self._theirs)
        write_contents(self._theirs)
        stamp_as(self._theirs, self._ours)
        for code, place in self._desk.conflicts:
            self._find("bid-conflict", "kind", code, place=place)
        return Merged(self._theirs.save(), len(self._desk.conflicts), tuple(self._findings))

    def _readers(self) -> tuple[Reader, Reader, Reader]:
        return self._desk.base, self._desk.theirs, self._desk.ours

    def _note_copies(self, theirs: Taken) -> None:
        for part, count in theirs.copies.items():
            self._find("bid-part-copied", "part", part, count=str(count))

    def _find(self, code: str, name: str, value: str, **more: str) -> None:
        self._findings.append(Finding(code, Severity.WARN, ((name, value), *more.items())))

    def _blocks(self, order: list[str], base: _Units, theirs: _Units, ours: _Units, built: Taken) -> list[Element]:
        out: list[Element] = []
        for part in ("", *order):
            if part:
                out += self._part(part, base, theirs, ours, built)
            loose = [side.loose.get(part, []) for side in (base, theirs, ours)]
            if any(loose):
                out += self._assembler.blocks(merged_units(loose[0], loose[1], loose[2], self._desk))
        return out

    def _part(self, part: str, base: _Units, theirs: _Units, ours: _Units, built: Taken) -> Iterable[Element]:
        b, t, o = (side.parts.get(part) for side in (base, theirs, ours))
        slot = built.parts.get(part)
        if o is None or slot is None:
            # The source dropped it: what a person wrote stays as loose text, with a comment.
            if b is None:
                return self._assembler.blocks(t or [])
            return self._assembler.blocks(merged_units(b, t or [], [], self._desk))
        if t is None and b is not None:
            if same_words(b, o):
                self._find("bid-part-deleted", "part", part)
                return ()
            merged = merged_units(b, [], o, self._desk)
        else:
            merged = merged_units(b or [], t or [], o, self._desk)
        tag = slot.tag or Tag(part, 0)
        return [self._assembler.part(tag, slot.alias, self._assembler.blocks(merged))]


@dataclass(slots=True)
class _Units:
    parts: dict[str, list[Unit]]
    loose: dict[str, list[Unit]]


_CONFLICTS = ("changed", "removed", "restored")


def _units(taken: Taken, reader: Reader) -> _Units:
    return _Units(
        {part: units_of(slot.blocks, reader) for part, slot in taken.parts.items()},
        {part: units_of(slot.blocks, reader) for part, slot in taken.loose.items()},
    )


def _order(base: list[str], theirs: list[str], ours: list[str]) -> list[str]:
    """The order of the parts: the source's, unless only the person changed it.

    What one side lacks stands behind its predecessor on the other.
    """
    place = {part: at for at, part in enumerate(base)}
    person_moved = not keeps_order([place[part] for part in theirs if part in place])
    source_moved = not keeps_order([place[part] for part in ours if part in place])
    first, then = (theirs, ours) if person_moved and not source_moved else (ours, theirs)
    return woven(woven(first, then), base)


def last_editor(package: Package) -> str:
    """Who a file names as its last editor, "" where it names nobody."""
    part = package.related("core-properties", "")
    if part is None:
        return ""
    return next(
        (child.text or "" for child in package.tree(part) if str(child.tag).endswith("}lastModifiedBy")), ""
    ).strip()
