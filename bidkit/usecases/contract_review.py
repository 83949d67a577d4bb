"""Reviewing a deal's contract: rounds, legal's verdicts, departments' opinions; nothing said is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from bidkit.contract.reading import reading_of
from bidkit.contract.record import InputFile, LegalVerdict, Opinion, ReviewRound, TermRow, open_points, reason_against
from bidkit.contract.review import Review, review
from bidkit.contract.review_model import Circumstances, ReviewFinding, Source
from bidkit.contract.segment import document_language
from bidkit.contract.three_way import Statement, TermLine
from bidkit.contract.verdicts import OpinionKind, VerdictKind
from bidkit.gates.procurement import UNKNOWN
from bidkit.ingest.align.versions import version_of
from bidkit.ingest.read import load
from bidkit.kernel.deal import Deal, DealProfile
from bidkit.kernel.errors import Conflict, NotFound, UsageError
from bidkit.kernel.finding import Finding
from bidkit.kernel.identity import sha256_of
from bidkit.store import Store, Work
from bidkit.store.shelf import Kind, Shelf
from bidkit.usecases.contract_review_sources import sources_of
from bidkit.usecases.deal_file import load_file, today
from bidkit.usecases.people import acting, acting_role
from bidkit.usecases.watch import NOBODY, Watcher
from bidkit.vocabulary.playbooks import Playbook, playbook_for
from bidkit.vocabulary.tables import label, labels
from bidkit.vocabulary.terms import term_base

T = TypeVar("T")

CONTRACT_ROUNDS = Kind("contract_round", ReviewRound)
CONTRACT_VERDICTS = Kind("contract_verdict", LegalVerdict)
CONTRACT_OPINIONS = Kind("contract_opinion", Opinion)

TYPES = ("sale", "engineering", "service", "framework", "lease", "nda", "other")
_MAY_JUDGE = ("legal", "approver")
_INTEREST = Decimal("0.06")  # a year; assumed where the house has not said what money costs it


@dataclass(frozen=True, slots=True)
class ReviewWork:
    """A deal's contract review as it stands: the latest round with everything said about it."""

    deal: Deal
    round: ReviewRound
    verdicts: Mapping[str, LegalVerdict]
    opinions: Mapping[str, Opinion]
    created: bool = False

    @property
    def open(self) -> tuple[Finding, ...]:
        """What keeps the contract from being approved."""
        return open_points(self.round, self.verdicts, self.opinions)


def review_contract(
    store: Store,
    *,
    code: str,
    path: Path,
    actor: str,
    contract_type: str = "sale",
    bids: Iterable[Path] = (),
    minutes: Iterable[Path] = (),
    awarded_on: date | None = None,
    watcher: Watcher = NOBODY,
) -> ReviewWork:
    """The deal's contract in the file at `path` reviewed as a new round, with the digests of everything looked at.

    Running it twice changes nothing: the digests of contract, tender, bid, minutes and playbook are the key. Verdicts
    of earlier rounds hold where every text their finding rests on is the same. Raises NotFound, UnreadableFile,
    UsageError for an unknown type of contract.
    """
    if contract_type not in TYPES:
        raise UsageError(f"no contract type {contract_type!r}", where="--type", next_step=f"one of: {', '.join(TYPES)}")
    if not path.exists():
        raise UsageError("there is no such file", where=str(path), next_step="check the path")
    with store.read() as work:
        deal, profile = work.deals.get(code), load_file(work, code).profile
    data = load(path)
    watcher.step(f"reading {path.name}")
    reading = reading_of(version_of(data, path.name))
    sources = sources_of(store, deal, bids, minutes, watcher)
    playbook = playbook_for(contract_type, document_language(reading.document))
    on = today(store)
    known = _circumstances(profile, on, tendered=sources.tendered, awarded_on=awarded_on)
    watcher.step("reviewing")
    found = review(reading, sources.statements, known, playbook, _assumptions(profile))
    contract = InputFile(Source.CONTRACT.value, path.name, sha256_of(data))
    store.blobs.put(data)
    made = _round(found, contract, sources.inputs, contract_type, playbook, known)
    return _kept(store, code, made, actor)


def load_review(store: Store, code: str, number: int | None = None) -> ReviewWork:
    """The latest round of the deal's review, or the one with that number; raises NotFound where there is none."""
    with store.read() as work:
        return _loaded(work, work.deals.get(code), number)


def rounds_of(store: Store, code: str) -> tuple[ReviewRound, ...]:
    """Every round of the deal's review, the first one first; () where it was never reviewed."""
    with store.read() as work:
        kept = work.of_deal(work.deals.get(code), CONTRACT_ROUNDS).all()
    return tuple(kept[key].value for key in sorted(kept))


def give_verdict(
    store: Store,
    *,
    code: str,
    finding: str,
    kind: VerdictKind,
    reason: str,
    actor: str,
    text: str = "",
    role: str = "",
) -> ReviewWork:
    """The review with legal's verdict on a finding of its latest round.

    Every verdict stays on record, the latest counts. Running it twice changes nothing. Raises UsageError without a
    reason or, for a change, without the wanted text; Conflict while a tracked change is pending, for a blank that is
    accepted, and for something fatal that is accepted by anybody but an approver after an escalation by another.
    """
    if not reason.strip():
        raise UsageError("a verdict needs a reason", where="--reason", next_step="say why")
    if kind is VerdictKind.CHANGE and not text.strip():
        raise UsageError("say what the contract should say", where="--text", next_step="give the wording wanted")
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        now = _loaded(work, deal)
        about = _finding(now.round, finding)
        person = acting(work, actor)
        acts_as = acting_role(person, _MAY_JUDGE, role)
        if acts_as not in _MAY_JUDGE:
            raise Conflict(f"{acts_as} gives no verdict", where=finding, next_step="ask legal or an approver")
        shelf = work.of_deal(deal, CONTRACT_VERDICTS)
        earlier = shelf.find(finding)
        given = LegalVerdict(finding, kind, reason.strip(), text.strip(), person.login, acts_as, today(store))
        if earlier is not None and _same(earlier.value, given):
            return now
        _refuse(now, about, given, earlier.value if earlier else None)
        shelf.put(finding, given, earlier.version if earlier else 0)
        return _loaded(work, deal)


def give_opinion(
    store: Store,
    *,
    code: str,
    department: str,
    kind: OpinionKind,
    actor: str,
    issues: str = "",
    closed: bool = False,
) -> ReviewWork:
    """The review with a department's opinion. Running it twice changes nothing.

    Raises UsageError for an unknown department, or an objection or condition without words.
    """
    if department not in labels("owner_roles"):
        names = ", ".join(labels("owner_roles"))
        raise UsageError(f"no department {department!r}", where="DEPARTMENT", next_step=f"one of: {names}")
    if kind is not OpinionKind.AGREE and not issues.strip():
        raise UsageError("say what stands against it", where="--issues", next_step="name the points")
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        _loaded(work, deal)
        person = acting(work, actor)
        if department not in person.roles:
            where = f"{person.login}, {department}"
            raise Conflict("only the department speaks for itself", where=where, next_step="ask one of its people")
        said = Opinion(department, kind, issues.strip(), person.login, today(store), closed)
        put(work.of_deal(deal, CONTRACT_OPINIONS), department, said)
        return _loaded(work, deal)


def put(shelf: Shelf[T], key: str, value: T) -> T:
    """The value in force under the key, whatever was there before."""
    before = shelf.find(key)
    return shelf.put(key, value, before.version if before else 0).value


def _finding(found: ReviewRound, finding: str) -> ReviewFinding:
    about = found.finding(finding)
    if about is None:
        where = f"{finding}, round {found.number}"
        raise NotFound("the latest round has no such finding", where=where, next_step="see: bidkit contract record")
    return about


def _refuse(now: ReviewWork, about: ReviewFinding, given: LegalVerdict, earlier: LegalVerdict | None) -> None:
    if now.round.pending:
        raise Conflict(
            f"{now.round.pending} tracked changes are pending",
            where=now.round.contract.name,
            next_step="have them accepted or rejected and review the file again",
        )
    before = earlier if earlier is None or earlier.by != given.by else None
    why = reason_against(about, given.kind, given.role, before)
    if why:
        said = label("contract_record", why, now.deal.language)
        raise Conflict(said, where=about.id, next_step="change, refuse or escalate it")


def _same(one: LegalVerdict, other: LegalVerdict) -> bool:
    return (one.kind, one.reason, one.text, one.by) == (other.kind, other.reason, other.text, other.by)


def _kept(store: Store, code: str, made: ReviewRound, actor: str) -> ReviewWork:
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        shelf = work.of_deal(deal, CONTRACT_ROUNDS)
        before = sorted(shelf.all().values(), key=lambda kept: kept.key)
        if before and before[-1].value.key == made.key:
            return _loaded(work, deal)
        numbered = replace(made, number=len(before) + 1)
        shelf.put(f"{numbered.number:03d}", numbered, 0)
        found = _loaded(work, deal)
    return replace(found, created=True)


def _loaded(work: Work, deal: Deal, number: int | None = None) -> ReviewWork:
    kept = work.of_deal(deal, CONTRACT_ROUNDS).all()
    key = f"{number:03d}" if number is not None else max(kept, default="")
    if key not in kept:
        raise NotFound("no contract was reviewed", where=deal.code, next_step="bidkit contract review CODE FILE")
    found = kept[key].value
    ids = {finding.id for finding in found.findings}
    verdicts = work.of_deal(deal, CONTRACT_VERDICTS).all()
    opinions = work.of_deal(deal, CONTRACT_OPINIONS).all()
    return ReviewWork(
        deal,
        found,
        {key: one.value for key, one in verdicts.items() if key in ids},
        {key: one.value for key, one in opinions.items()},
    )


def _circumstances(profile: DealProfile, on: date, *, tendered: bool, awarded_on: date | None) -> Circumstances:
    return Circumstances(
        on=on,
        regime=profile.regime or UNKNOWN,
        method=profile.method or UNKNOWN,
        tendered=tendered,
        awarded_on=awarded_on or profile.procurement_closed_on,
        price=profile.value.amount if profile.value else None,
        currency=profile.value.currency if profile.value else "CNY",
    )


def _assumptions(profile: DealProfile) -> dict[str, Decimal]:
    return {"interest": _INTEREST} | ({"price": profile.value.amount} if profile.value else {})


def _round(
    found: Review,
    contract: InputFile,
    inputs: tuple[InputFile, ...],
    contract_type: str,
    playbook: Playbook | None,
    known: Circumstances,
) -> ReviewRound:
    name = f"{playbook.id}.{playbook.language.value} v{playbook.version}" if playbook else ""
    parts = [contract.sha256, contract_type, name, known.regime, str(known.awarded_on), str(known.tendered)]
    parts += sorted(one.sha256 for one in inputs)
    return ReviewRound(
        number=0,
        contract=contract,
        inputs=inputs,
        contract_type=contract_type,
        language=found.language.value,
        playbook=name,
        regime=known.regime,
        tendered=known.tendered,
        on=known.on,
        pending=found.pending,
        findings=found.findings,
        terms=tuple(_row(line, found) for line in found.lines),
        key=sha256_of("\n".join([*parts, *sorted(f.id for f in found.findings)]).encode()),
    )


def _row(line: TermLine, found: Review) -> TermRow:
    about = [f for f in found.findings if f.part == "terms" and f.item == line.term]
    mine = [f for f in about if line.contract is None or any(p.text == line.contract.text for p in f.passages)]
    return TermRow(
        term=line.term,
        topic=term_base()[line.term].topic,
        standing=line.standing,
        substantive=line.substantive,
        tender=_printed(line.tender),
        bid=_printed(line.bid),
        negotiated=_printed(line.negotiated),
        contract=_printed(line.contract),
        number=mine[0].number if mine else "",
        findings=tuple(f.id for f in mine),
    )


def _printed(statement: Statement | None) -> str:
    if statement is None:
        return ""
    return statement.value.text.strip() if statement.value else statement.text
