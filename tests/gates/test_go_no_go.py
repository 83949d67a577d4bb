"""To bid or not: hard stops before scores, and nothing unchecked is a go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bidkit.gates.go_no_go import FactorScore, GoNoGo, Recommendation, StopAnswer, assess_go_no_go
from bidkit.gates.model import Procurement
from bidkit.vocabulary.approvals import go_no_go_rules
from bidkit.vocabulary.rules import legal_rules
from tests.gates.builders import OPEN_TENDER, TODAY

_RULES = go_no_go_rules()
_GOV = Procurement("open_tender", "gov_procurement", date(2026, 3, 10))
_YES = {stop.id: StopAnswer(True, ("e-1",)) for stop in _RULES.hard_stops}


def scores(value: int) -> dict[str, FactorScore]:
    return {factor.id: FactorScore(Decimal(value), "已评估", ("e-2",)) for factor in _RULES.factors}


def assessed(
    stops: dict[str, StopAnswer] | None = None,
    factors: dict[str, FactorScore] | None = None,
    procurement: Procurement = OPEN_TENDER,
) -> GoNoGo:
    return assess_go_no_go(_RULES, legal_rules(), _YES | (stops or {}), factors or scores(80), procurement, TODAY)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(100, "go"), (70, "go"), (69, "conditional"), (50, "conditional"), (49, "no_go"), (0, "no_go")],
)
def test_the_weighted_score_recommends_by_two_thresholds(value: int, expected: str) -> None:
    found = assessed(factors=scores(value))
    assert (found.recommendation, found.score) == (Recommendation(expected), Decimal(value))
    assert [b.code for b in found.blockers] == (["recommendation-no-go"] if expected == "no_go" else [])


def test_weights_decide_how_much_a_factor_moves_the_score() -> None:
    found = assessed(factors=scores(50) | {"win_chance": FactorScore(Decimal(100), "客户明确偏好")})
    assert found.score == Decimal(60)


@pytest.mark.parametrize("stop", [s.id for s in _RULES.hard_stops])
def test_a_false_hard_stop_means_no_go_whatever_the_score(stop: str) -> None:
    found = assessed({stop: StopAnswer(False, ("e-9",))}, scores(100), _GOV)
    legal = next(s.legal for s in _RULES.hard_stops if s.id == stop)
    assert found.recommendation is Recommendation.NO_GO
    assert [b.code for b in found.blockers] == ["hard-stop-by-law" if legal else "hard-stop"]


@pytest.mark.parametrize("answer", [StopAnswer(None), StopAnswer(True)], ids=["nobody-knows", "no-evidence"])
def test_a_hard_stop_nobody_checked_is_no_go_and_no_no_go(answer: StopAnswer) -> None:
    found = assessed({"references_met": answer})
    assert found.recommendation is Recommendation.NOT_CHECKED
    assert [(b.code, b.who) for b in found.blockers] == [("hard-stop-not-checked", ("bid_manager",))]


def test_having_drafted_the_specification_is_no_bar_in_a_single_source_purchase() -> None:
    drafted = {"not_specifier": StopAnswer(False, ("e-9",))}
    assert assessed(drafted, procurement=replace(_GOV, method="single_source")).recommendation is Recommendation.GO
    assert assessed(drafted, procurement=_GOV).recommendation is Recommendation.NO_GO
    unknown = assessed(drafted, procurement=Procurement())
    assert (unknown.recommendation, [b.code for b in unknown.blockers]) == (
        Recommendation.NOT_CHECKED, ["law-not-checked"],
    )  # fmt: skip


@pytest.mark.parametrize(
    "bad", [None, FactorScore(Decimal(80), " "), FactorScore(Decimal(101), "x"), FactorScore(Decimal(-1), "x")]
)
def test_a_factor_without_score_or_reason_leaves_it_not_checked(bad: FactorScore | None) -> None:
    factors = scores(80)
    if bad is None:
        del factors["margin"]
    else:
        factors["margin"] = bad
    found = assessed(factors=factors)
    assert (found.recommendation, found.score) == (Recommendation.NOT_CHECKED, None)
    assert [(b.code, b.values) for b in found.blockers] == [("factor-missing", (("item", "margin"),))]
