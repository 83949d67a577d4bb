"""Certificates on the day of submission, and people promised once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from bidkit.gates.sealing.deadlines import deadline_of
from bidkit.gates.sealing.model import Fault, Looked, Situation
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import squash
from bidkit.respond.company import double_bookings, fact_findings


def certificates_valid(situation: Situation) -> Looked:
    """A fault for each company fact an answer rests on that is unknown, unproven or not valid on the deadline."""
    return _certificates(situation, "certificates-valid", Severity.BLOCK)


def certificates_lasting(situation: Situation) -> Looked:
    """A fault for each such fact that ends before the bid's validity does or was not looked up for long."""
    return _certificates(situation, "certificates-lasting", Severity.WARN)


def people_free(situation: Situation) -> Looked:
    """A fault for each person of this project who is promised elsewhere, or twice here, at the same time."""
    own = [squash(name) for name in (situation.own.project_name, situation.own.project_number, *situation.own.others)]
    ours = [a for a in situation.assignments if squash(a.project) in own]
    if not ours:
        return Looked(hindrance="no-assignments")
    people = {assignment.person for assignment in ours}
    everywhere = [a for a in situation.assignments if a.person in people]
    projects = tuple(assignment.project for assignment in ours)
    found = [
        finding
        for finding in double_bookings(everywhere)
        if any(dict(finding.values)[side].startswith(projects) for side in ("first", "second"))
    ]
    return Looked(tuple(_faults(found, "people-free")), count=len(people))


def _certificates(situation: Situation, rule: str, severity: Severity) -> Looked:
    named = sorted({fact for response in situation.responses.values() for fact in response.fact_ids})
    if not named:
        return Looked(hindrance="no-facts-named")
    day = deadline_of(situation)
    if day is None:
        return Looked(hindrance="no-deadline")
    findings = fact_findings(named, situation.facts, day.date(), _valid_until(situation, day.date()))
    chosen = [finding for finding in findings if finding.severity is severity]
    return Looked(tuple(_faults(chosen, rule)), count=len(named))


def _valid_until(situation: Situation, day: date) -> date | None:
    fact = situation.fact("bid_validity_days")
    days = fact.winner.value if fact else None
    return day + timedelta(days=int(days)) if isinstance(days, int | float) else None


def _faults(findings: Iterable[Finding], rule: str) -> list[Fault]:
    return [
        Fault(rule, f"finding:{finding.code}", " ".join(value for _, value in finding.values), finding.values)
        for finding in findings
    ]
