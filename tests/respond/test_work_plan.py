"""Working days and the plan computed from them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidkit.kernel.language import Language
from bidkit.requirements.model import Kind
from bidkit.respond.calendar import DayFact, calendar_of
from bidkit.respond.work_plan import work_plan

ZH, EN = calendar_of(Language.ZH), calendar_of(Language.EN)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 10), True),  # a Saturday worked to make up for it
        (date(2026, 10, 11), False),  # a plain Sunday
        (date(2026, 10, 12), True),
    ],
)
def test_published_holidays_and_make_up_days_count(day: date, working: bool) -> None:
    assert ZH.fact(day) == DayFact(working, estimated=False)


def test_a_year_not_published_yet_is_an_estimate() -> None:
    assert ZH.fact(date(2031, 3, 3)) == DayFact(working=True, estimated=True)
    assert EN.fact(date(2031, 3, 3)) == DayFact(working=True, estimated=False)


def test_the_organisation_s_own_days_win() -> None:
    own = calendar_of(Language.ZH, {date(2026, 10, 10): False})
    assert own.fact(date(2026, 10, 10)) == DayFact(working=False, estimated=False)


def test_steps_over_a_holiday_skip_it_and_take_the_make_up_day() -> None:
    assert ZH.after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert ZH.before(date(2026, 10, 12), 1) == date(2026, 10, 10)
    assert ZH.after(date(2026, 10, 3), 0) == date(2026, 10, 8)
    assert ZH.before(date(2026, 10, 3), 0) == date(2026, 9, 30)


_DAYS = st.dates(date(2024, 1, 1), date(2026, 10, 1))


@given(_DAYS, st.integers(1, 30))
def test_counting_and_stepping_agree(day: date, count: int) -> None:
    assert ZH.working_days_between(day, ZH.after(day, count)) == count
    assert ZH.fact(ZH.before(day, count)).working
    assert ZH.after(ZH.before(ZH.after(day, 0), count), count) == ZH.after(day, 0)


def test_a_plan_runs_from_reading_to_submission() -> None:
    plan = work_plan(date(2026, 3, 2), date(2026, 3, 30), ZH)
    days = {step.step: step.due_on for step in plan.steps}
    assert plan.working_days == 20
    assert days["read"] == date(2026, 3, 4)
    assert days["technical"] == date(2026, 3, 20)
    assert days["self_check"] == date(2026, 3, 26)
    assert days["sign_seal"] == date(2026, 3, 27)
    assert days["submit"] == date(2026, 3, 30)
    assert plan.due_on(Kind.TECHNICAL) == days["technical"]
    assert plan.findings == ()


@given(st.dates(date(2025, 1, 1), date(2026, 6, 1)), st.integers(0, 90))
def test_every_step_lies_between_start_and_deadline_in_its_order(start: date, length: int) -> None:
    deadline = date.fromordinal(start.toordinal() + length)
    plan = work_plan(start, deadline, ZH)
    days = {step.step: step.due_on for step in plan.steps}
    assert all(start <= due <= max(deadline, start) for due in days.values())
    assert days["read"] <= days["technical"] <= days["assemble"] <= days["sign_seal"] <= days["submit"]
    assert days["assemble"] <= days["self_check"] <= days["sign_seal"]


@pytest.mark.parametrize(
    ("start", "deadline", "code"),
    [
        (date(2026, 3, 30), date(2026, 3, 27), "plan-deadline-past"),
        (date(2026, 3, 26), date(2026, 3, 27), "plan-too-short"),
        (date(2031, 3, 3), date(2031, 4, 3), "plan-estimated"),
    ],
)
def test_what_is_wrong_with_the_time_is_said(start: date, deadline: date, code: str) -> None:
    assert [finding.code for finding in work_plan(start, deadline, ZH).findings] == [code]
