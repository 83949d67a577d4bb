"""Decisions: who may take them, what they are held to, and when they are void."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from bidkit.gates.blockers import blocker, stands_on_law
from bidkit.gates.model import Blocker
from bidkit.vocabulary.approvals import ApprovalRow

OVERRIDE = "override"
_RISKS = ("low", "medium", "high")


class Verdict(StrEnum):
    """What was decided."""

    APPROVE = "approve"
    APPROVE_WITH_CONDITIONS = "approve_with_conditions"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Signature:
    """A person in the role in which they sign."""

    person: str
    role: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on a gate. `digest` is of exactly what was seen; `overrides` are the blocker codes set aside."""

    id: str
    gate: str
    topic: str
    verdict: Verdict
    by: Signature
    reason: str
    digest: str
    at: datetime
    second: Signature | None = None
    conditions: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides on a topic at this amount and risk: one of these roles, so many different persons."""

    topic: str
    roles: tuple[str, ...]
    persons: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands at the gate now: its digest, open blockers, who prepared it, and the decisions taken before."""

    digest: str
    blockers: tuple[Blocker, ...] = ()
    prepared_by: frozenset[str] = frozenset()
    earlier: tuple[Decision, ...] = ()


def authority(
    matrix: Iterable[ApprovalRow], topic: str, *, amount: Decimal | None = None, risk: str | None = None
) -> Authority | None:
    """Who decides by the matrix; None when the matrix says nothing on the topic.

    An unknown amount or risk is taken as the largest and the highest. Of the rows that apply the one asking for most
    persons decides, then the one with the highest amount.
    """
    level = risk if risk in _RISKS else "high"
    rows = [row for row in matrix if row.topic == topic and row.risk in ("any", level)]
    rows = [row for row in rows if amount is None or row.amount_from <= amount]
    if not rows:
        return None
    strictest = max(rows, key=lambda row: (row.persons, row.risk != "any", row.amount_from))
    return Authority(topic, strictest.roles, strictest.persons)


def decision_blockers(
    decision: Decision, seen: Seen, who: Authority | None, override: Authority | None
) -> tuple[Blocker, ...]:
    """Why the decision may not be recorded; empty when it may.

    `who` and `override` are the authorities of the decision's topic and of overriding. Approving against open
    blockers needs each named as overridden, and the signatures that overriding asks for; what law blocks stays.
    """
    found = [*_form_faults(decision, seen)]
    if who is None:
        found.append(blocker("no-approval-rule", topic=decision.topic))
    else:
        found += _signature_faults(decision, seen, who)
    if decision.verdict is not Verdict.REJECT:
        found += _override_faults(decision, seen, override)
    return tuple(dict.fromkeys(found))


def is_void(decision: Decision, digest_now: str) -> bool:
    """Whether what was decided on has changed since."""
    return decision.digest != digest_now


def decision_in_force(decisions: Iterable[Decision], gate: str, digest_now: str) -> Decision | None:
    """The latest decision on the gate, if it still holds for what stands there now; None otherwise."""
    latest = max((d for d in decisions if d.gate == gate), key=lambda d: d.at, default=None)
    return latest if latest is not None and not is_void(latest, digest_now) else None


def gate_blockers(decisions: Iterable[Decision], gate: str, digest_now: str) -> tuple[Blocker, ...]:
    """Why the gate has no approval in force: no decision, a void one, or a rejection; empty when approved."""
    of_gate = [d for d in decisions if d.gate == gate]
    if not of_gate:
        return (blocker("decision-missing"),)
    standing = decision_in_force(of_gate, gate, digest_now)
    if standing is None:
        return (blocker("decision-stale"),)
    if standing.verdict is Verdict.REJECT:
        return (blocker("decision-rejected", reason=standing.reason),)
    return ()


def _form_faults(decision: Decision, seen: Seen) -> list[Blocker]:
    faults: list[Blocker] = []
    if not decision.reason.strip():
        faults.append(blocker("decision-without-reason"))
    if decision.verdict is Verdict.APPROVE_WITH_CONDITIONS and not any(c.strip() for c in decision.conditions):
        faults.append(blocker("decision-without-conditions"))
    if is_void(decision, seen.digest):
        faults.append(blocker("decision-stale"))
    before = decision_in_force(seen.earlier, decision.gate, seen.digest)
    if before is not None and before.id != decision.id:
        faults.append(blocker("decision-taken", who=before.by.person))
    return faults


def _signature_faults(decision: Decision, seen: Seen, who: Authority) -> list[Blocker]:
    signed = [s for s in (decision.by, decision.second) if s is not None]
    faults = [
        blocker("decision-role", who=s.person, role=s.role, topic=who.topic) for s in signed if s.role not in who.roles
    ]
    if len(signed) > 1 and signed[0].person == signed[1].person:
        faults.append(blocker("decision-same-person"))
    if len({s.person for s in signed}) < who.persons:
        faults.append(blocker("decision-second-person"))
    if any(s.person in seen.prepared_by or not s.person.strip() for s in signed):
        faults.append(blocker("decision-own-work"))
    return faults


def _override_faults(decision: Decision, seen: Seen, override: Authority | None) -> list[Blocker]:
    faults: list[Blocker] = []
    for code in dict.fromkeys(found.code for found in seen.blockers):
        legal = any(stands_on_law(found) for found in seen.blockers if found.code == code)
        if legal:
            faults.append(blocker("override-by-law", blocker=code))
        elif code not in decision.overrides:
            faults.append(blocker("decision-open-blockers", blocker=code))
    if not seen.blockers or faults:
        return faults
    if override is None:
        return [blocker("no-approval-rule", topic=OVERRIDE)]
    return _signature_faults(decision, seen, override)
