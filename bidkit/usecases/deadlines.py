"""What falls due in open deals: dates of tenders and customers, ends of waivers, steps out of date, void decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bidkit.documents.reports.model import Due
from bidkit.gates.model import FactState
from bidkit.store import Store
from bidkit.usecases.dues import TENDER_FACTS, profile_due, step_dues, tender_dues, waiver_dues
from bidkit.usecases.gate_state import GateState, load_states
from bidkit.usecases.report_lines import decision_lines, names_of

WITHIN = 14
"""Days ahead that are looked at unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing due in a deal: `due.what` is a code of `reports.csv` or the deal's own words.

    `about` names the fact of a waiver or the gate of a decision.
    """

    deal: str
    name: str
    owner: str
    due: Due
    about: str = ""


def deadlines(store: Store, within: int = WITHIN) -> tuple[Deadline, ...]:
    """What falls due in `within` days from today or is overdue, in all open deals, by date and deal.

    Past dates of a tender are left out: nobody can act on them. A waiver counts while its fact is not proven, a
    customer's step once it is out of date, a decision once it is void. Changes nothing.
    """
    with store.read() as work:
        states = load_states(store, work)
        facts, names = work.tender_facts.by_deal(TENDER_FACTS), names_of(work.people.all())
    found = [
        deadline
        for state in states
        if state.file.profile.ending is None
        for deadline in _of(state, tender_dues(facts.get(state.file.deal.code, {})), within, names)
    ]
    return tuple(sorted(found, key=lambda d: (d.due.on, d.deal, d.due.what, d.about)))


def _of(state: GateState, tender: Iterable[Due], within: int, names: Mapping[str, str]) -> Iterable[Deadline]:
    file, on = state.file, state.on
    until = on + timedelta(days=within)
    dues = [(due, "") for due in (*profile_due(file.profile), *_steps(state)) if due.on <= until]
    dues += [(due, "") for due in tender if on <= due.on <= until]
    dues += [(due, fact) for due, fact in _waivers(state) if due.on <= until]
    dues += [(Due("decision_void", taken), gate) for gate, taken in _void(state)]
    owner = names.get(file.profile.owner, file.profile.owner)
    return (Deadline(file.deal.code, file.deal.name, owner, due, about) for due, about in dues)


def _steps(state: GateState) -> Iterable[Due]:
    dues = step_dues(state.file.book.model, state.file.steps)
    return (due for due in dues if due.what != "step_stale" or due.on <= state.on)


def _waivers(state: GateState) -> Iterable[tuple[Due, str]]:
    for waiver in state.facts.waivers:
        if state.standings[waiver.fact].state is not FactState.PROVEN:
            for due in waiver_dues((waiver,)):
                yield due, waiver.fact


def _void(state: GateState) -> Iterable[tuple[str, date]]:
    lines = decision_lines(state, {}, state.file.deal.language)
    return ((line.gate, line.at.date()) for line in lines if line.state == "void")
