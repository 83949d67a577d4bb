"""A deal's deviation tables with what people said to them: one value a fact, wherever it is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bidkit.deviation.approve import Approval, Exposure, blockers, needed_approvals
from bidkit.deviation.compare import deviation_of
from bidkit.deviation.entries import NO_ENTRY, EntryEdit, NoDeviation, RowEntry, merge_entry
from bidkit.deviation.model import Deviation
from bidkit.deviation.rows import deviation_tables
from bidkit.deviation.tables_model import DeviationRow, DeviationTable, Table
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict, NotFound
from bidkit.kernel.finding import Finding, Severity
from bidkit.respond.response import NO_RESPONSE, Clash, Response, State, fallen_back
from bidkit.store import Store, Work
from bidkit.terms.model import Direction
from bidkit.usecases.delivered import read_delivered
from bidkit.usecases.kinds import (
    DEVIATION_APPROVALS,
    DEVIATION_ENTRIES,
    DEVIATION_EXPOSURES,
    DEVIATION_TABLES,
    NO_DEVIATIONS,
    StoredTables,
)
from bidkit.usecases.matrix import loaded_tender
from bidkit.usecases.people import acting, acting_role
from bidkit.usecases.watch import NOBODY, Watcher

_CURRENT = "current"
_OURSELVES = "bidkit"  # nobody types the tables: they follow from the tender


@dataclass(frozen=True, slots=True)
class DeviationWork:
    """The tables of a deal's tender, what people said to every row by row id, and their explicit statements."""

    deal: Deal
    tables: tuple[DeviationTable, ...]
    entries: Mapping[str, RowEntry]
    statements: Mapping[Table, NoDeviation]
    exposures: Mapping[str, Exposure]
    approvals: tuple[Approval, ...]

    def row(self, row_id: str) -> DeviationRow:
        """The row; raises NotFound."""
        found = next((row for table in self.tables for row in table.rows if row.id == row_id), None)
        if found is None:
            raise NotFound("no deviation table has such a row", where=row_id, next_step="see: bidkit deviation build")
        return found


def load_deviations(store: Store, code: str, watcher: Watcher = NOBODY) -> DeviationWork:
    """The deal's deviation work. The tables are put together once for each revision of the tender and kept.

    Raises NotFound for an unknown deal or one without tender.
    """
    with store.read() as work:
        deal, tender, _ = loaded_tender(work, code)
        latest = work.solicitations.latest(deal)
        kept = work.of_deal(deal, DEVIATION_TABLES).find(_CURRENT)
    digest = latest.rows_digest if latest else ""
    if kept is None or kept.value.rows_digest != digest:
        package = read_delivered(store, deal, watcher)
        watcher.step("building deviation tables")
        made = StoredTables(digest, deviation_tables(package.documents, tender))
        with store.begin(_OURSELVES) as work:
            shelf = work.of_deal(work.deals.lock(code), DEVIATION_TABLES)
            now = shelf.find(_CURRENT)
            kept = shelf.put(_CURRENT, made, now.version if now else 0)
    with store.read() as work:
        return _joined(work, deal, kept.value.tables)


def take_in(store: Store, code: str, edits: Sequence[EntryEdit], actor: str) -> tuple[int, tuple[Clash, ...]]:
    """How many rows changed by edits read from a file, and the fields two people filled in differently.

    Words for a row that answers one requirement go into that requirement's response, so that matrix, table and bid
    say one thing; everything else stays with the row. Running it twice changes nothing.
    """
    loaded = load_deviations(store, code)
    rows = {row.id: row for table in loaded.tables for row in table.rows}
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        now = _joined(work, deal, loaded.tables)
        stored = work.of_deal(deal, DEVIATION_ENTRIES).all()
        responses: dict[str, Response] = {}
        own: dict[str, tuple[RowEntry, int]] = {}
        clashes: list[Clash] = []
        current = work.responses.of(deal)
        changed = 0
        for edit in edits:
            row = rows.get(edit.row_id)
            if row is None:
                continue
            before = now.entries.get(row.id, NO_ENTRY)
            after, lost = merge_entry(edit, before)
            clashes += lost
            if replace(after, version=0) == replace(before, version=0):
                continue
            changed += 1
            if len(row.requirement_ids) == 1:
                requirement = row.requirement_ids[0]
                response = responses.get(requirement, current.get(requirement, NO_RESPONSE))
                responses[requirement] = _told(response, after)
                after = replace(after, response="", offered="", proof="")
            kept = stored.get(row.id)
            own[row.id] = (replace(after, version=0), kept.version if kept else 0)
        work.responses.save(deal, responses)
        work.of_deal(deal, DEVIATION_ENTRIES).put_all(own)
    return changed, tuple(clashes)


def state_no_deviation(store: Store, *, code: str, table: Table, actor: str) -> NoDeviation:
    """A person's word that the table has no deviation: without it no blank table is printed.

    Running it twice changes nothing. Raises Conflict where a row of the table is said to deviate, or cannot be judged.
    """
    work = load_deviations(store, code)
    found = [row for t in work.tables if t.table is table for row in t.rows]
    against = [row for row in found if work.entries.get(row.id, NO_ENTRY).deviates]
    if against:
        raise Conflict(
            f"{len(against)} rows of it deviate or cannot be judged",
            where=f"{code}, {table.value}",
            next_step="list them instead, or correct their direction",
        )
    with store.begin(actor) as unit:
        deal = unit.deals.lock(code)
        person = acting(unit, actor)
        shelf = unit.of_deal(deal, NO_DEVIATIONS)
        before = shelf.find(table.value)
        if before is not None and before.value.person == person.login:
            return before.value
        said = NoDeviation(table, person.login, store.clock.now().date())
        return shelf.put(table.value, said, before.version if before else 0).value


def approve_deviation(store: Store, *, code: str, row_id: str, actor: str, role: str = "") -> tuple[Finding, ...]:
    """What still stands against the gate once `actor` has approved the row's answer as it is now.

    Running it twice changes nothing: the key is row, person and version of the answer. Raises Conflict for a row that
    is not negative or that nobody may approve, UsageError for a role that may not approve it.
    """
    work = load_deviations(store, code)
    row = work.row(row_id)
    needed = next((n for n in needed_approvals(work.tables, work.entries, work.exposures) if n.row.id == row_id), None)
    if needed is None:
        why = "a negative knockout row cannot be approved by anybody" if row.knockout else "the row is not negative"
        raise Conflict(why, where=row_id, next_step="change what is offered, or its direction")
    with store.begin(actor) as unit:
        deal = unit.deals.lock(code)
        person = acting(unit, actor)
        acts_as = acting_role(person, needed.roles, role)
        if acts_as not in needed.roles:
            raise Conflict(
                f"{acts_as} may not approve it", where=row_id, next_step=f"ask one of: {', '.join(needed.roles)}"
            )
        given = Approval(row_id, person.login, acts_as, work.entries[row_id].version)
        shelf = unit.of_deal(deal, DEVIATION_APPROVALS)
        key = f"{row_id}:{person.login}"
        before = shelf.find(key)
        shelf.put(key, given, before.version if before else 0)
    return deviation_blockers(load_deviations(store, code))


def set_exposure(store: Store, *, code: str, row_id: str, exposure: Exposure, actor: str) -> None:
    """Keep what the row may cost and how risky it is in a person's judgement. Running it twice changes nothing."""
    load_deviations(store, code).row(row_id)
    with store.begin(actor) as unit:
        shelf = unit.of_deal(unit.deals.lock(code), DEVIATION_EXPOSURES)
        before = shelf.find(row_id)
        shelf.put(row_id, exposure, before.version if before else 0)


def deviation_blockers(work: DeviationWork) -> tuple[Finding, ...]:
    """What stops the deal from going out with these tables; empty = nothing."""
    return blockers(work.tables, work.entries, work.exposures, work.approvals)


def value_findings(work: DeviationWork) -> tuple[Finding, ...]:
    """Where the values themselves speak against what a person said, or nobody has said anything yet."""
    found = []
    for table in work.tables:
        for row in table.rows:
            entry = work.entries.get(row.id, NO_ENTRY)
            if row.band or not entry.answer:
                continue
            seen = _seen(row, entry)
            if seen.direction is entry.direction:
                continue
            values = (("row", row.id), ("clause", row.clause or row.item), ("why", seen.why(work.deal.language)))
            if entry.direction is None:
                found.append(Finding("deviation-not-judged", Severity.WARN, values, (row.anchor,)))
            elif seen.direction is Direction.NEGATIVE:
                found.append(Finding("deviation-values-disagree", Severity.BLOCK, values, (row.anchor,)))
    return tuple(found)


def _seen(row: DeviationRow, entry: RowEntry) -> Deviation:
    """What the values say: those of the words, else those of the offered value alone."""
    texts = [text for text in (entry.response, entry.offered) if text]
    found = [deviation_of(row.requirement, text, row.item or None) for text in texts]
    return next((one for one in found if one.direction is not Direction.UNCLEAR), found[-1])


def _joined(work: Work, deal: Deal, tables: tuple[DeviationTable, ...]) -> DeviationWork:
    stored = work.of_deal(deal, DEVIATION_ENTRIES).all()
    responses = work.responses.of(deal)
    entries = {}
    for table in tables:
        for row in table.rows:
            kept = stored.get(row.id)
            entry = replace(kept.value, version=kept.version) if kept else NO_ENTRY
            if len(row.requirement_ids) == 1:
                entry = _printed(entry, responses.get(row.requirement_ids[0], NO_RESPONSE))
            if not entry.empty:
                entries[row.id] = entry
    statements = {Table(key): kept.value for key, kept in work.of_deal(deal, NO_DEVIATIONS).all().items()}
    exposures = {key: kept.value for key, kept in work.of_deal(deal, DEVIATION_EXPOSURES).all().items()}
    approvals = tuple(kept.value for kept in work.of_deal(deal, DEVIATION_APPROVALS).all().values())
    return DeviationWork(deal, tables, entries, statements, exposures, approvals)


def _printed(entry: RowEntry, response: Response) -> RowEntry:
    """The entry with the response's words; its version grows with either, so that an approval sees both."""
    version = entry.version + response.version
    return replace(entry, response=response.answer, offered=response.offered, proof=response.proof, version=version)


def _told(response: Response, entry: RowEntry) -> Response:
    after = replace(response, answer=entry.response, offered=entry.offered, proof=entry.proof)
    if after.state is State.OPEN and after.answered:
        after = replace(after, state=State.DRAFTED)
    return fallen_back(response, after)
