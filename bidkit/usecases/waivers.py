"""Letting a fact go without proof, and entering a deal that came in after its first stages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bidkit.gates.blockers import blocker
from bidkit.gates.model import FactState, Waiver
from bidkit.gates.proof import waiver_fault
from bidkit.kernel.errors import UsageError
from bidkit.store import Store, Work
from bidkit.store.entries import Person, WaiverEntry
from bidkit.usecases.deal_file import load_file, today
from bidkit.usecases.evidence import known_facts
from bidkit.usecases.gate_state import GateState, state_of
from bidkit.usecases.gates import gate_closed
from bidkit.usecases.people import acting, acting_role, refuse_unknown_person


@dataclass(frozen=True, slots=True)
class WaiverWish:
    """Why facts should be let go, who asked for it, and until when (None: for the whole deal)."""

    reason: str
    asked_by: str
    until: date | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Waived:
    """The waivers on record for what was asked, and which of them this call made."""

    entries: tuple[WaiverEntry, ...]
    created: tuple[str, ...]


def waive(store: Store, *, code: str, fact: str, wish: WaiverWish, by: str) -> Waived:
    """The waiver of the fact, approved by `by`.

    Running it twice changes nothing: the key is the fact, the reason, the persons and the end. Raises UsageError for
    an unknown fact or person, GateClosed where the fact cannot be waived, the person may not approve, or asked for it.
    """
    with store.begin(by) as work:
        state = _locked(store, work, code)
        person = _approver(work, wish, by)
        return _store(work, state, (fact,), wish, person)


def enter_late(store: Store, *, code: str, stage: int, wish: WaiverWish, by: str) -> Waived:
    """A deal that came in at `stage` (2 to 5): whatever the stages before it still want is waived, and shown as such.

    Proven facts stay proven. The deal needs a go decision before it bids. Running it twice changes nothing: what is
    waived is not waived again. Raises UsageError for another stage, and whatever `waive` raises.
    """
    with store.begin(by) as work:
        state = _locked(store, work, code)
        model = state.file.book.model
        if not 2 <= stage <= max(model.late_entry) + 1:
            most = max(model.late_entry) + 1
            raise UsageError(f"no deal comes in late at stage {stage}", where="--stage", next_step=f"use 2 to {most}")
        person = _approver(work, wish, by)
        kinds = (*model.required, *model.required_or_waived)
        facts = [fact for earlier in model.stages[: stage - 1] for fact in earlier.of_kind(*kinds)]
        open_facts = tuple(fact.id for fact in facts if state.standings[fact.id].state is FactState.OPEN)
        profile = state.file.profile
        if profile.late_entry != stage:
            work.profiles.save(state.file.deal, replace(profile, late_entry=stage))
        return _store(work, state, open_facts, wish, person)


def _locked(store: Store, work: Work, code: str) -> GateState:
    work.deals.lock(code)
    return state_of(load_file(work, code), today(store))


def _approver(work: Work, wish: WaiverWish, by: str) -> Person:
    if not wish.reason.strip():
        raise UsageError("a waiver needs a reason", where="--reason", next_step="say why the deal can go on without it")
    refuse_unknown_person(work, wish.asked_by, "--asked-by")
    return acting(work, by)


def _store(work: Work, state: GateState, facts: tuple[str, ...], wish: WaiverWish, person: Person) -> Waived:
    known_facts(state.file, facts)
    deal, created = state.file.deal, []
    for fact in facts:
        role = acting_role(person, sorted(state.file.book.roles_for(_topic(state, fact))), wish.role)
        if _twin(state, fact, wish, person.login):
            continue
        _refuse_unfit(state, fact, wish, person.login, role)
        values = {"fact": fact, "reason": wish.reason.strip(), "asked_by": wish.asked_by, "role": role}
        created.append(work.waivers.add(deal, **values, until=wish.until))
    entries = work.waivers.of(deal)
    mine = {twin.id for fact in facts if (twin := _twin(state, fact, wish, person.login))} | set(created)
    return Waived(tuple(entry for entry in entries if entry.id in mine), tuple(created))


def _topic(state: GateState, fact: str) -> str:
    found, model = state.file.book.model.facts[fact], state.file.book.model
    return "waiver" if found.kind in model.required_or_waived or found.stage not in model.late_entry else "late_entry"


def _refuse_unfit(state: GateState, fact: str, wish: WaiverWish, by: str, role: str) -> None:
    model = state.file.book.model
    draft = Waiver("W", fact, wish.reason, wish.asked_by, by, role, state.file.deal.created_at, wish.until)
    fault = waiver_fault(draft, model.facts[fact], state.file.book, state.on)
    if fault is not None:
        stage = model.stages[model.facts[fact].stage - 1]
        found = blocker(fault.code, fact=fact, owners=stage.owners, **dict(fault.values))
        raise gate_closed(state, f"{stage.id}.complete", (found,))


def _twin(state: GateState, fact: str, wish: WaiverWish, by: str) -> WaiverEntry | None:
    wanted = (fact, wish.reason.strip(), wish.asked_by, by, wish.until)
    for entry in state.file.waivers:
        given = (entry.fact, entry.reason, entry.asked_by, entry.by, entry.until)
        if entry.withdrawal is None and given == wanted:
            return entry
    return None
