"""Showing what proves a fact, judging what only a person can tell, and taking either back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from bidkit.gates.blockers import blocker
from bidkit.gates.model import EvidenceKind, Origin, Shortfall, Standing
from bidkit.gates.proof import evidence_fault, standings
from bidkit.kernel.errors import NotFound, UsageError
from bidkit.store import Store, Work
from bidkit.store.blobs import fingerprint
from bidkit.store.entries import EvidenceEntry, JudgementEntry, WaiverEntry
from bidkit.store.model import BlobRef
from bidkit.store.proofs import EvidenceBook, JudgementBook, WaiverBook
from bidkit.usecases.deal_file import DealFile, evidence_of, load_file, today
from bidkit.usecases.gate_state import GateState, state_of
from bidkit.usecases.gates import gate_closed
from bidkit.usecases.people import acting, acting_role
from bidkit.vocabulary.stages import Verify

_ORIGINS = {
    EvidenceKind.FORM: frozenset({Origin.OUR_RECORD, Origin.CUSTOMER_SIGNED}),
    EvidenceKind.DOCUMENT: frozenset(Origin),
    EvidenceKind.CUSTOMER_MESSAGE: frozenset({Origin.CUSTOMER_MESSAGE, Origin.CUSTOMER_SIGNED}),
    EvidenceKind.PUBLIC_NOTICE: frozenset({Origin.PUBLIC_NOTICE}),
    EvidenceKind.OUR_STATEMENT: frozenset({Origin.OUR_RECORD}),
}


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What somebody shows: a file or a filled form, from whom it comes, and the stage facts it is for.

    No facts at all is evidence kept for something else, such as the customer's step.
    """

    facts: tuple[str, ...]
    kind: EvidenceKind
    origin: Origin
    path: Path | None = None
    form: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The entry on record, whether this call made it, and how the facts it is for stand with it."""

    entry: EvidenceEntry
    created: bool
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgement on record, and whether this call made it."""

    entry: JudgementEntry
    created: bool


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Whether this call took the entry back, and the deal's last stage entered and completed before and after."""

    entry: str
    changed: bool
    before: tuple[int, int]
    after: tuple[int, int]


def add_evidence(store: Store, *, code: str, shown: NewEvidence, actor: str) -> Shown:
    """The piece as evidence of the deal, its file stored.

    Running it twice changes nothing: the key is the deal, the facts, the kind, the origin and the content. Raises
    UsageError for an unknown fact, an origin the kind cannot have or a form of another deal; GateClosed where a piece
    of this kind can prove none of its facts, such as our own statement for a customer's commitment. Nothing is
    stored then.
    """
    _refuse_shape(shown)
    ref = fingerprint(shown.path) if shown.path else None
    on = today(store)
    with store.read() as work:
        state = state_of(load_file(work, code), on)
        _refuse_unfit(work, state, shown, ref, actor)
    # The file first: a file without an entry is harmless, an entry without its file is not.
    if shown.path and ref and store.blobs.put_file(shown.path).sha256 != ref.sha256:
        raise UsageError("the file changed while it was read", where=str(shown.path), next_step="try again")
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        twin = _twin(work.evidence.of(deal), shown, ref)
        if twin is None:
            # Forms and law may have moved while the file was stored.
            _refuse_unfit(work, state_of(load_file(work, code), on), shown, ref, actor)
            name = shown.path.name if shown.path else ""
            entry = work.evidence.add(
                deal,
                facts=shown.facts,
                kind=shown.kind.value,
                origin=shown.origin.value,
                blob=ref,
                file_name=name,
                form=shown.form,
                note=shown.note.strip(),
            )
            found = work.evidence.get(deal, entry)
        else:
            found = twin
        file = load_file(work, code)
    standing = standings(file.facts, file.book, on)
    return Shown(found, twin is None, tuple(standing[fact] for fact in shown.facts))


def list_evidence(store: Store, code: str) -> tuple[tuple[EvidenceEntry | JudgementEntry | WaiverEntry, ...], DealFile]:
    """Everything shown, judged and waived on the deal in the order it came, with the deal's file; raises NotFound."""
    with store.read() as work:
        file = load_file(work, code)
    entries: list[EvidenceEntry | JudgementEntry | WaiverEntry] = [*file.evidence, *file.judgements, *file.waivers]
    return tuple(sorted(entries, key=lambda entry: entry.at)), file


def judge(store: Store, *, code: str, fact: str, holds: bool, reason: str, by: str, role: str = "") -> Judged:
    """The person's judgement that the fact holds or does not.

    Running it twice changes nothing: the key is the fact, the person and what was said. Raises UsageError for a fact
    that is not a matter of judgement or a missing reason, GateClosed where the person may not judge.
    """
    if not reason.strip():
        raise UsageError("a judgement needs a reason", where="--reason", next_step="say what it rests on")
    with store.begin(by) as work:
        deal = work.deals.lock(code)
        state = state_of(load_file(work, code), today(store))
        person, book = acting(work, by), state.file.book
        known_facts(state.file, (fact,))
        if book.model.facts[fact].verify is not Verify.JUDGE:
            raise UsageError(
                f"{fact} is not a matter of judgement", where=fact, next_step="show evidence, or fill in its form"
            )
        entitled = book.roles_for("judgement")
        signs = acting_role(person, sorted(entitled), role)
        if signs not in entitled:
            raise gate_closed(
                state, f"S{book.model.facts[fact].stage}.complete", (blocker("judgement-unfit", fact=fact),)
            )
        for entry in state.file.judgements:
            same = (entry.fact, entry.holds, entry.by, entry.role, entry.reason) == (
                fact,
                holds,
                by,
                signs,
                reason.strip(),
            )
            if same and entry.withdrawal is None and entry == _latest(state.file, fact):
                return Judged(entry, created=False)
        made = work.judgements.add(deal, fact=fact, holds=holds, role=signs, reason=reason.strip())
        return Judged(next(entry for entry in work.judgements.of(deal) if entry.id == made), created=True)


def withdraw(store: Store, *, code: str, entry: str, reason: str, actor: str) -> Withdrawn:
    """The evidence (E…), judgement (J…) or waiver (W…) taken back; the position moves back where it rested on it.

    Running it twice changes nothing: the key is the entry. Raises NotFound, UsageError without a reason.
    """
    if not reason.strip():
        raise UsageError("a withdrawal needs a reason", where="--reason", next_step="say why it no longer counts")
    on = today(store)
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        before = state_of(load_file(work, code), on)
        books: dict[str, EvidenceBook | JudgementBook | WaiverBook] = {
            "E": work.evidence,
            "J": work.judgements,
            "W": work.waivers,
        }
        book = books.get(entry[:1])
        if book is None:
            raise NotFound(f"there is no {entry!r}", where=code, next_step="see them: bidkit evidence list")
        if entry in _gone(before.file):
            return Withdrawn(entry, changed=False, before=_reach(before), after=_reach(before))
        book.withdraw(deal, entry, reason.strip())
        after = state_of(load_file(work, code), on)
    return Withdrawn(entry, changed=True, before=_reach(before), after=_reach(after))


def known_facts(file: DealFile, facts: Sequence[str]) -> None:
    """Nothing where the deal's stage model has every fact; raises UsageError naming the nearest ids it has."""
    model = file.book.model
    for fact in facts:
        if fact not in model.facts:
            near = get_close_matches(fact, model.facts, 3, 0.5) or list(model.facts)[:1]
            raise UsageError(
                f"there is no condition {fact!r}", where="FACT", next_step=f"use one such as {', '.join(near)}"
            )


def _refuse_shape(shown: NewEvidence) -> None:
    if shown.origin not in _ORIGINS[shown.kind]:
        possible = ", ".join(sorted(_ORIGINS[shown.kind]))
        raise UsageError(
            f"{shown.kind} cannot come from {shown.origin}", where="--origin", next_step=f"use one of: {possible}"
        )
    is_form = shown.kind is EvidenceKind.FORM
    if is_form != bool(shown.form):
        raise UsageError(
            "a filled form is shown by its id", where="--form", next_step="use it with --kind form, and only then"
        )
    # A form is our own words until the customer's signature is seen.
    own = shown.kind is EvidenceKind.OUR_STATEMENT or (is_form and shown.origin is Origin.OUR_RECORD)
    if shown.path is None and not own:
        raise UsageError("evidence needs its file", where="FILE", next_step="give the letter, notice or signed copy")


def _refuse_unfit(work: Work, state: GateState, shown: NewEvidence, ref: BlobRef | None, actor: str) -> None:
    """Raise where a piece of this kind can prove none of the facts it is for."""
    known_facts(state.file, shown.facts)
    person = work.people.find(actor)
    if person is not None and not person.active:
        raise UsageError("this person does not act any more", where=actor, next_step="let somebody else do it")
    if shown.form and shown.form not in {form.document.id for form in state.file.forms}:
        raise UsageError(f"the deal has no form {shown.form}", where="--form", next_step="see them: bidkit form list")
    if not shown.facts:
        return
    digests = {form.document.id: form.version.digest for form in state.file.forms}
    entry = EvidenceEntry(
        "E", shown.facts, shown.kind.value, shown.origin.value, actor, state.file.deal.created_at,
        sha256=ref.sha256 if ref else None, form=shown.form,
    )  # fmt: skip
    fault: Shortfall | None = evidence_fault(evidence_of(entry, digests), state.facts, state.file.book, state.on)
    if fault is not None:
        stage = state.file.book.model.facts[shown.facts[0]].stage
        owners = state.file.book.model.stages[stage - 1].owners
        found = blocker(fault.code, fact=shown.facts[0], owners=owners, **dict(fault.values))
        raise gate_closed(state, f"S{stage}.complete", (found,))


def _twin(entries: Sequence[EvidenceEntry], shown: NewEvidence, ref: BlobRef | None) -> EvidenceEntry | None:
    wanted = (shown.facts, shown.kind.value, shown.origin.value, ref.sha256 if ref else None, shown.form)
    for entry in entries:
        given = (entry.facts, entry.kind, entry.origin, entry.sha256, entry.form)
        if entry.withdrawal is None and given == wanted and (ref or shown.form or entry.note == shown.note.strip()):
            return entry
    return None


def _gone(file: DealFile) -> frozenset[str]:
    entries: tuple[EvidenceEntry | JudgementEntry | WaiverEntry, ...] = (
        *file.evidence,
        *file.judgements,
        *file.waivers,
    )
    return frozenset(entry.id for entry in entries if entry.withdrawal)


def _latest(file: DealFile, fact: str) -> JudgementEntry | None:
    standing = [entry for entry in file.judgements if entry.fact == fact and entry.withdrawal is None]
    return standing[-1] if standing else None


def _reach(state: GateState) -> tuple[int, int]:
    return state.position.declared.entered, state.position.declared.completed
