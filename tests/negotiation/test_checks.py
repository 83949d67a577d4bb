"""What a plan and a round are warned of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bidkit.kernel.finding import Finding, Severity
from bidkit.negotiation.checks import plan_findings, round_findings
from bidkit.negotiation.model import Concession, LegalWindow, Option, ReservationValue, Round
from bidkit.negotiation.space import space_of
from tests.negotiation.builders import a_space, some_issues

OPEN: dict[str, LegalWindow | None] = dict.fromkeys(("price", "payment", "training"), LegalWindow.FULL)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_sound_plan_has_no_finding() -> None:
    assert plan_findings(some_issues(), OPEN, a_space()) == ()


def test_after_award_only_the_substance_is_closed() -> None:
    windows: dict[str, LegalWindow | None] = dict.fromkeys(OPEN, LegalWindow.NON_SUBSTANTIVE)
    found = plan_findings(some_issues(), windows, a_space())
    assert [finding.values for finding in found] == [(("issue", "价格"),), (("issue", "付款"),)]
    assert codes(found) == ["negotiation-closed-by-law"] * 2


def test_before_award_everything_is_closed() -> None:
    windows: dict[str, LegalWindow | None] = dict.fromkeys(OPEN, LegalWindow.NONE)
    assert codes(plan_findings(some_issues(), windows, a_space())) == ["negotiation-closed-by-law"] * 3


def test_an_unknown_window_blocks() -> None:
    found = plan_findings(some_issues(), {}, a_space())
    assert codes(found) == ["negotiation-window-unknown"] * 3
    assert {finding.severity for finding in found} == {Severity.BLOCK}


def test_a_plan_without_values_or_zone_says_so() -> None:
    assert "negotiation-not-valued" in codes(plan_findings(some_issues(), OPEN, None))
    assert "negotiation-no-zone" in codes(plan_findings(some_issues(), OPEN, a_space(reservation=9_000_000)))


def test_one_issue_and_a_wrong_order_are_named() -> None:
    price = replace(some_issues()[0], opening=2, target=1, authority=0)
    assert codes(plan_findings((price,), OPEN, a_space())) == [
        "negotiation-one-issue",
        "negotiation-order",
        "negotiation-target-beyond-authority",
    ]


def a_round(number: int, *concessions: Concession, agreed: tuple[tuple[str, int], ...] = ()) -> Round:
    return Round(number, date(2027, 3, number), concessions, agreed)


def test_an_issue_whose_options_are_worth_nothing_is_named() -> None:
    blank = replace(some_issues()[2], options=(Option("a", 0.0), Option("b", 1.0)))
    assert codes(plan_findings((*some_issues()[:2], blank), OPEN, a_space())) == ["negotiation-issue-not-valued"]


@pytest.mark.parametrize(
    ("concession", "code"),
    [
        (Concession("training", 0, 1), "negotiation-gift"),
        (Concession("price", 0, 2, "earlier payment"), "negotiation-authority-exceeded"),
        (Concession("delivery", 0, 1, "x"), "negotiation-unplanned-issue"),
    ],
)
def test_a_round_is_warned_of(concession: Concession, code: str) -> None:
    assert codes(round_findings(some_issues(), a_space(), [a_round(1, concession)], OPEN)) == [code]


def test_an_approved_concession_for_something_is_fine() -> None:
    held = a_round(1, Concession("price", 0, 2, "earlier payment", approved_by="li.na"))
    assert round_findings(some_issues(), a_space(), [held], OPEN) == ()


def test_growing_steps_are_named_whatever_the_order_of_the_records() -> None:
    first = a_round(1, Concession("price", 0, 1, "a"))
    second = a_round(2, Concession("price", 1, 2, "b", "li.na"))
    assert round_findings(some_issues(), a_space(), [second, first], OPEN) == ()  # 40,000 and 40,000
    options = (*some_issues()[0].options[:2], Option("860,000", 1.0, price=Decimal(860_000)))
    issues = (replace(some_issues()[0], options=options), *some_issues()[1:])
    space = space_of(issues, ReservationValue(Decimal(700_000)), 0.0)
    assert codes(round_findings(issues, space, [second, first], OPEN)) == ["negotiation-growing-step"]


def test_all_together_worse_than_leaving_is_said_without_the_value() -> None:
    held = a_round(1, Concession("price", 0, 2, "a", "li.na"), Concession("payment", 0, 1, "b"))
    found = round_findings(some_issues(), a_space(reservation=950_001), [held], OPEN)
    assert codes(found) == ["negotiation-worse-than-leaving"]
    assert "950" not in repr(found)


def test_the_law_closes_topics_in_a_round_too() -> None:
    held = a_round(1, Concession("price", 0, 1, "a"))
    windows: dict[str, LegalWindow | None] = {**OPEN, "price": LegalWindow.NONE}
    found = round_findings(some_issues(), a_space(), [held], windows)
    assert [(f.code, f.values) for f in found] == [
        ("negotiation-closed-by-law", (("issue", "价格"), ("round", "1"))),
    ]
