"""Were the rows answered: knockouts with their proof, scored rows, deviations, promises with an owner."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.model import Fault, Looked, Situation
from bidkit.gates.sealing.volumes import quoted
from bidkit.kernel.finding import Finding, Severity
from bidkit.requirements.model import Binds, Force, Kind, Requirement
from bidkit.respond.response import NO_RESPONSE, Compliance, Response

# Rows of these kinds forbid or order an act; there is no paper that proves them.
_WITHOUT_PROOF = frozenset({Kind.SUBMISSION, Kind.EVALUATION})
_PAGE = re.compile(r"\d")
_SHORT_OF = (Compliance.PARTIAL, Compliance.NONE)


def knockouts_answered(situation: Situation) -> Looked:
    """A fault for each knockout row of the bidder that nobody answered, or that has no proof where one is due."""
    faults = []
    rows = _knockouts(situation)
    for row in rows:
        response = situation.responses.get(row.id, NO_RESPONSE)
        if not response.answered:
            faults.append(_fault("knockouts-answered", "not-answered", row))
        elif response.compliance is Compliance.NOT_APPLICABLE and not (response.answer or response.note):
            faults.append(_fault("knockouts-answered", "not-applicable-without-reason", row))
        elif _wants_proof(row, response) and not response.proof.strip():
            faults.append(_fault("knockouts-answered", "no-proof", row))
    return _over(rows, faults)


def substantive_met(situation: Situation) -> Looked:
    """A fault for each knockout row that is met in part or not at all, by its response or a deviation table."""
    rows = _knockouts(situation)
    faults = [
        _fault("substantive-met", f"met-{response.compliance.value}", row)
        for row in rows
        if (response := situation.responses.get(row.id, NO_RESPONSE)).compliance in _SHORT_OF
    ]
    negative = [f for f in situation.deviation_blockers or () if f.code == "deviation-knockout-negative"]
    return _over(rows, [*faults, *_from(negative, "substantive-met")])


def proof_pages(situation: Situation) -> Looked:
    """A fault for each answered knockout whose proof names neither a page nor a company fact."""
    rows = [
        row
        for row in _knockouts(situation)
        if _wants_proof(row, situation.responses.get(row.id, NO_RESPONSE))
        and situation.responses.get(row.id, NO_RESPONSE).proof.strip()
    ]
    faults = [
        _fault("proof-pages", "no-page", row, proof=quoted(situation.responses[row.id].proof))
        for row in rows
        if not situation.responses[row.id].fact_ids and not _PAGE.search(situation.responses[row.id].proof)
    ]
    return _over(rows, faults, idle="no-proofs")


def deviations_settled(situation: Situation) -> Looked:
    """A fault for everything that stops the deviation tables, negative knockouts apart.

    A table without any entry accepts every term of the tender: without a person's word for it that is a fault.
    """
    if situation.deviation_blockers is None:
        return Looked(hindrance="no-deviation-tables")
    found = [f for f in situation.deviation_blockers if f.code != "deviation-knockout-negative"]
    blank = [Fault("deviations-settled", "table-blank", t, (("table", t),)) for t in situation.blank_tables]
    faults = (*_from(found, "deviations-settled"), *blank)
    return Looked(faults=faults, idle=_no_rows(situation), count=situation.deviation_rows)


def values_support_answers(situation: Situation) -> Looked:
    """A fault wherever the values say that an answer is worse than asked, against what a person said."""
    if situation.value_findings is None:
        return Looked(hindrance="no-deviation-tables")
    found = [finding for finding in situation.value_findings if finding.severity is Severity.BLOCK]
    return Looked(
        faults=tuple(_from(found, "values-support-answers")), idle=_no_rows(situation), count=situation.deviation_rows
    )


def scored_rows(situation: Situation) -> Looked:
    """A fault for each scored row, price apart, to which nobody said anything."""
    groups = {criterion.requirement_id: criterion.group for criterion in situation.tender.criteria}
    rows = [
        row
        for row in situation.tender.requirements
        if (row.force is Force.SCORED or row.id in groups) and groups.get(row.id) != "price"
    ]
    faults = []
    for row in rows:
        response = situation.responses.get(row.id, NO_RESPONSE)
        if not (response.answered or response.answer or response.proof):
            points = f"{row.points:g}" if row.points else "?"
            faults.append(_fault("scored-rows", "scored-not-answered", row, points=points))
    return _over(rows, faults, idle="no-scored-rows")


def commitments_owned(situation: Situation) -> Looked:
    """A fault for each answer that promises something and has no owner."""
    rows = [
        (row, said)
        for row in situation.tender.requirements
        if (response := situation.responses.get(row.id, NO_RESPONSE)).answer
        and (said := cue("commitment").search(response.answer))
    ]
    faults = [
        _fault("commitments-owned", "promise-without-owner", row, said=quoted(situation.responses[row.id].answer))
        for row, _ in rows
        if not situation.responses[row.id].owner
    ]
    return _over([row for row, _ in rows], faults, idle="no-promises")


def _no_rows(situation: Situation) -> str:
    return "" if situation.deviation_rows else "no-deviation-rows"


def _knockouts(situation: Situation) -> list[Requirement]:
    return [row for row in situation.tender.requirements if row.knockout and row.binds is not Binds.BUYER]


def _wants_proof(row: Requirement, response: Response) -> bool:
    return row.kind not in _WITHOUT_PROOF and response.compliance is not Compliance.NOT_APPLICABLE


def _fault(rule: str, reason: str, row: Requirement, **values: str) -> Fault:
    shown = (("clause", row.clause or ""), ("text", quoted(row.text)), *values.items())
    return Fault(rule, reason, row.id, shown, clause=row.anchor, row=row.id, basis=row.text)


def _from(findings: Iterable[Finding], rule: str) -> list[Fault]:
    """Findings of other rooms as faults; their own sentence is kept under the name of their code."""
    return [
        Fault(
            rule,
            f"finding:{finding.code}",
            " ".join(value for _, value in finding.values),
            finding.values,
            clause=finding.anchors[0] if finding.anchors else None,
        )
        for finding in findings
    ]


def _over(rows: list[Requirement], faults: list[Fault], idle: str = "no-knockouts") -> Looked:
    return Looked(faults=tuple(faults), idle="" if rows or faults else idle, count=len(rows))
