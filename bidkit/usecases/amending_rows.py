"""Rows of the tender before and after: ids kept, and a list of every row that is not as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bidkit.documents.amendment.model import FactChange, OrderedChange, RowChange
from bidkit.documents.wording import number_text, value_text
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.requirements.changes import ChangeKind, TenderChange, TenderDiff, What
from bidkit.requirements.changes.carry import RowFate, RowLink, carry
from bidkit.requirements.model import Requirement, Solicitation


@dataclass(frozen=True, slots=True)
class KeptRows:
    """The new tender with the ids people's work hangs on, and the rows that are not as they were."""

    solicitation: Solicitation
    changes: tuple[RowChange, ...]


def keep_rows(old: Solicitation, new: Solicitation, diff: TenderDiff) -> KeptRows:
    """`new` with the ids of the rows of `old` it still has, in its own order.

    A row at a place an addendum says is changed without saying how counts as changed: a person has to look.
    """
    nobodys: dict[str, object] = {}
    links = carry(old.requirements, nobodys, new.requirements).links
    ids = {replace(link.new, id=""): link.new.id for link in links if link.new is not None}
    rows = tuple(replace(row, id=ids[replace(row, id="")]) for row in new.requirements)
    renamed = {fresh.id: kept.id for fresh, kept in zip(new.requirements, rows, strict=True)}
    criteria = tuple(replace(c, requirement_id=renamed.get(c.requirement_id, c.requirement_id)) for c in new.criteria)
    vague = [change for change in diff.changes if change.kind is ChangeKind.CHANGED and not change.new]
    changes = [_change(link, vague) for link in links]
    return KeptRows(
        replace(new, requirements=rows, criteria=criteria), tuple(change for change in changes if change is not None)
    )


def ordered_changes(diff: TenderDiff) -> tuple[OrderedChange, ...]:
    """The changes of the tender's text as they are kept and printed."""
    return tuple(
        OrderedChange(
            change.kind,
            change.what,
            change.also,
            change.old,
            change.new,
            change.section,
            change.instruction,
            change.kind is ChangeKind.ADDED or change.old_anchor is not None,
            change.new_anchor or change.old_anchor,
        )
        for change in diff.changes
    )


def fact_changes(old: Solicitation, new: Solicitation, language: Language) -> tuple[FactChange, ...]:
    """The key facts whose value in force differs, in the order of the tender before."""
    before = {fact.key: fact.winner.value for fact in old.facts}
    after = {fact.key: fact.winner.value for fact in new.facts}
    return tuple(
        FactChange(
            key,
            value_text(before[key], language) if key in before else "",
            value_text(after[key], language) if key in after else "",
        )
        for key in dict.fromkeys((*before, *after))
        if key not in before or key not in after or before[key] != after[key]
    )


def _change(link: RowLink[object], vague: Sequence[TenderChange]) -> RowChange | None:
    row = link.new or link.old
    assert row is not None  # a link has a row on one side at least
    fate, what = link.fate, link.what
    if fate in (RowFate.UNCHANGED, RowFate.MOVED) and any(_stands_in(row, change) for change in vague):
        fate, what = RowFate.CHANGED, What.WORDING
    if fate is RowFate.UNCHANGED:
        return None
    old, new = _printed(link.old, link.new), _printed(link.new, link.old)
    return RowChange(row.id, fate, old, new, row.clause or "", row.kind, row.knockout, row.anchor, what, link.also)


def _stands_in(row: Requirement, change: TenderChange) -> bool:
    """Whether the row stands at the place the addendum names: in its block, or below its heading."""
    place = change.old_anchor
    if place is None or place.file_sha256 != row.anchor.file_sha256:
        return False
    title = squash(change.old)
    return _same_block(place, row.anchor) or any(title == squash(part) for part in row.section if part)


def _same_block(one: Anchor, other: Anchor) -> bool:
    return one.block == other.block and one.start < (other.end or one.start + 1) and other.start < (one.end or 10**9)


def _printed(row: Requirement | None, other: Requirement | None) -> str:
    """The row as it binds: its mark, and its lead-in and points where the other side has others; "" for no row."""
    if row is None:
        return ""
    text = row.text if not row.mark or row.text.startswith(row.mark) else f"{row.mark}{row.text}"
    if other is None:
        return text
    if squash(row.lead_in or "") != squash(other.lead_in or "") and row.lead_in:
        text = f"{row.lead_in} {text}"
    if row.points != other.points and row.points is not None:
        text = f"{text} [{number_text(row.points)}]"
    return text
