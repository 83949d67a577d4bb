"""What stands at a gate: its blockers, what exactly was looked at, and what remains once decisions are counted in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bidkit.gates.blockers import (
    blocker,
    blockers_to_act,
    blockers_to_complete,
    blockers_to_enter,
    stands_on_law,
)
from bidkit.gates.decisions import Decision, Verdict, decision_in_force, gate_blockers
from bidkit.gates.digest import digest_of
from bidkit.gates.go_no_go import GoNoGo
from bidkit.gates.model import Blocker, Deal, FactState, FormRecord, Standing, Standings
from bidkit.gates.position import Position
from bidkit.vocabulary.acts import Act, NeedsGo, acts
from bidkit.vocabulary.rules import LegalRules
from bidkit.vocabulary.stages import Fact, FactKind, StageModel

GO_NO_GO = "go_no_go"
_STAGE_GATE = re.compile(r"S([1-9])\.(enter|complete)")
_STAGE_TOPIC = "stage"
_PUBLISHED = 4
"""The stage after which the customer goes to the market."""

Items = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """A deal on a day as its gates look at it; `ended` is how it ended, None while it is alive."""

    model: StageModel
    law: LegalRules
    deal: Deal
    standings: Standings
    position: Position
    on: date
    go: GoNoGo | None = None
    go_record: FormRecord | None = None
    decisions: tuple[Decision, ...] = ()
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class AtGate:
    """One gate. `topic` is what the approval matrix knows its decisions by, None where nobody need decide.

    `items` is what was looked at, piece by piece, and `digest` is of all of it. `must_decide` says that an approval
    has to be in force beside the blockers.
    """

    gate: str
    topic: str | None
    blockers: tuple[Blocker, ...]
    items: Items
    must_decide: bool = False

    @property
    def digest(self) -> str:
        """The digest of exactly what stands here."""
        return digest_of(self.gate, self.topic or "", self.blockers, self.items)


@dataclass(frozen=True, slots=True)
class Change:
    """An item that is not as it was: before and now, empty where it was not there."""

    item: str
    before: tuple[str, ...]
    now: tuple[str, ...]


def gate_names(model: StageModel) -> tuple[str, ...]:
    """Every gate and act there is, in the order of the process."""
    stages = [f"{stage.id}.{moment}" for stage in model.stages for moment in ("enter", "complete")]
    return (*stages, GO_NO_GO, *acts())


def next_gate(model: StageModel, where: Position) -> str | None:
    """The gate the deal stands before: entering the next stage, or completing this one; None at the end."""
    reach = where.declared
    if reach.completed == len(model.stages):
        return None
    stage = model.stages[reach.completed]
    return f"{stage.id}.{'enter' if reach.rests else 'complete'}"


def at_gate(seen: Circumstances, gate: str, *, topic: str | None = None, subject: str | None = None) -> AtGate:
    """What stands at the gate or before the act of this name; raises KeyError for a name `gate_names` has not.

    For an act `topic` is the negotiation topic it is about and `subject` the digest of what would be sent, signed or
    priced, so that an approval of one thing is none of another.
    """
    stage = _STAGE_GATE.fullmatch(gate)
    if stage:
        return _at_stage(seen, gate, int(stage[1]), entering=stage[2] == "enter")
    if gate == GO_NO_GO:
        return _at_go_no_go(seen)
    return _before_act(seen, acts()[gate], topic, subject)


def remaining(at: AtGate, decisions: tuple[Decision, ...]) -> tuple[Blocker, ...]:
    """What still keeps the gate shut once the decision in force is counted in; empty when the deal may go on.

    An override in force clears the blockers it names, but none that law stands behind. A rejection in force shuts the
    gate. A decision on something else than what stands here now counts for nothing, and is named where it would have
    helped.
    """
    standing = decision_in_force(decisions, at.gate, at.digest)
    if standing is not None and standing.verdict is not Verdict.REJECT:
        return tuple(b for b in at.blockers if b.code not in standing.overrides or stands_on_law(b))
    if standing is not None or at.must_decide:
        return (*at.blockers, *gate_blockers(decisions, at.gate, at.digest))
    stale = [d for d in decisions if d.gate == at.gate and d.verdict is not Verdict.REJECT]
    return (*at.blockers, blocker("decision-stale")) if at.blockers and stale else at.blockers


def changes(before: Items, now: Items) -> tuple[Change, ...]:
    """Every item that differs, in order of its name."""
    names = sorted(before.keys() | now.keys())
    found = (Change(name, before.get(name, ()), now.get(name, ())) for name in names)
    return tuple(change for change in found if change.before != change.now)


def _at_stage(seen: Circumstances, gate: str, number: int, *, entering: bool) -> AtGate:
    may_bid = not _go_blockers(seen)
    if entering:
        blockers = blockers_to_enter(seen.model, seen.standings, seen.position, number, may_bid=may_bid)
    else:
        blockers = blockers_to_complete(seen.model, seen.standings, seen.position, number)
    contents = _contents(seen.deal)
    items = {fact.id: _shown(fact, seen, contents) for fact in _considered(seen.model, number, entering=entering)}
    return AtGate(gate, _STAGE_TOPIC, blockers, items)


def _considered(model: StageModel, number: int, *, entering: bool) -> list[Fact]:
    """The facts a gate rests on: everything required up to its stage, and of its own stage what it asks for."""
    kinds = (*model.required, *model.required_or_waived)
    before = [fact for stage in model.stages[: number - 1] for fact in stage.of_kind(*kinds)]
    own = model.stages[number - 1].of_kind(*((FactKind.MILESTONE,) if entering else kinds))
    return [*before, *own]


def _shown(fact: Fact, seen: Circumstances, contents: Mapping[str, str]) -> tuple[str, ...]:
    """The fact's state with each thing it rests on and a digest of that thing."""
    standing = seen.standings.get(fact.id) or Standing(fact.id, FactState.OPEN)
    return (str(standing.state), *(f"{name} {contents.get(name, '')}" for name in standing.by))


def _contents(deal: Deal) -> dict[str, str]:
    """The digest of everything that can prove or waive, by id."""
    found: dict[str, Any] = {e.id: (e.kind, e.origin, e.sha256, e.of_fact) for e in deal.evidence}
    found |= {form.id: (form.form, form.status, form.digest or form.values) for form in deal.forms}
    found |= {j.id: (j.fact, j.holds, j.by, j.role, j.reason) for j in deal.judgements}
    found |= {w.id: (w.fact, w.reason, w.asked_by, w.approver, w.role, w.until) for w in deal.waivers}
    return {name: digest_of(value)[:16] for name, value in found.items()}


def _at_go_no_go(seen: Circumstances) -> AtGate:
    if seen.go is None or seen.go_record is None:
        return AtGate(GO_NO_GO, GO_NO_GO, (blocker("go-record-missing"),), {}, must_decide=True)
    record, go = seen.go_record, seen.go
    items = {
        "record": (record.id, record.digest or digest_of(record.values)),
        "recommendation": (str(go.recommendation), "" if go.score is None else f"{go.score.normalize():f}"),
        "procurement": _procurement(seen.deal),
        "late_entry": (str(seen.position.late_entry),),
    }
    return AtGate(GO_NO_GO, GO_NO_GO, go.blockers, items, must_decide=True)


def _procurement(deal: Deal) -> tuple[str, ...]:
    known = deal.procurement
    days = (str(day or "") for day in (known.published_on, known.closed_on))
    topics = ("?",) if known.movable_topics is None else tuple(sorted(known.movable_topics))
    return (known.method, known.regime, *days, *topics)


def _go_blockers(seen: Circumstances) -> tuple[Blocker, ...]:
    """Why there is no go decision in force for what stands there now."""
    at = _at_go_no_go(seen)
    return gate_blockers(seen.decisions, GO_NO_GO, at.digest)


def _before_act(seen: Circumstances, act: Act, topic: str | None, subject: str | None) -> AtGate:
    reach, found = seen.position.declared, []
    if seen.ended:
        found.append(blocker("deal-closed", outcome=seen.ended))
    if reach.completed < act.completed:
        owners = seen.model.stages[act.completed - 1].owners
        found.append(blocker("act-too-early", owners=owners, stage=f"S{act.completed}"))
    if reach.entered < act.entered:
        owners = seen.model.stages[act.entered - 1].owners
        found.append(blocker("act-before-entering", owners=owners, stage=f"S{act.entered}"))
    found += _go_for(seen, act)
    approval = act.approval
    if act.law:
        by_law = blockers_to_act(seen.law, act.law, seen.deal.procurement, seen.on, topic=topic)
        found += [b for b in by_law if b.code != "needs-approval"]
        if not by_law and _day_missing(seen, act):
            found.append(blocker("law-not-checked"))
        # What the law leaves free needs no approval unless the act itself asks for one.
        asked = next((dict(b.values)["topic"] for b in by_law if b.code == "needs-approval"), None)
        approval = asked or approval
    name = ":".join(part for part in (act.id, topic) if part)
    items = {
        "reach": (f"{reach.entered}", f"{reach.completed}"),
        "procurement": _procurement(seen.deal),
        "subject": (subject or "",),
    }
    return AtGate(name, approval, tuple(found), items, must_decide=approval is not None)


def _day_missing(seen: Circumstances, act: Act) -> bool:
    """Whether the rules on the act run from a day that must have been by now and that nobody entered."""
    known = seen.deal.procurement
    days = {"published": known.published_on, "closed": known.closed_on}
    begins = [days[rule.from_day] for rule in seen.law.rules if rule.act == act.law and rule.from_day]
    unknown = bool(begins) and not any(begins)
    return unknown and act.completed >= _PUBLISHED and seen.law.statutory.get(known.regime, True)


def _go_for(seen: Circumstances, act: Act) -> list[Blocker]:
    """A go decision where the act wants one; a no-go in force stops it however the deal came in."""
    if act.go is NeedsGo.NO:
        return []
    missing = _go_blockers(seen)
    rejected = [b for b in missing if b.code == "decision-rejected"]
    if rejected or not missing or not seen.position.late_entry:
        return rejected
    return [blocker("go-no-go-missing")]
