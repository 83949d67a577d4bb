"""Filled forms: what is wrong is named by field and rule, and what could not be checked does not pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bidkit.gates.form_values import read_form
from bidkit.gates.forms import validate_form
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.vocabulary.expressions import expression
from bidkit.vocabulary.forms import form_definition, form_definitions
from bidkit.vocabulary.tables import label
from tests.gates.forms_builder import FILE, filled

_OTHERS = {
    "org_chart": {"procurement_roles": [filled("procurement_roles")]},
    "procurement_roles": {"procurement_roles": [filled("procurement_roles")]},
    "solution_description": {"response_matrix": [filled("response_matrix", req_id="示例 sample")]},
    "competitor_analysis": {"purchase_criteria": [filled("purchase_criteria")]},
    "influence_factors": {"influence_factors": [filled("influence_factors")]},
    "contract_review": {"tender_register": [filled("tender_register", method="open_tender")]},
    "submission_record": {"price_schedule": [filled("price_schedule")]},
}


def problems(form: str, others: Any = None, **given: Any) -> list[tuple[str, str, str]]:
    """Code, field and rule of each finding."""
    found = validate_form(form_definition(form), filled(form, **given), others=others or _OTHERS.get(form))
    return [(f.code, dict(f.values)["field"], dict(f.values)["rule"]) for f in found]


@pytest.mark.parametrize("form", sorted(form_definitions()))
def test_each_form_filled_sensibly_has_nothing_wrong(form: str) -> None:
    assert problems(form) == []


@pytest.mark.parametrize("form", sorted(form_definitions()))
def test_each_form_left_empty_names_every_required_field(form: str) -> None:
    definition = form_definition(form)
    found = validate_form(definition, {})
    named = {dict(f.values)["field"] for f in found if f.code == "form-required"}
    assert {field.key for field in definition.fields if field.required} <= named


def test_a_field_required_by_another_is_named_with_its_condition() -> None:
    assert problems("phone_record", meeting_at=None) == [("form-required", "meeting_at", "required if meeting_agreed")]
    assert problems("phone_record", meeting_agreed=False, meeting_at=None, meeting_place=" ") == []


@pytest.mark.parametrize(
    ("form", "given", "expected"),
    [
        ("phone_record", {"duration_min": "long"}, ("form-type", "duration_min", "type")),
        ("phone_record", {"interest_level": "delighted"}, ("form-option", "interest_level", "enum")),
        ("phone_record", {"called_at": "yesterday"}, ("form-type", "called_at", "format")),
        ("phone_record", {"called_at": "2026-03-02"}, ("form-type", "called_at", "format")),
        ("phone_record", {"shoe_size": 43}, ("form-unknown-field", "shoe_size", "additionalProperties")),
        ("customer_assessment", {"need_urgency": 9}, ("form-range", "need_urgency", "maximum")),
        ("customer_profile", {"uscc": "91350100M000100Y44"}, ("form-check-failed", "uscc", "credit-code")),
        ("customer_profile", {"uscc": "1234"}, ("form-type", "uscc", "pattern")),
        ("lessons", {"predicted_probability": "1.5"}, ("form-range", "predicted_probability", "0..1")),
        ("visit_report", {"impact": [{"department": "设备部"}]}, ("form-required", "impact[0].effect", "required")),
        ("survey_report", {"costing_ref": {"name": "x", "sha256": "short"}},
         ("form-type", "costing_ref.sha256", "pattern")),
        ("contract_review", {"amount": {"amount": "ten", "currency": "CNY"}}, ("form-type", "amount.amount", "format")),
        ("response_matrix", {"consequence": "reject", "deviation": "negative"},
         ("form-check-failed", "deviation", "reject-negative")),
        ("deviation_commercial", {"mandatory": True, "deviation": "negative", "deviation_auto": "negative"},
         ("form-check-failed", "mandatory", "mandatory-negative")),
        ("rejection_self_check", {"checker_2": "ref-1"}, ("form-check-failed", "checker_1", "two-people")),
        ("contract_review", {"signed_version_hash": "ab" * 32},
         ("form-check-failed", "signed_version_hash", "signed-is-reviewed")),
        ("negotiation_plan", {"regime_gate": "unknown"}, ("form-check-failed", "regime_gate", "scope-known")),
        ("org_chart", {"nodes": [{"node_id": "1", "parent_id": "1", "unit": "x", "source": "y"}]},
         ("form-check-failed", "nodes", "one-tree")),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_by_field_and_rule(
    form: str, given: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    assert expected in problems(form, **given)


def test_a_check_across_forms_is_not_passed_when_the_other_form_is_not_at_hand() -> None:
    definition = form_definition("submission_record")
    (finding,) = validate_form(definition, filled("submission_record"))
    assert (finding.code, finding.severity) == ("form-check-not-run", Severity.BLOCK)
    other = {"price_schedule": [filled("price_schedule", subtotals=None, rows=[])]}
    assert [f.code for f in validate_form(definition, filled("submission_record"), others=other)] == [
        "form-check-not-run"
    ]


def test_a_form_that_is_not_at_hand_is_not_taken_for_one_without_rows() -> None:
    definition = form_definition("org_chart")
    check = replace(definition.checks[1], rule=expression("count(forms.procurement_roles) == 0"))
    counting = replace(definition, checks=(check,))
    assert [f.code for f in validate_form(counting, filled("org_chart"))] == ["form-check-not-run"]
    assert validate_form(counting, filled("org_chart"), others={"procurement_roles": []}) == ()


def test_a_check_whose_occasion_cannot_be_told_is_not_passed() -> None:
    unsure = {"kind": "modification", "days_before_deadline": None}
    for moved in (True, False):
        assert problems("addendum_log", **unsure, deadline_changed=moved) == [
            ("form-check-not-run", "days_before_deadline", "short-notice")
        ]


def test_a_field_already_named_as_missing_is_not_named_again_by_its_checks() -> None:
    assert problems("org_chart", others={"procurement_roles": []}, nodes=None) == [
        ("form-required", "nodes", "required")
    ]


def test_a_statutory_tender_lets_no_substantive_term_change_in_the_contract() -> None:
    changed = [
        {"term_id": "t1", "topic": "price", "status": "agreed_change", "record_ref": "round 2", "substantive": True}
    ]
    assert ("form-check-failed", "terms", "statutory-substance") in problems("contract_review", terms=changed)
    negotiated = {"tender_register": [filled("tender_register", method="competitive_negotiation")]}
    assert problems("contract_review", others=negotiated, terms=changed) == []


def test_computed_values_are_worked_out_and_a_differing_entry_is_reported() -> None:
    definition = form_definition("customer_assessment")
    scores = [{"criterion": "size", "weight": 40, "score": 90}, {"criterion": "goals", "weight": 60, "score": "75.5"}]
    read = read_form(definition, filled("customer_assessment", scores=scores, grade="A"))
    assert (read["total_score"], read["grade"]) == (Decimal("81.3"), "A")
    assert problems("customer_assessment", scores=scores, total_score="81.30") == []
    assert problems("customer_assessment", scores=scores, total_score="90") == [
        ("form-computed-differs", "total_score", definition.field("total_score").computed.text)  # type: ignore[union-attr]
    ]


def test_the_contract_is_due_thirty_days_after_the_award_notice() -> None:
    read = read_form(form_definition("contract_review"), filled("contract_review", award_notice_date="2026-01-20"))
    assert read["sign_deadline"] == date(2026, 2, 19)


def test_references_are_looked_up_where_somebody_knows_them() -> None:
    seen: list[tuple[tuple[str, ...], str]] = []

    def known(kinds: tuple[str, ...], record: str) -> bool:
        seen.append((kinds, record))
        return record != "nobody"

    definition = form_definition("phone_record")
    (finding,) = validate_form(definition, filled("phone_record", meeting_attendees=["ref-1", "nobody"]), known=known)
    assert (finding.code, dict(finding.values)["field"]) == ("form-unknown-reference", "meeting_attendees[1]")
    assert (("contact", "user"), "nobody") in seen


def test_nothing_given_and_no_gift_are_two_statements() -> None:
    gift = [{"item": "样品册", "amount": {"amount": "0", "currency": "CNY"}, "approver": "ref-1"}]
    assert problems("visit_report", gifts_none=False) == [
        ("form-required", "gifts_hospitality", "required if not gifts_none")
    ]
    assert problems("visit_report", gifts_none=True, gifts_hospitality=gift) == [
        ("form-check-failed", "gifts_none", "gift-statement")
    ]


def test_every_finding_has_a_sentence_in_both_languages() -> None:
    found: list[Finding] = []
    for form in form_definitions().values():
        found += validate_form(form, {"nonsense": 1})
    found += validate_form(form_definition("lessons"), filled("lessons", predicted_probability=7, outcome="?"))
    for finding in found:
        for language in Language:
            assert "{" not in label("findings", finding.code, language).format(**dict(finding.values))


def test_unreadable_numbers_and_dates_are_missing_not_zero() -> None:
    read = read_form(
        form_definition("survey_report"), {"price_low": {"amount": "NaN", "currency": "CNY"}, "costing_ref": FILE}
    )
    assert read["price_low"] == {"amount": None, "currency": "CNY"}
    read = read_form(
        form_definition("handover"), {"kickoff_date": "2026-02-30", "margin": "Infinity", "milestones": "x"}
    )
    assert (read["kickoff_date"], read["margin"], read["milestones"]) == (None, None, None)
