"""Which days of a deal fall due."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bidkit.documents.reports.model import Due
from bidkit.gates.alignment import CustomerStep
from bidkit.gates.model import Waiver
from bidkit.kernel.deal import DealProfile
from bidkit.usecases.dues import profile_due, step_dues, tender_dues, waiver_dues, wanted_by
from bidkit.vocabulary.stages import stage_model

TODAY = date(2031, 5, 10)
MODEL = stage_model()


def day(number: int) -> date:
    return date(2031, 5, number)


def a_waiver(until: date | None, withdrawn: bool = False) -> Waiver:
    at = datetime(2031, 5, 1, tzinfo=UTC)
    return Waiver("W1", "S1.P3", "known", "ann", "chen", "approver", at, until, at if withdrawn else None)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ()),
        ({"submission_deadline": "2031-05-12T10:00"}, (Due("submission_deadline", day(12)),)),
        ({"question_deadline": "2031-05-11", "opening_time": "see notice"}, (Due("question_deadline", day(11)),)),
        (
            {"submission_deadline": "2031-05-12", "bid_validity_days": 10},
            (Due("submission_deadline", day(12)), Due("bid_validity_end", day(22))),
        ),
        ({"bid_validity_days": 90}, ()),
        ({"submission_deadline": "2031-05-12", "bid_validity_days": 99999}, (Due("submission_deadline", day(12)),)),
    ],
)
def test_a_tender_gives_the_dates_it_states(facts: dict[str, Any], expected: tuple[Due, ...]) -> None:
    assert tender_dues(facts) == expected


def test_a_deals_own_next_date_keeps_its_words() -> None:
    assert profile_due(DealProfile(next_on=day(15), next_what="site visit")) == (Due("site visit", day(15)),)
    assert profile_due(DealProfile(next_on=day(15))) == (Due("next_date", day(15)),)
    assert profile_due(DealProfile()) == ()


def test_the_latest_step_gives_the_customers_date_and_the_day_it_is_out_of_date() -> None:
    steps = (CustomerStep("B5", day(1), ("E2",), day(20)), CustomerStep("B4", date(2031, 4, 1), ("E1",), day(9)))
    assert step_dues(MODEL, steps) == (Due("customer_date", day(20)), Due("step_stale", day(16)))
    assert step_dues(MODEL, ()) == ()


def test_only_waivers_that_end_and_stand_fall_due() -> None:
    waivers = (a_waiver(day(12)), a_waiver(None), a_waiver(day(13), withdrawn=True))
    assert waiver_dues(waivers) == (Due("waiver_ends", day(12)),)


@pytest.mark.parametrize(
    ("dues", "expected"),
    [
        ((Due("a", day(9)), Due("b", day(12)), Due("c", day(11))), Due("c", day(11))),
        ((Due("a", day(8)), Due("b", day(9))), Due("b", day(9))),
        ((Due("waiver_ends", day(10)), Due("b", day(12))), Due("b", day(12))),
        ((Due("step_stale", day(10)),), None),
    ],
    ids=["next", "missed", "reminder", "nothing"],
)
def test_a_deal_is_wanted_by_its_next_real_date(dues: tuple[Due, ...], expected: Due | None) -> None:
    assert wanted_by(dues, TODAY) == expected
