"""What people typed into a bid, back into the answers, so that matrix, deviation tables and bid say one thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bidkit.deviation.entries import NO_ENTRY, EntryEdit, RowEntry
from bidkit.documents.bid.pull import Pulled, PulledRow, pull
from bidkit.documents.response_cells import response_of
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.respond.company import CompanyFact
from bidkit.respond.response import NO_RESPONSE, Clash, Response, RowEdit, State, merge
from bidkit.store import Store
from bidkit.usecases.bids.answers import shown_cells
from bidkit.usecases.bids.deviation_edits import deviation_edits
from bidkit.usecases.bids.filled import facts_by_id
from bidkit.usecases.bids.own_forms import deviation_table
from bidkit.usecases.deviation_work import load_deviations, take_in
from bidkit.usecases.kinds import COMPANY_FACTS

# The cells of an answer a person may fill in, by their place in the row.
_CELLS = {"answer": 2, "compliance": 3, "proof": 4}


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many answers changed, which parts hold words of people, and what a person should know."""

    changed: int = 0
    edited: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def take_in_bid(store: Store, code: str, data: bytes, name: str, base: bytes, actor: str) -> TakenIn:
    """The answers and deviation entries typed into the file, stored; everything else stays in the file for the merge.

    A field that was changed on both sides keeps the stored words and is named. A row with tracked changes nobody has
    accepted or rejected is not taken in yet. Running it twice changes nothing: words already stored are not stored
    again. Raises UnreadableFile where the file is no Word file.
    """
    now, before = pull(data, name, base), pull(base, name)
    edited = tuple(part.id for part in now.parts if part.changed)
    findings = list(now.findings)
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        current = work.responses.of(deal)
        company = facts_by_id(kept.value for kept in work.of_house(COMPANY_FACTS).all().values())
        rows = {row.id: row for row in before.rows()}
        changes: dict[str, Response] = {}
        for row in now.rows():
            if not row.changed or row.id not in rows:
                continue
            if row.changes:
                findings.append(Finding("bid-row-undecided", Severity.WARN, (("row", row.id),)))
                continue
            stored = current.get(row.id, NO_RESPONSE)
            edit, odd = _edit(row, rows[row.id], stored, company, deal.language)
            findings += odd
            merged, clashes = merge(edit, stored)
            findings += map(_clash, clashes)
            if merged.answered and merged.state is State.OPEN:
                merged = replace(merged, state=State.DRAFTED)
            if not merged.same_words(stored):
                changes[row.id] = merged
        work.responses.save(deal, changes)
    entered, lost, open_ones = _take_in_deviations(store, code, now, before, actor)
    return TakenIn(len(changes) + entered, edited, (*findings, *open_ones, *map(_clash, lost)))


def _edit(
    row: PulledRow, before: PulledRow, stored: Response, company: Mapping[str, CompanyFact], language: Language
) -> tuple[RowEdit, list[Finding]]:
    """The edit of a row: of each cell what it showed and what stands there now."""
    shown, cells = shown_cells(stored, company, language), {}
    base, odd = stored, []
    for field, at in _CELLS.items():
        old, new = _cell(before, field, at), _cell(row, field, at)
        if old == new:
            continue
        cells[field] = new
        # A cell that shows the stored words was built from them, though it may print them in its own way.
        if old != shown[field].strip():
            base, _ = response_of({field: old}, base)
    typed, unknown = response_of(cells, base)
    for field in unknown:
        odd.append(Finding("bid-word-unknown", Severity.WARN, (("row", row.id), ("word", cells[field]))))
    return RowEdit(row.id, replace(typed, version=stored.version), base), odd


def _cell(row: PulledRow, field: str, at: int) -> str:
    if field == "answer":
        return row.response.strip()
    return row.cells[at].strip() if at < len(row.cells) else ""


def _take_in_deviations(
    store: Store, code: str, now: Pulled, before: Pulled, actor: str
) -> tuple[int, tuple[Clash, ...], tuple[Finding, ...]]:
    bases = {part.id: part for part in before.parts}
    parts = [part for part in now.parts if part.changed and part.id.startswith("deviations-") and part.id in bases]
    if not parts:
        return 0, (), ()
    loaded = load_deviations(store, code)
    edits: list[EntryEdit] = []
    for part in parts:
        table = deviation_table(part.id, loaded.tables)
        if table is not None and not part.changes:
            edits += deviation_edits(table, bases[part.id].tables, part.tables)
    known = [_as_stored(edit, loaded.entries.get(edit.row_id, NO_ENTRY)) for edit in edits]
    open_ones = tuple(
        Finding("bid-table-undecided", Severity.WARN, (("part", part.id),)) for part in parts if part.changes
    )
    changed, clashes = take_in(store, code, known, actor) if known else (0, ())
    return changed, clashes, open_ones


def _as_stored(edit: EntryEdit, stored: RowEntry) -> EntryEdit:
    """The edit with the value offered, where the table printed it for want of words, taken for no words."""
    if edit.base is None or stored.response or edit.base.response != stored.offered:
        return edit
    return replace(edit, base=replace(edit.base, response=""))


def _clash(clash: Clash) -> Finding:
    values = (("id", clash.row_id), ("field", clash.field), ("kept", clash.kept), ("typed", clash.typed))
    return Finding("row-typed-twice", Severity.WARN, values)
