"""Where deals stand: their files put through the gates' pure functions."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from bidkit.gates.alignment import Alignment, Outlook, compare
from bidkit.gates.form_values import decimal_or_none, read_form
from bidkit.gates.go_no_go import FactorScore, GoNoGo, StopAnswer, assess_go_no_go
from bidkit.gates.model import Blocker, Deal, FormStatus, Standings
from bidkit.gates.position import Position, Reach, position
from bidkit.gates.probability import ClosedDeal, Probability, win_probability
from bidkit.gates.proof import standings
from bidkit.kernel.deal import Outcome
from bidkit.store import Store, Work
from bidkit.store.entries import StoredForm
from bidkit.usecases.deal_file import DealFile, load_checked_file, load_files, today
from bidkit.usecases.sealing_gate import sealing_blockers
from bidkit.vocabulary.approvals import Factor, GoNoGoRules, HardStop, go_no_go_rules
from bidkit.vocabulary.forms import form_definition

_GO_FORM = "bid_decision"


@dataclass(frozen=True, slots=True)
class GateState:
    """A deal's file and what the gates make of it on day `on`; `go_no_go` is None while no record was submitted.

    `sealing` keeps the bid from being sent: what the check before sealing still holds against it.
    """

    file: DealFile
    on: date
    facts: Deal
    standings: Standings
    position: Position
    alignment: Alignment
    probability: Probability
    go_no_go: GoNoGo | None
    sealing: tuple[Blocker, ...] = ()


def load_state(store: Store, work: Work, code: str) -> GateState:
    """Where one deal stands today, its evidence files looked for in storage; raises NotFound."""
    state = state_of(load_checked_file(store, work, code), today(store), closed_deals(work))
    return replace(state, sealing=sealing_blockers(work, code))


def load_states(store: Store, work: Work) -> tuple[GateState, ...]:
    """Where every deal stands today, by code. Evidence files are not looked for."""
    on, closed = today(store), closed_deals(work)
    with _no_search_for_cycles():
        return tuple(state_of(file, on, closed) for file in load_files(work))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Nothing; inside, Python does not search for cycles of objects: a quarter of the time, and values form none."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def closed_deals(work: Work) -> tuple[ClosedDeal, ...]:
    """Every deal that was won or lost, with how far it had got; an abandoned one says nothing of our chances."""
    return tuple(
        ClosedDeal(code, Reach(ending.entered, ending.completed), ending.outcome is Outcome.WON)
        for code, ending in work.profiles.endings().items()
        if ending.outcome is not Outcome.ABANDONED
    )


def state_of(file: DealFile, on: date, closed: Iterable[ClosedDeal] = ()) -> GateState:
    """Where the deal of this file stands on that day."""
    book, facts = file.book, file.facts
    found = standings(facts, book, on)
    where = position(book.model, found)
    go = _go_no_go(file, facts, on)
    stopped = go is not None and any(b.code in ("hard-stop", "hard-stop-by-law") for b in go.blockers)
    pace = compare(book.model, where, file.steps, on, Outlook(hard_stop=stopped))
    chance = win_probability(book.model, where.declared, found, closed)
    return GateState(file, on, facts, found, where, pace, chance, go)


def go_record(file: DealFile) -> StoredForm | None:
    """The latest go / no-go record that was submitted, or None."""
    counting = (FormStatus.SUBMITTED, FormStatus.APPROVED)
    records = [form for form in file.forms if form.document.form == _GO_FORM and form.version.state in counting]
    return max(records, key=lambda form: form.version.at, default=None)


def _go_no_go(file: DealFile, facts: Deal, on: date) -> GoNoGo | None:
    record = go_record(file)
    if record is None:
        return None
    rules = go_no_go_rules()
    read = read_form(form_definition(_GO_FORM), record.version.values)
    stops, scores = _stops(rules, read["hard_stops"] or ()), _scores(rules, read["scores"] or ())
    return assess_go_no_go(rules, file.book.law, stops, scores, facts.procurement, on)


def _stops(rules: GoNoGoRules, rows: Iterable[dict[str, Any]]) -> dict[str, StopAnswer]:
    """The answers by hard stop; a row names it by its id or by its text in either language."""
    names = _names(rules.hard_stops)
    return {
        names[row["item"]]: StopAnswer(row["ok"], (row["evidence"],) if row["evidence"] else ())
        for row in rows
        if row["item"] in names
    }


def _scores(rules: GoNoGoRules, rows: Iterable[dict[str, Any]]) -> dict[str, FactorScore]:
    names = _names(rules.factors)
    found: dict[str, FactorScore] = {}
    for row in rows:
        score = decimal_or_none(row["score"])
        if row["criterion"] in names and score is not None:
            found[names[row["criterion"]]] = FactorScore(Decimal(score), row["reason"] or "")
    return found


def _names(things: Iterable[HardStop | Factor]) -> dict[str, str]:
    return {name: thing.id for thing in things for name in (thing.id, thing.label.zh, thing.label.en)}
