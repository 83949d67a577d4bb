from __future__ import annotations

from decimal import Decimal

import pytest

from bidkit.deviation.approve import Approval, Exposure, Risk, blockers, needed_approvals
from bidkit.deviation.entries import RowEntry
from bidkit.terms.model import Direction
from bidkit.vocabulary.approvals import ApprovalRow
from tests.deviation.rows import a_row, a_table

ROW = a_row(1)
TABLES = (a_table(ROW, a_row(2)),)
WORSE = RowEntry("缓存 20 天", direction=Direction.NEGATIVE, version=2)
ENTRIES = {ROW.id: WORSE}
MATRIX = (
    ApprovalRow("deviation", "low", Decimal(0), ("presales",), 1),
    ApprovalRow("deviation", "high", Decimal(0), ("legal",), 1),
    ApprovalRow("deviation", "any", Decimal(100000), ("legal", "approver"), 2),
    ApprovalRow("price", "any", Decimal(0), ("finance",), 3),
)


@pytest.mark.parametrize(
    ("exposure", "roles", "persons"),
    [
        (Exposure(Decimal(500), Risk.LOW), ("presales",), 1),
        (Exposure(Decimal(500), Risk.HIGH), ("legal",), 1),
        (Exposure(Decimal(500)), ("legal",), 1),
        (Exposure(Decimal(200000), Risk.LOW), ("legal", "approver"), 2),
        (Exposure(None, Risk.LOW), ("legal", "approver"), 2),
    ],
    ids=["small-low", "small-high", "unknown-risk", "large", "unknown-amount"],
)
def test_size_and_risk_tell_who_approves(exposure: Exposure, roles: tuple[str, ...], persons: int) -> None:
    (needed,) = needed_approvals(TABLES, ENTRIES, {ROW.id: exposure}, MATRIX)
    assert (needed.row, needed.roles, needed.persons) == (ROW, roles, persons)


def test_a_negative_deviation_waits_for_every_approval_of_the_answer_as_it_stands() -> None:
    exposures = {ROW.id: Exposure(Decimal(200000), Risk.HIGH)}
    one, other = Approval(ROW.id, "li", "legal", 2), Approval(ROW.id, "zhao", "approver", 2)
    assert blockers(TABLES, ENTRIES, exposures, (one, other), MATRIX) == ()
    for short in (
        (),
        (one,),
        (one, Approval(ROW.id, "li", "approver", 2)),
        (one, Approval(ROW.id, "zhao", "sales", 2)),
    ):
        assert [f.code for f in blockers(TABLES, ENTRIES, exposures, short, MATRIX)] == ["deviation-not-approved"]
    stale = Approval(ROW.id, "zhao", "approver", 1)
    assert [f.code for f in blockers(TABLES, ENTRIES, exposures, (one, stale), MATRIX)] == ["deviation-not-approved"]


def test_nobody_can_approve_a_negative_deviation_on_a_knockout_row() -> None:
    row = a_row(1, knockout=True)
    everybody = [Approval(row.id, person, "legal", 2) for person in ("li", "zhao", "qian")]
    found = blockers((a_table(row),), ENTRIES, {}, everybody, MATRIX)
    assert [finding.code for finding in found] == ["deviation-knockout-negative"]
    assert needed_approvals((a_table(row),), ENTRIES, {}, MATRIX) == ()


def test_other_directions_need_no_approval() -> None:
    for direction in (None, Direction.NONE, Direction.POSITIVE, Direction.UNCLEAR):
        assert blockers(TABLES, {ROW.id: RowEntry(direction=direction)}, {}, (), MATRIX) == ()


def test_the_matrix_of_the_house_covers_every_risk() -> None:
    for risk in Risk:
        (needed,) = needed_approvals(TABLES, ENTRIES, {ROW.id: Exposure(Decimal(1), risk)})
        assert needed.persons >= 1
