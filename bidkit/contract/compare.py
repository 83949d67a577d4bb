"""Two versions of a contract -> every change, those the new version does not show first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bidkit.contract.changes import Comparison, ContractChange, ContractChangeKind, Place
from bidkit.contract.compare_passages import Clause, clauses_of
from bidkit.contract.compare_reflow import in_both_formats
from bidkit.contract.compare_values import edits_of, value_changes
from bidkit.ingest.align import Link, align, match_key
from bidkit.ingest.align.reflow import reflowed
from bidkit.ingest.align.versions import Version
from bidkit.ingest.model import SourceDocument


def compare_versions(old: Version, new: Version) -> Comparison:
    """Every change from `old` to `new`; `new` must have been read with the marks of `old` as known.

    What the new version shows as pending revisions is compared with the state before them; everything else that
    differs from the old version is silent. Clauses that only got another number because one before them came or went
    are no changes.
    """
    before = new.original or new.accepted
    hidden = old.hidden | new.hidden
    silent = _changes(old.accepted, before, hidden, (old.unshown, new.unshown), tracked=False)
    tracked: list[ContractChange] = []
    if new.original is not None:
        silent = _at_places_of(silent, new.original, new.accepted)
        tracked = [
            replace(change, authors=_authors(change, new))
            for change in _changes(new.original, new.accepted, hidden, (new.unshown, new.unshown), tracked=True)
        ]
    return Comparison(
        old.accepted.name, new.accepted.name, old.accepted.sha256, new.accepted.sha256, (*silent, *tracked)
    )


def _changes(
    old: SourceDocument,
    new: SourceDocument,
    hidden: frozenset[str],
    unshown: tuple[frozenset[str], frozenset[str]],
    *,
    tracked: bool,
) -> list[ContractChange]:
    other_format = old.media_type != new.media_type
    left = clauses_of(old, hidden, marks=not other_format, unshown=unshown[0])
    right = clauses_of(new, hidden, marks=not other_format, unshown=unshown[1])
    if other_format:
        left, right = in_both_formats(left, right)
    links: Sequence[Link] = align([clause.passage for clause in left], [clause.passage for clause in right]).links
    if other_format:
        links = reflowed(links, [c.key for c in left], [c.key for c in right])
    renumbers = any(not link.old or not link.new or link.moved for link in links)
    found: list[tuple[ContractChange, Link]] = []
    for link in links:
        olds, news = [left[i] for i in link.old], [right[j] for j in link.new]
        kind = _kind(link, olds, news, renumbers=renumbers)
        if kind is None:
            continue
        change = _change(kind, olds, news, tracked=tracked)
        if found and _continues(found[-1], change, link, left, right):
            found[-1] = (_joined(found[-1][0], change), link)
        else:
            found.append((change, link))
    return [change for change, _ in found]


def _kind(link: Link, olds: Sequence[Clause], news: Sequence[Clause], *, renumbers: bool) -> ContractChangeKind | None:
    if not olds:
        return ContractChangeKind.INSERTED
    if not news:
        return ContractChangeKind.DELETED
    if link.moved:
        return ContractChangeKind.MOVED
    if not link.same:
        return ContractChangeKind.CHANGED
    alone = len(olds) == len(news) == 1
    if alone and not renumbers and olds[0].number and news[0].number and olds[0].number != news[0].number:
        return ContractChangeKind.CHANGED
    return None


def _change(
    kind: ContractChangeKind, olds: Sequence[Clause], news: Sequence[Clause], *, tracked: bool
) -> ContractChange:
    old, new = "\n".join(c.text for c in olds), "\n".join(c.text for c in news)
    both = bool(olds and news)
    places = [c.place for c in (*news, *olds)]
    return ContractChange(
        kind,
        old,
        new,
        tracked,
        Place.HIDDEN if Place.HIDDEN in places else places[0],
        value_changes(old, new) if both else (),
        edits_of(old, new) if both else (),
        old_anchor=olds[0].anchor if olds else None,
        new_anchor=news[0].anchor if news else None,
        old_number=olds[0].number if olds else "",
        new_number=news[0].number if news else "",
    )


def _continues(
    before: tuple[ContractChange, Link],
    change: ContractChange,
    link: Link,
    left: Sequence[Clause],
    right: Sequence[Clause],
) -> bool:
    """Whether a passage that came, went or moved goes on with the one before: the text below its heading or number."""
    last, last_link = before
    if last.kind is not change.kind or change.kind is ContractChangeKind.CHANGED or last.place is not change.place:
        return False
    if change.place is Place.COMMENT:
        return False
    for side, places, at in ((left, link.old, last_link.old), (right, link.new, last_link.new)):
        if not places:
            continue
        first = side[places[0]]
        if places[0] != at[-1] + 1 or not _below(side[at[0]], first):
            return False
    return True


def _below(head: Clause, clause: Clause) -> bool:
    if (
        head.heading
        and head.passage.text.strip()
        and any(match_key(head.passage.text) in match_key(p) for p in clause.anchor.path)
    ):
        return True
    if not clause.number and not clause.heading:
        return head.heading or bool(head.number)
    return bool(head.number) and clause.number.startswith(head.number + ".")


def _joined(first: ContractChange, second: ContractChange) -> ContractChange:
    return replace(
        first,
        old="\n".join(text for text in (first.old, second.old) if text),
        new="\n".join(text for text in (first.new, second.new) if text),
        value_changes=first.value_changes + second.value_changes,
    )


def _at_places_of(
    changes: Sequence[ContractChange], original: SourceDocument, accepted: SourceDocument
) -> list[ContractChange]:
    """The changes with their new anchors in the file as it is read, not in its state before the pending changes."""
    left, right = clauses_of(original), clauses_of(accepted)
    links = align([c.passage for c in left], [c.passage for c in right]).links
    there = {left[i].block: right[link.new[0]].anchor for link in links if link.new for i in link.old}
    out = []
    for change in changes:
        anchor = change.new_anchor
        if anchor is not None:
            anchor = there.get(anchor.block, replace(anchor, block=min(anchor.block, len(accepted.blocks) - 1)))
        out.append(replace(change, new_anchor=anchor))
    return out


def _authors(change: ContractChange, new: Version) -> tuple[str, ...]:
    """Who tracked the change: the authors of the revisions whose text stands in what differs."""
    gone = match_key("\n".join(edit.old for edit in change.edits) or change.old)
    come = match_key("\n".join(edit.new for edit in change.edits) or change.new)
    names = [
        mark.author
        for mark in new.marks
        if mark.author and any(_within(match_key(mark.text), text) for text in (gone, come))
    ]
    return tuple(dict.fromkeys(names))


def _within(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)
