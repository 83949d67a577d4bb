"""Which negative deviations need whose approval, and which cannot be approved at all.

Source: the approval matrix (`schemas/rules/approvals.csv`, topic "deviation"); a negative deviation from a
substantive term rejects the bid (tendering regulation art. 51(6)), so nobody may approve it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bidkit.deviation.entries import NO_ENTRY, RowEntry
from bidkit.deviation.tables_model import DeviationRow, DeviationTable
from bidkit.kernel.finding import Finding, Severity
from bidkit.terms.model import Direction
from bidkit.vocabulary.approvals import ApprovalRow, approval_matrix

_TOPIC = "deviation"
_ANY = "any"


class Risk(StrEnum):
    """How much a deviation can cost us."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's yes to one row, given for the answer as it stood at `version`."""

    row_id: str
    person: str
    role: str
    version: int


@dataclass(frozen=True, slots=True)
class NeededApproval:
    """So many different persons of these roles have to approve a negative row."""

    row: DeviationRow
    risk: Risk
    roles: tuple[str, ...]
    persons: int


@dataclass(frozen=True, slots=True)
class Exposure:
    """What is known about a row's weight: money it may cost (None: unknown) and a person's word on the risk."""

    money: Decimal | None = None
    risk: Risk | None = None


NO_EXPOSURE = Exposure()


def needed_approvals(
    tables: Sequence[DeviationTable],
    entries: Mapping[str, RowEntry],
    exposures: Mapping[str, Exposure],
    matrix: Sequence[ApprovalRow] | None = None,
) -> tuple[NeededApproval, ...]:
    """One entry for every negative row that can be approved, in table order.

    An unknown risk is taken as high and an unknown amount as the largest, as at every gate. A matrix without a row
    for the case asks for the strictest of its topic: a gap waives no approval.
    """
    rules = [rule for rule in (approval_matrix() if matrix is None else matrix) if rule.topic == _TOPIC]
    out = []
    for table in tables:
        for row in table.rows:
            if _negative(row, entries) and not row.knockout:
                exposure = exposures.get(row.id, NO_EXPOSURE)
                risk = exposure.risk or Risk.HIGH
                rule = _rule(rules, risk, exposure.money)
                out.append(NeededApproval(row, risk, rule.roles, rule.persons))
    return tuple(out)


def blockers(
    tables: Sequence[DeviationTable],
    entries: Mapping[str, RowEntry],
    exposures: Mapping[str, Exposure],
    approvals: Collection[Approval],
    matrix: Sequence[ApprovalRow] | None = None,
) -> tuple[Finding, ...]:
    """What stops the gate: negative knockout rows, and negative rows without every approval; empty means go.

    An approval of an earlier version of the answer does not count.
    """
    found = [
        Finding("deviation-knockout-negative", Severity.BLOCK, _values(row), (row.anchor,))
        for table in tables
        for row in table.rows
        if row.knockout and _negative(row, entries)
    ]
    for needed in needed_approvals(tables, entries, exposures, matrix):
        version = entries[needed.row.id].version
        persons = {
            one.person
            for one in approvals
            if one.row_id == needed.row.id and one.version == version and one.role in needed.roles
        }
        if len(persons) < needed.persons:
            more = (
                ("roles", ", ".join(needed.roles)),
                ("persons", str(needed.persons)),
                ("given", str(len(persons))),
            )
            values = (*_values(needed.row), *more)
            found.append(Finding("deviation-not-approved", Severity.BLOCK, values, (needed.row.anchor,)))
    return tuple(found)


def _rule(rules: Sequence[ApprovalRow], risk: Risk, money: Decimal | None) -> ApprovalRow:
    fit = [rule for rule in rules if rule.risk in (risk.value, _ANY) and (money is None or rule.amount_from <= money)]
    return max(fit or rules, key=lambda rule: (rule.persons, rule.risk != _ANY, rule.amount_from))


def _negative(row: DeviationRow, entries: Mapping[str, RowEntry]) -> bool:
    return entries.get(row.id, NO_ENTRY).direction is Direction.NEGATIVE


def _values(row: DeviationRow) -> tuple[tuple[str, str], ...]:
    return (("table", row.table.value), ("clause", row.clause or row.item), ("row", row.id))
