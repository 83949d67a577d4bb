"""Claims rest on facts that are proven and valid; people are in one place at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bidkit.respond.company import Assignment, CompanyFact, FactKind, Source, double_bookings, fact_findings

SOURCE = Source("a" * 64, "licence.pdf", 1)
LICENCE = CompanyFact(FactKind.LICENCE, "青岚科技", "营业执照", "91000000000000000X", None, date(2027, 6, 30), SOURCE)
OPENING = date(2027, 3, 1)


def codes(fact: CompanyFact, until: date | None = None) -> list[str]:
    return [finding.code for finding in fact_findings([fact.id], {fact.id: fact}, OPENING, until)]


def test_a_proven_and_valid_fact_carries_a_claim() -> None:
    assert codes(LICENCE) == []


@pytest.mark.parametrize(
    ("fact", "until", "expected"),
    [
        (replace(LICENCE, source=None), None, ["fact-without-proof"]),
        (replace(LICENCE, valid_to=date(2027, 2, 28)), None, ["fact-not-valid"]),
        (replace(LICENCE, valid_from=date(2027, 3, 2)), None, ["fact-not-valid"]),
        (LICENCE, date(2027, 7, 1), ["fact-ends-early"]),
        (replace(LICENCE, verified_on=date(2026, 11, 30)), None, ["fact-stale"]),
        (replace(LICENCE, verified_on=date(2026, 12, 1)), None, []),
        (replace(LICENCE, valid_to=OPENING), None, []),
    ],
    ids=["no proof", "expired the day before", "valid from the day after", "ends early", "stale", "fresh", "last day"],
)
def test_a_fact_is_judged_on_the_day_it_must_hold(fact: CompanyFact, until: date | None, expected: list[str]) -> None:
    assert codes(fact, until) == expected


def test_a_claim_on_a_fact_nobody_knows_blocks() -> None:
    assert [f.code for f in fact_findings(["fact-000000000000"], {}, OPENING)] == ["fact-unknown"]


def test_a_new_value_of_the_same_attribute_is_the_same_fact() -> None:
    assert replace(LICENCE, value="other").id == LICENCE.id
    assert replace(LICENCE, attribute="税务登记").id != LICENCE.id


def test_a_person_in_two_projects_at_once_is_found_once() -> None:
    first = Assignment("赵工", "项目经理", "A", date(2027, 1, 1), date(2027, 3, 31))
    second = Assignment("赵工", "项目经理", "B", date(2027, 3, 31), date(2027, 5, 1))
    later = Assignment("赵工", "项目经理", "C", date(2027, 5, 2), date(2027, 6, 1))
    assert [f.values for f in double_bookings([later, second, first])] == [
        (("person", "赵工"), ("first", "A (项目经理)"), ("second", "B (项目经理)"))
    ]
    assert double_bookings([first, first, later]) == ()


def test_one_person_in_two_roles_of_one_project_is_found() -> None:
    first = Assignment("赵工", "项目经理", "A", date(2027, 1, 1), date(2027, 3, 31))
    assert len(double_bookings([first, replace(first, role="安全员")])) == 1
