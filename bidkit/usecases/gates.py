"""Looking at a deal's gates: where it stands, what is missing, and whether an act may be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches

from bidkit.gates.at_gate import AtGate, Circumstances, at_gate, gate_names, next_gate, remaining
from bidkit.gates.decisions import Authority, Decision, authority, decision_in_force
from bidkit.gates.model import Blocker, FormRecord
from bidkit.kernel.errors import BidkitError, UsageError
from bidkit.store import Store, Work
from bidkit.store.entries import DecisionEntry
from bidkit.usecases.deal_file import DealFile
from bidkit.usecases.gate_state import GateState, go_record, load_state
from bidkit.usecases.gate_words import blocker_lines, gate_label
from bidkit.usecases.sealing_gate import SUBMIT

_HOUSE_CURRENCY = "CNY"


class GateClosed(BidkitError):
    """The deal may not go on here; `blockers` say why, the message says it in the deal's language."""

    code = "gate-closed"
    exit_status = 10

    def __init__(self, blockers: tuple[Blocker, ...], *, what: str, where: str, next_step: str) -> None:
        super().__init__(what, where=where, next_step=next_step)
        self.blockers = blockers


@dataclass(frozen=True, slots=True)
class GateReport:
    """One gate of a deal: what stands there, what still keeps it shut, and the decisions on it.

    `decision` is the one in force, `pending` those that wait for a signature on what stands there now, `who` the
    authority the approval matrix names, None where nobody need decide. No `remaining` blocker means open.
    """

    state: GateState
    at: AtGate
    remaining: tuple[Blocker, ...]
    decision: Decision | None
    pending: tuple[DecisionEntry, ...]
    who: Authority | None


def show_gate(
    store: Store, code: str, gate: str = "", *, topic: str | None = None, subject: str | None = None
) -> GateReport:
    """The gate of this name, or the next one the deal stands before; raises NotFound, UsageError for another name."""
    with store.read() as work:
        state = load_state(store, work, code)
    return report_on(state, gate, topic=topic, subject=subject)


def report_on(state: GateState, gate: str = "", *, topic: str | None = None, subject: str | None = None) -> GateReport:
    """The same for a state that is loaded."""
    model = state.file.book.model
    wanted = gate or next_gate(model, state.position) or f"{model.stages[-1].id}.complete"
    at = stands_at(state, wanted, topic=topic, subject=subject)
    decisions = state.file.decisions
    return GateReport(
        state,
        at,
        remaining(at, decisions),
        decision_in_force(decisions, at.gate, at.digest),
        tuple(d for d in state.file.pending if (d.gate, d.digest) == (at.gate, at.digest)),
        authority_on(state.file, at.topic) if at.topic else None,
    )


def blockers_for(
    store: Store, code: str, act: str, *, topic: str | None = None, subject: str | None = None
) -> tuple[Blocker, ...]:
    """What keeps us from the act (a row of `rules/acts.csv` or a gate's name) on this deal today; empty = go.

    `topic` is the negotiation topic it is about, `subject` the digest of what would be sent, signed or priced.
    Overrides in force are counted in. Raises NotFound, UsageError for an unknown act.
    """
    return show_gate(store, code, act, topic=topic, subject=subject).remaining


def require_open(
    store: Store, code: str, act: str, *, topic: str | None = None, subject: str | None = None
) -> GateReport:
    """The gate's report where the act may be done; raises GateClosed with the blockers as its message."""
    report = show_gate(store, code, act, topic=topic, subject=subject)
    if report.remaining:
        raise gate_closed(report.state, report.at.gate, report.remaining)
    return report


def gate_closed(state: GateState, gate: str, blockers: tuple[Blocker, ...]) -> GateClosed:
    """The error that names these blockers, who can clear them and how."""
    deal, model = state.file.deal, state.file.book.model
    lines = blocker_lines(blockers, model, deal.language)
    said = "; ".join(" ".join(part for part in (line.fact, line.text) if part) for line in lines)
    # One remedy is a next step; a list of them is read where the gate is shown.
    following = f"{lines[0].remedy} ({', '.join(lines[0].who)})" if len(lines) == 1 else f"bidkit gate show {deal.code}"
    return GateClosed(
        blockers, what=said, where=f"{deal.code}, {gate_label(gate, model, deal.language)}", next_step=following
    )


def stands_at(state: GateState, gate: str, *, topic: str | None = None, subject: str | None = None) -> AtGate:
    """What stands at the gate in this state; raises UsageError for a name that is neither gate nor act."""
    model = state.file.book.model
    names = gate_names(model)
    if gate not in names:
        near = get_close_matches(gate, names, 3, 0.4) or names[:2]
        raise UsageError(f"there is no gate {gate!r}", where="GATE", next_step=f"use one such as {', '.join(near)}")
    if topic is not None and topic not in state.file.book.law.topics:
        known = ", ".join(state.file.book.law.topics)
        raise UsageError(f"there is no topic {topic!r}", where="topic", next_step=f"use one of: {known}")
    at = at_gate(circumstances(state), gate, topic=topic, subject=subject)
    return replace(at, blockers=(*at.blockers, *state.sealing)) if gate == SUBMIT else at


def circumstances(state: GateState) -> Circumstances:
    """The state as the gates look at it."""
    file, record = state.file, go_record(state.file)
    ending = file.profile.ending
    forms = {form.id: form for form in state.facts.forms}
    form: FormRecord | None = forms.get(record.document.id) if record else None
    return Circumstances(
        file.book.model,
        file.book.law,
        state.facts,
        state.standings,
        state.position,
        state.on,
        go=state.go_no_go,
        go_record=form,
        decisions=file.decisions,
        ended=ending.outcome.value if ending else None,
    )


def authority_on(file: DealFile, topic: str) -> Authority | None:
    """Who decides on the topic at this deal's value and risk; an amount in another currency counts as the largest."""
    value = file.profile.value
    amount = value.amount if value and value.currency == _HOUSE_CURRENCY else None
    return authority(file.book.approvals, topic, amount=amount, risk=file.profile.risk)


def loaded_state(store: Store, work: Work, code: str) -> GateState:
    """Where the deal stands, with the deal kept from other writers until the unit of work is over; raises NotFound."""
    work.deals.lock(code)
    return load_state(store, work, code)
