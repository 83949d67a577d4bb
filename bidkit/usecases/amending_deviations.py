"""Deviation rows that an addendum changed: entries go along and are opened again, approvals and statements fall."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bidkit.deviation.entries import NO_ENTRY, RowEntry
from bidkit.deviation.tables_model import DeviationRow, DeviationTable, Table
from bidkit.documents.amendment.model import Amendment, RowChange, TouchedDeviation
from bidkit.ingest.align import Passage, align
from bidkit.kernel.deal import Deal
from bidkit.kernel.language import Language
from bidkit.requirements.changes.carry import RowFate
from bidkit.store import Work
from bidkit.terms.model import Direction
from bidkit.usecases.amending_answers import note_of, with_line
from bidkit.usecases.kinds import (
    DEVIATION_APPROVALS,
    DEVIATION_ENTRIES,
    DEVIATION_EXPOSURES,
    DEVIATION_TABLES,
    NO_DEVIATIONS,
    StoredTables,
)
from bidkit.vocabulary.tables import label

_CURRENT = "current"


@dataclass(frozen=True, slots=True)
class RowMove:
    """One row of a deviation table before and after; None where it did not or does not stand."""

    old: DeviationRow | None
    new: DeviationRow | None

    @property
    def fate(self) -> RowFate:
        """Changed, added or removed: rows that stay as they are make no move."""
        if self.old is None:
            return RowFate.ADDED
        return RowFate.REMOVED if self.new is None else RowFate.CHANGED


def moves_between(
    old: Sequence[DeviationTable], new: Sequence[DeviationTable], changes: Iterable[RowChange]
) -> tuple[RowMove, ...]:
    """The rows of deviation tables that are not as they were, table by table.

    A row is the same where its id is; otherwise the row of the same table at its place with like words is its
    successor. It changed where its words, mark or weight did, or those of a requirement row it answers.
    """
    touched = {row.row_id for row in changes if row.fate is not RowFate.MOVED}
    found: list[RowMove] = []
    for table in dict.fromkeys(one.table for one in (*old, *new)):
        before = {row.id: row for one in old if one.table is table for row in one.rows if not row.band}
        after = {row.id: row for one in new if one.table is table for row in one.rows if not row.band}
        for row_id in before.keys() & after.keys():
            if _differs(before[row_id], after[row_id]) or touched & set(after[row_id].requirement_ids):
                found.append(RowMove(before[row_id], after[row_id]))
        gone = [row for row_id, row in before.items() if row_id not in after]
        come = [row for row_id, row in after.items() if row_id not in before]
        for link in align([_passage(row) for row in gone], [_passage(row) for row in come]).links:
            pairs = zip(link.old, link.new, strict=False)
            found += [RowMove(gone[i], come[j]) for i, j in pairs]
            found += [RowMove(gone[i], None) for i in link.old[len(link.new) :]]
            found += [RowMove(None, come[j]) for j in link.new[len(link.old) :]]
    return tuple(found)


def reopen_deviations(
    work: Work, deal: Deal, moves: Sequence[RowMove], tables: StoredTables, amendment: Amendment
) -> tuple[tuple[TouchedDeviation, ...], tuple[str, ...]]:
    """The rows with work on them and the tables whose statement fell, once the deal's shelves are changed.

    A row judged positive or without deviation has to be judged again; a negative one stays negative, so that it is
    not sent out unapproved: its approvals were given for an earlier version. A row of a table that somebody said has
    no deviation is unclear until a person judges it. Entries under ids that no table has any more stay in the store.
    """
    shelf = work.of_deal(deal, DEVIATION_ENTRIES)
    stored, stated = shelf.all(), {Table(key) for key in work.of_deal(deal, NO_DEVIATIONS).all()}
    approved = _approved_by(work, deal)
    changed: dict[str, tuple[RowEntry, int]] = {}
    touched = []
    for move in moves:
        kept = stored.get(move.old.id) if move.old else None
        before = kept.value if kept else NO_ENTRY
        if move.new is not None and (not before.empty or move.new.table in stated):
            there = stored.get(move.new.id)
            after = _reopened(before, move, amendment, deal.language, stated)
            changed[move.new.id] = (after, there.version if there else 0)
        if move.old is not None and (not before.empty or approved.get(move.old.id)):
            touched.append(_touched(move, before, approved.get(move.old.id, ())))
    shelf.put_all(changed)
    _move_exposures(work, deal, moves)
    now = work.of_deal(deal, DEVIATION_TABLES).find(_CURRENT)
    work.of_deal(deal, DEVIATION_TABLES).put(_CURRENT, tables, now.version if now else 0)
    fallen = sorted({move.new.table.value for move in moves if move.new is not None and move.new.table in stated})
    return tuple(touched), tuple(fallen)


def _reopened(
    entry: RowEntry, move: RowMove, amendment: Amendment, language: Language, stated: Collection[Table]
) -> RowEntry:
    """The entry with a note of what changed, its direction open where somebody has to judge it."""
    assert move.new is not None
    old = move.old.requirement if move.old else ""
    line = note_of(move.fate, old, move.new.requirement, amendment, language)
    if entry.direction in (Direction.POSITIVE, Direction.NONE):
        said = label("amendment", f"direction.{entry.direction.value}", language)
        line = f"{line} ({label('amendment', 'note.direction', language).format(direction=said)})"
        entry = replace(entry, direction=Direction.UNCLEAR)
    if entry.direction is None and move.new.table in stated:
        entry = replace(entry, direction=Direction.UNCLEAR)
    return replace(entry, note=with_line(entry.note, line), version=0)


def _move_exposures(work: Work, deal: Deal, moves: Sequence[RowMove]) -> None:
    """What is known of a row's weight goes along to its successor, where nobody has weighed that yet."""
    shelf = work.of_deal(deal, DEVIATION_EXPOSURES)
    known = shelf.all()
    for move in moves:
        if move.old and move.new and move.old.id in known and move.new.id not in known:
            shelf.put(move.new.id, known[move.old.id].value)


def _touched(move: RowMove, entry: RowEntry, approved_by: tuple[str, ...]) -> TouchedDeviation:
    assert move.old is not None
    old, new = move.old, move.new
    return TouchedDeviation(
        old.id,
        new.id if new else "",
        old.table.value,
        old.clause or old.item,
        old.requirement,
        new.requirement if new else "",
        entry.direction,
        approved_by,
    )


def _approved_by(work: Work, deal: Deal) -> dict[str, tuple[str, ...]]:
    """Row id -> who approved it."""
    found: dict[str, tuple[str, ...]] = {}
    for stored in work.of_deal(deal, DEVIATION_APPROVALS).all().values():
        found[stored.value.row_id] = (*found.get(stored.value.row_id, ()), stored.value.person)
    return found


def _passage(row: DeviationRow) -> Passage:
    return Passage(row.requirement, row.clause or row.item)


def _differs(old: DeviationRow, new: DeviationRow) -> bool:
    return (old.requirement, old.mark, old.knockout) != (new.requirement, new.mark, new.knockout)
