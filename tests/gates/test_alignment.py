"""RULE4: our progress is held against the customer's own step, and what is old is unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bidkit.gates.alignment import CustomerStep, Outlook, Pace, compare
from bidkit.gates.model import FactState, Standing
from bidkit.gates.position import Position, position
from bidkit.vocabulary.stages import FactKind, stage_model
from bidkit.vocabulary.tables import BrokenVocabulary

_MODEL = stage_model()
_TODAY = date(2026, 3, 20)
_KINDS = (FactKind.MILESTONE, FactKind.SUCCESS, FactKind.PROCESS)


def through(stage: int) -> Position:
    """The position of a deal that rests after this stage."""
    done = [fact for s in _MODEL.stages[:stage] for fact in s.of_kind(*_KINDS)]
    return position(_MODEL, {fact.id: Standing(fact.id, FactState.PROVEN) for fact in done})


def at_step(step: str, days_ago: int = 1, next_in: int | None = None) -> CustomerStep:
    next_date = _TODAY + timedelta(days=next_in) if next_in is not None else None
    return CustomerStep(step, _TODAY - timedelta(days=days_ago), ("minutes-1",), next_date)


@pytest.mark.parametrize(
    ("step", "pace", "gap"),
    [("B3", Pace.IN_SYNC, 0), ("B4", Pace.BEHIND, 1), ("B6", Pace.BEHIND, 3), ("B1", Pace.AHEAD, -2)],
)
def test_rule_4_our_position_is_in_sync_ahead_or_behind_the_customers_step(step: str, pace: Pace, gap: int) -> None:
    found = compare(_MODEL, through(3), (at_step(step),), _TODAY)
    assert (found.pace, found.gap) == (pace, gap)


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ((), "never-seen"),
        ((at_step("B4", days_ago=15),), "stale"),
        ((replace(at_step("B4"), evidence=()),), "no-evidence"),
        ((at_step("B3", days_ago=40), at_step("B4", days_ago=16)), "stale"),
    ],
    ids=["never", "older-than-14-days", "hearsay", "all-old"],
)
def test_a_step_nobody_saw_lately_is_unknown(steps: tuple[CustomerStep, ...], why: str) -> None:
    found = compare(_MODEL, through(3), steps, _TODAY)
    assert (found.pace, found.gap, found.why_unknown) == (Pace.UNKNOWN, None, why)


def test_a_step_seen_fourteen_days_ago_still_counts_and_the_latest_one_wins() -> None:
    assert compare(_MODEL, through(3), (at_step("B4", days_ago=14),), _TODAY).gap == 1
    assert compare(_MODEL, through(3), (at_step("B5", 2), at_step("B4", 9)), _TODAY).gap == 2


def test_catching_up_lists_what_is_open_to_reach_the_customer_in_order() -> None:
    found = compare(_MODEL, through(3), (at_step("B5", next_in=9),), _TODAY)
    assert found.catch_up == (
        "S4.M1", "S4.C1", "S4.C2", "S4.C3", "S4.P1", "S4.P2", "S4.P3", "S4.P4", "S4.P5", "S5.M1",
    )  # fmt: skip
    assert (found.days_left, found.effort) == (9, None)
    assert compare(_MODEL, through(3), (at_step("B2"),), _TODAY).catch_up == ()


def _days(each: int) -> dict[str, int]:
    return dict.fromkeys(_MODEL.facts, each)


def test_leaving_is_put_forward_when_two_steps_behind_and_out_of_time() -> None:
    late = compare(_MODEL, through(3), (at_step("B5", next_in=9),), _TODAY, Outlook(effort_days=_days(1)))
    assert (late.effort, late.abandon) == (10, ("no-time",))
    in_time = compare(_MODEL, through(3), (at_step("B5", next_in=10),), _TODAY, Outlook(effort_days=_days(1)))
    assert in_time.abandon == ()
    one_behind = compare(_MODEL, through(3), (at_step("B4", next_in=0),), _TODAY, Outlook(effort_days=_days(9)))
    assert one_behind.abandon == ()


def test_effort_is_unknown_when_one_fact_has_no_estimate() -> None:
    partial = {fact: 1 for fact in _MODEL.facts if fact != "S4.P3"}
    found = compare(_MODEL, through(3), (at_step("B5", next_in=0),), _TODAY, Outlook(effort_days=partial))
    assert (found.effort, found.abandon) == (None, ())


def test_leaving_is_put_forward_by_a_hard_stop_or_a_low_forecast_at_any_pace() -> None:
    look = Outlook(hard_stop=True, forecast=Decimal("0.1"), floor=Decimal("0.2"))
    assert compare(_MODEL, through(3), (at_step("B3"),), _TODAY, look).abandon == ("hard-stop", "low-forecast")
    assert compare(_MODEL, through(3), (), _TODAY, look).abandon == ("hard-stop", "low-forecast")
    no_figure = Outlook(forecast=None, floor=Decimal("0.2"))
    assert compare(_MODEL, through(3), (at_step("B3"),), _TODAY, no_figure).abandon == ()


def test_a_step_that_is_none_of_the_eight_is_refused() -> None:
    with pytest.raises(BrokenVocabulary, match="B9"):
        compare(_MODEL, through(3), (at_step("B9"),), _TODAY)
