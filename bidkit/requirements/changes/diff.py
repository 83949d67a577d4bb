"""Two issues of one document -> what changed, piece by piece."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bidkit.ingest.align import Alignment, Link, align
from bidkit.ingest.align.reflow import reflowed
from bidkit.ingest.model import SourceDocument
from bidkit.requirements.changes.classify import what_changed
from bidkit.requirements.changes.model import ChangeKind, TenderChange, What
from bidkit.requirements.changes.units import Unit, joined, units_of


@dataclass(frozen=True, slots=True)
class Compared:
    """Both issues as pieces with their alignment."""

    old: Sequence[Unit]
    new: Sequence[Unit]
    alignment: Alignment

    @property
    def shared(self) -> float:
        """The share of the old pieces, by length, that the new issue still has at their place, changed or not."""
        total = sum(len(unit.key) for unit in self.old)
        kept = sum(len(self.old[i].key) for x in self.alignment.links if x.old and x.new and not x.moved for i in x.old)
        return kept / total if total else 0.0


def compare_documents(old: SourceDocument, new: SourceDocument) -> Compared:
    """The two documents, aligned; what one of two formats cuts in another way or prints twice is no difference."""
    if old.media_type == new.media_type:
        return compare_units(units_of(old), units_of(new))
    left, right = ([_in_any_format(unit) for unit in units_of(document)] for document in (old, new))
    left, right = _without_contents(left, right), _without_contents(right, left)
    links = align([u.passage for u in left], [u.passage for u in right]).links
    return Compared(left, right, Alignment(tuple(reflowed(links, [u.key for u in left], [u.key for u in right]))))


def _in_any_format(unit: Unit) -> Unit:
    """The piece without the signs that only one format has between cells."""
    return replace(unit, passage=replace(unit.passage, text=unit.passage.text.replace(" | ", " ")))


def _without_contents(side: Sequence[Unit], other: Sequence[Unit]) -> list[Unit]:
    """The pieces without repeated headings: a print lists them in front, more often than the other format does."""
    titles = {unit.key for unit in other if unit.heading}
    counts, told = Counter(unit.key for unit in side), Counter(unit.key for unit in other)
    spare = {key: counts[key] - told[key] for key in titles if counts[key] > told[key]}
    out = []
    for unit in side:
        if spare.get(unit.key, 0) > 0:
            spare[unit.key] -= 1
        else:
            out.append(unit)
    return out


def compare_units(old: Sequence[Unit], new: Sequence[Unit]) -> Compared:
    """Two sequences of pieces, aligned."""
    return Compared(old, new, align([u.passage for u in old], [u.passage for u in new]))


def changes_of(compared: Compared) -> list[TenderChange]:
    """Every change in reading order; neighbouring pieces of one block that came, went or moved together are one."""
    out: list[TenderChange] = []
    for group in _groups(compared):
        olds = [compared.old[i] for link in group for i in link.old]
        news = [compared.new[j] for link in group for j in link.new]
        out.append(change_of(olds, news, moved=group[0].moved))
    return out


def change_of(olds: Sequence[Unit], news: Sequence[Unit], *, moved: bool = False) -> TenderChange:
    """The change between pieces, either side of which may be empty."""
    old, new = joined(olds), joined(news)
    what, also = what_changed(old, new) if olds and news else (What.WORDING, ())
    return TenderChange(
        _kind(olds, news, moved=moved),
        old,
        new,
        what,
        also,
        olds[0].anchor if olds else None,
        news[0].anchor if news else None,
        section=(news or olds)[0].anchor.path,
    )


def _kind(olds: Sequence[Unit], news: Sequence[Unit], *, moved: bool) -> ChangeKind:
    if not olds:
        return ChangeKind.ADDED
    if not news:
        return ChangeKind.REMOVED
    # A piece that was moved and rewritten is a change first: that is what a bidder has to answer.
    same = [unit.key for unit in olds] == [unit.key for unit in news]
    return ChangeKind.MOVED if moved and same else ChangeKind.CHANGED


def _groups(compared: Compared) -> list[list[Link]]:
    groups: list[list[Link]] = []
    for link in compared.alignment.links:
        if link.same and not link.moved:
            continue
        if groups and _goes_on(groups[-1][-1], link, compared):
            groups[-1].append(link)
        else:
            groups.append([link])
    return groups


def _goes_on(last: Link, link: Link, compared: Compared) -> bool:
    if (bool(last.old), bool(last.new), last.moved) != (bool(link.old), bool(link.new), link.moved):
        return False
    if link.old and link.new and not link.moved:
        return False
    return all(
        places[0] == before[-1] + 1 and side[places[0]].block == side[before[-1]].block
        for side, places, before in ((compared.old, link.old, last.old), (compared.new, link.new, last.new))
        if places
    )
