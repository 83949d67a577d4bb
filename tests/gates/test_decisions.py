"""Decisions: by whom, on exactly what, and void when that changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bidkit.gates.blockers import blocker
from bidkit.gates.decisions import (
    Authority,
    Decision,
    Seen,
    Signature,
    Verdict,
    authority,
    decision_blockers,
    decision_in_force,
    gate_blockers,
    is_void,
)
from bidkit.gates.digest import digest_of
from bidkit.vocabulary.approvals import approval_matrix
from tests.gates.builders import at

_MATRIX = approval_matrix()
_CHEN, _DIAZ = Signature("chen", "approver"), Signature("diaz", "approver")
_NOW = digest_of("what stands at the gate")
_GO = authority(_MATRIX, "go_no_go", amount=Decimal(100), risk="low")
_OVERRIDE = authority(_MATRIX, "override")


def a_decision(**given: Any) -> Decision:
    values = {
        "id": "d-1",
        "gate": "bid-decision",
        "topic": "go_no_go",
        "verdict": Verdict.APPROVE,
        "by": _CHEN,
        "reason": "契合度高",
        "digest": _NOW,
        "at": at(4),
    }
    return Decision(**(values | given))


def codes(decision: Decision, who: Authority | None = _GO, **seen: Any) -> list[str]:
    return [b.code for b in decision_blockers(decision, Seen(**({"digest": _NOW} | seen)), who, _OVERRIDE)]


def test_a_person_entitled_decides_with_a_reason_on_what_stands_there() -> None:
    assert codes(a_decision()) == []


@pytest.mark.parametrize(
    ("given", "seen", "expected"),
    [
        ({"reason": "  "}, {}, ["decision-without-reason"]),
        ({"verdict": Verdict.APPROVE_WITH_CONDITIONS}, {}, ["decision-without-conditions"]),
        ({"verdict": Verdict.APPROVE_WITH_CONDITIONS, "conditions": ("补交授权",)}, {}, []),
        ({"digest": digest_of("an older state")}, {}, ["decision-stale"]),
        ({"by": Signature("ann", "sales")}, {}, ["decision-role"]),
        ({"second": _CHEN}, {}, ["decision-same-person"]),
        ({"second": Signature("eve", "sales")}, {}, ["decision-role"]),
        ({}, {"prepared_by": frozenset({"chen"})}, ["decision-own-work"]),
        ({"by": Signature(" ", "approver")}, {}, ["decision-own-work"]),
    ],
)
def test_a_decision_that_breaks_the_rules_is_not_recorded(
    given: dict[str, Any], seen: dict[str, Any], expected: list[str]
) -> None:
    assert codes(a_decision(**given), **seen) == expected


def test_a_large_deal_is_decided_by_two_different_people() -> None:
    large = authority(_MATRIX, "go_no_go", amount=Decimal(5_000_000), risk="low")
    assert codes(a_decision(), large) == ["decision-second-person"]
    assert codes(a_decision(second=_CHEN), large) == ["decision-same-person", "decision-second-person"]
    assert codes(a_decision(second=_DIAZ), large) == []


def test_a_topic_the_matrix_does_not_know_cannot_be_decided() -> None:
    assert authority(_MATRIX, "weather") is None
    assert codes(a_decision(topic="weather"), None) == ["no-approval-rule"]


@pytest.mark.parametrize(
    ("amount", "risk", "persons"),
    [
        (Decimal(1), "low", 1),
        (Decimal(1), "high", 2),
        (Decimal(5_000_000), "low", 2),
        (None, "low", 2),
        (Decimal(1), None, 2),
    ],
)
def test_an_unknown_amount_or_risk_is_taken_as_the_highest(
    amount: Decimal | None, risk: str | None, persons: int
) -> None:
    found = authority(_MATRIX, "go_no_go", amount=amount, risk=risk)
    assert found is not None
    assert found.persons == persons


def test_the_risk_of_a_deviation_decides_who_signs() -> None:
    low, high = (authority(_MATRIX, "deviation", amount=Decimal(1), risk=risk) for risk in ("low", "high"))
    assert low is not None
    assert high is not None
    assert "presales" in low.roles
    assert "presales" not in high.roles
    assert (low.persons, high.persons) == (1, 2)


class TestOverriding:
    _OPEN = (blocker("hard-stop", item="references_met"), blocker("recommendation-no-go", score="40", floor="50"))

    def test_open_blockers_are_named_one_by_one_and_signed_by_two(self) -> None:
        assert codes(a_decision(), blockers=self._OPEN) == ["decision-open-blockers", "decision-open-blockers"]
        one = a_decision(overrides=("hard-stop",))
        assert codes(one, blockers=self._OPEN) == ["decision-open-blockers"]
        alone = a_decision(overrides=("hard-stop", "recommendation-no-go"))
        assert codes(alone, blockers=self._OPEN) == ["decision-second-person"]
        assert codes(replace(alone, second=_DIAZ), blockers=self._OPEN) == []

    def test_what_the_law_blocks_stays_blocked_whoever_signs(self) -> None:
        law = (blocker("hard-stop-by-law", item="not_specifier"),)
        forced = a_decision(second=_DIAZ, overrides=("hard-stop-by-law",))
        assert codes(forced, blockers=law) == ["override-by-law"]

    def test_rejecting_needs_no_override(self) -> None:
        assert codes(a_decision(verdict=Verdict.REJECT), blockers=self._OPEN) == []

    def test_without_a_rule_on_overriding_nobody_overrides(self) -> None:
        decision = a_decision(second=_DIAZ, overrides=("hard-stop",))
        seen = Seen(_NOW, self._OPEN[:1])
        assert [b.code for b in decision_blockers(decision, seen, _GO, None)] == ["no-approval-rule"]


class TestWhatStands:
    def test_a_change_of_anything_seen_voids_the_decision(self) -> None:
        assert not is_void(a_decision(), _NOW)
        assert is_void(a_decision(), digest_of("what stands at the gate", "and an addendum"))

    def test_the_gate_says_missing_stale_or_rejected_and_nothing_when_approved(self) -> None:
        assert [b.code for b in gate_blockers([], "bid-decision", _NOW)] == ["decision-missing"]
        assert [b.code for b in gate_blockers([a_decision()], "bid-decision", "other")] == ["decision-stale"]
        no = a_decision(verdict=Verdict.REJECT)
        assert [b.code for b in gate_blockers([no], "bid-decision", _NOW)] == ["decision-rejected"]
        assert gate_blockers([no, a_decision(id="d-2", at=at(5))], "bid-decision", _NOW) == ()
        assert [b.code for b in gate_blockers([a_decision()], "submission", _NOW)] == ["decision-missing"]

    def test_a_later_decision_on_changed_facts_does_not_revive_the_earlier_one(self) -> None:
        later = a_decision(id="d-2", at=at(6), digest="another state")
        assert decision_in_force([a_decision(), later], "bid-decision", _NOW) is None

    def test_the_second_of_two_people_deciding_at_once_is_told_of_the_first(self) -> None:
        first = a_decision()
        second = a_decision(id="d-2", by=_DIAZ, verdict=Verdict.REJECT, at=at(5))
        assert codes(second, earlier=(first,)) == ["decision-taken"]
        assert codes(second, earlier=(replace(first, digest="an older state"),)) == []
