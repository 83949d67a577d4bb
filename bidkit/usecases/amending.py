"""An addendum in: the tender's next revision, answers kept, and a list of everything to be looked at again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bidkit.deviation.rows import deviation_tables
from bidkit.deviation.tables_model import DeviationTable
from bidkit.documents.amendment.model import Amendment, EarlierDecision, IssuedFile
from bidkit.gates.decisions import Verdict
from bidkit.ingest.package import Package, Refusal
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict, UnreadableFile
from bidkit.requirements.model import Solicitation
from bidkit.respond.calendar import calendar_of
from bidkit.store import Store, Work
from bidkit.store.model import DeliveredFile, SolicitationRevision
from bidkit.usecases import parse
from bidkit.usecases.amending_answers import moved_dues, reopened
from bidkit.usecases.amending_deviations import RowMove, moves_between, reopen_deviations
from bidkit.usecases.amending_documents import CarriedOut, InForce, carry_out, documents_in_force, read_stored
from bidkit.usecases.amending_files import GivenFile, given_files, put_in_storage
from bidkit.usecases.amending_log import amendments_of, key_of
from bidkit.usecases.amending_rows import KeptRows, fact_changes, keep_rows, ordered_changes
from bidkit.usecases.kinds import DEVIATION_TABLES, TENDER_CHANGES, StoredTables
from bidkit.usecases.matrix import loaded_tender
from bidkit.usecases.tenders import package_key
from bidkit.usecases.watch import NOBODY, Watcher

_ON_THE_BID = frozenset({"go_no_go", "write_bid", "submit_bid", "set_price", "accept_deviation"})
_BID_STAGE = "S5."


@dataclass(frozen=True, slots=True)
class AmendedTender:
    """The amendment that holds these files, and whether this call made it.

    `amendment` is None where the files belong to the tender and no amendment brought them. `refused` are files of
    this call that could not be read: what they order is not known.
    """

    deal: Deal
    amendment: Amendment | None
    created: bool
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class _Before:
    """The deal as it is found: its tender in force, the files of it, and its amendments."""

    deal: Deal
    tender: Solicitation
    revision: SolicitationRevision
    delivered: tuple[DeliveredFile, ...]
    amendments: tuple[Amendment, ...]
    tables: tuple[DeviationTable, ...]

    @property
    def contents(self) -> frozenset[str]:
        """The contents of every file the tender in force was made from."""
        issued = {file.sha256 for amendment in self.amendments for file in amendment.files}
        return frozenset(issued | {file.blob.sha256 for file in self.delivered})


@dataclass(frozen=True, slots=True)
class _Made:
    """Everything the new files lead to, before anything is stored."""

    files: tuple[DeliveredFile, ...]
    carried: CarriedOut
    rows: KeptRows
    tables: tuple[DeviationTable, ...]
    moves: tuple[RowMove, ...]


def amend_tender(
    store: Store, *, code: str, paths: Sequence[Path], actor: str, watcher: Watcher = NOBODY
) -> AmendedTender:
    """The deal's tender with the files at `paths` taken in: an addendum's orders carried out, a new issue put in force.

    Rows keep their ids. Answers to rows that changed or went are kept, opened again and listed with their owner; so is
    work on deviation rows; days from the work plan move with the deadline. All of it is stored together or not at all.
    Running it twice changes nothing: files are known by their contents. Raises NotFound for an unknown deal or one
    without tender, UnreadableFile where no new file can be read, Conflict where somebody else changed the tender.
    """
    given = given_files(paths)
    before = _found(store, code)
    fresh = [item for item in given if item.file.blob.sha256 not in before.contents]
    if not fresh:
        return AmendedTender(before.deal, _holding(before.amendments, given), created=False)
    files = put_in_storage(store, fresh, {file.name for file in before.delivered})
    issued = read_stored(store, files, watcher)
    _refuse_unread(issued, files, watcher)
    in_force = documents_in_force(store, before.deal, before.amendments, watcher)
    if issued.known <= in_force.known:
        return AmendedTender(before.deal, None, created=False, refused=issued.refused)
    made = _made(before, files, carry_out(in_force, issued), watcher)
    with store.begin(actor) as work:
        amendment = _store(work, before, made, actor, store.clock.now().astimezone().date())
        return AmendedTender(work.deals.get(code), amendment, created=True, refused=issued.refused)


def _found(store: Store, code: str) -> _Before:
    with store.read() as work:
        deal, tender, _ = loaded_tender(work, code)
        revision = work.solicitations.latest(deal)
        assert revision is not None  # or there would be no tender
        kept = work.of_deal(deal, DEVIATION_TABLES).find("current")
        return _Before(
            deal,
            tender,
            revision,
            work.solicitations.delivered(revision),
            amendments_of(work, deal),
            kept.value.tables if kept else (),
        )


def _holding(amendments: Sequence[Amendment], given: Sequence[GivenFile]) -> Amendment | None:
    """The latest amendment that brought one of the files."""
    contents = {item.file.blob.sha256 for item in given}
    held = [one for one in amendments if contents & {file.sha256 for file in one.files}]
    return held[-1] if held else None


def _refuse_unread(issued: InForce, files: Sequence[DeliveredFile], watcher: Watcher) -> None:
    for refusal in issued.refused:
        watcher.refused(refusal)
    if not issued.documents:
        raise UnreadableFile(
            issued.refused[0].reason if issued.refused else "empty",
            "no file of the addendum could be read",
            where=", ".join(file.name for file in files),
            next_step="see the message on each file",
        )


def _made(before: _Before, files: tuple[DeliveredFile, ...], carried: CarriedOut, watcher: Watcher) -> _Made:
    watcher.step("finding requirements")
    documents = carried.after.documents
    rows = keep_rows(before.tender, parse.extraction()(documents), carried.diff)
    watcher.step("building deviation tables")
    tables = deviation_tables(documents, rows.solicitation)
    types = {document.sha256: document.media_type for document in documents}
    typed = tuple(
        replace(f, blob=replace(f.blob, media_type=types.get(f.blob.sha256, f.blob.media_type))) for f in files
    )
    return _Made(typed, carried, rows, tables, moves_between(before.tables, tables, rows.changes))


def _store(work: Work, before: _Before, made: _Made, actor: str, today: date) -> Amendment:
    """The amendment, stored with everything it changes."""
    deal = work.deals.lock(before.deal.code)
    latest = work.solicitations.latest(deal)
    if latest is None or latest.id != before.revision.id:
        raise Conflict("somebody else changed the tender meanwhile", where=deal.code, next_step="try again")
    revision = _next_revision(work, work.deals.advance(deal), before, made)
    draft = _draft(work, deal, before, made, revision.number, actor, today)
    responses = work.responses.of(deal)
    calendar = calendar_of(deal.language)
    dues = moved_dues(before.tender, made.rows.solicitation, responses, calendar, today)
    answers = reopened(draft.rows, responses, draft, deal.language)
    changed = dict(answers.responses)
    for move in dues:
        changed[move.row_id] = replace(changed.get(move.row_id, responses[move.row_id]), due_on=move.new)
    work.responses.save(deal, changed)
    tables = StoredTables(revision.rows_digest, made.tables)
    deviations, statements = reopen_deviations(work, deal, made.moves, tables, draft)
    amendment = replace(draft, dues=dues, answers=answers.touched, deviations=deviations, statements=statements)
    return work.of_deal(deal, TENDER_CHANGES).put(key_of(amendment.number), amendment).value


def _next_revision(work: Work, deal: Deal, before: _Before, made: _Made) -> SolicitationRevision:
    files = (*_still_in_force(before.delivered, made.carried), *made.files)
    key = package_key([file.blob for file in files])
    if work.solicitations.find(deal, key.digest) is not None:
        raise Conflict(
            "these files together are an earlier revision of the tender",
            where=deal.code,
            next_step="look at the revisions; going back is no addendum",
        )
    refused = {(one.name, one.sha256): one for one in made.carried.after.refused}
    package = Package(made.carried.after.documents, tuple(refused.values()))
    return work.solicitations.add(deal, key, files, package, made.rows.solicitation)


def _still_in_force(delivered: Sequence[DeliveredFile], carried: CarriedOut) -> list[DeliveredFile]:
    """The files without those of which every document was issued anew."""
    return [file for file in delivered if not _replaced(file, carried.replaced, carried.diff.kept)]


def _replaced(file: DeliveredFile, replaced: Collection[str], kept: Collection[str]) -> bool:
    def belongs(name: str) -> bool:
        return name == file.name or name.startswith(f"{file.name}/")

    return any(map(belongs, replaced)) and not any(map(belongs, kept))


def _draft(work: Work, deal: Deal, before: _Before, made: _Made, revision: int, actor: str, today: date) -> Amendment:
    """The amendment as far as it follows from the files alone, with the decisions that came before it."""
    return Amendment(
        number=max((one.number for one in before.amendments), default=0) + 1,
        base=before.revision.number,
        revision=revision,
        on=today,
        by=actor,
        files=tuple(IssuedFile(file.name, file.blob.sha256) for file in made.files),
        reissued=made.carried.replaced,
        listed=made.carried.diff.listed,
        changes=ordered_changes(made.carried.diff),
        rows=made.rows.changes,
        facts=fact_changes(before.tender, made.rows.solicitation, deal.language),
        decisions=_decisions(work, deal),
    )


def _decisions(work: Work, deal: Deal) -> tuple[EarlierDecision, ...]:
    """The decisions on this bid that say yes: somebody has to see whether they still stand."""
    return tuple(
        EarlierDecision(entry.id, entry.gate, entry.by, entry.at.astimezone().date())
        for entry in work.decisions.of(deal)
        if entry.verdict != Verdict.REJECT.value
        and (entry.gate.partition(":")[0] in _ON_THE_BID or entry.gate.startswith(_BID_STAGE))
    )
