"""All forms are there, fit the stage model, and a broken definition refuses to load."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.form_schema import form_schema
from bidkit.vocabulary.forms import FieldType, definition_of, form_definition, form_definitions
from bidkit.vocabulary.records import record
from bidkit.vocabulary.stages import stage_model
from bidkit.vocabulary.tables import BrokenVocabulary

_OF_TENDER = {
    "customer_needs", "tender_register", "addendum_log", "bid_decision", "response_matrix", "score_self_assessment",
    "rejection_self_check", "price_schedule", "qualification_library", "submission_record", "lessons",
}  # fmt: skip


def test_there_are_twenty_seven_forms_of_the_process_and_eleven_of_tender_work() -> None:
    forms = form_definitions()
    assert len(forms) == 38
    assert {form.id for form in forms.values() if form.of_tender} == _OF_TENDER


def test_every_tool_and_every_proof_of_the_stage_model_is_a_form_that_knows_it() -> None:
    forms = form_definitions()
    for fact in stage_model().facts.values():
        assert all(fact.id in forms[form].evidence_for for form in fact.forms)


@pytest.mark.parametrize("form", sorted(path.stem for path in (data_folder("schemas") / "forms").glob("*.yaml")))
def test_each_form_gives_a_valid_json_schema_with_labels_in_both_languages(form: str) -> None:
    schema = form_schema(form_definition(form))
    Draft202012Validator.check_schema(schema)
    assert list(schema["properties"]) == [field.key for field in form_definition(form).fields]
    for row in schema["properties"].values():
        assert row["title"]
        assert row["x-title-zh"]


def test_personal_data_has_a_purpose_and_an_end() -> None:
    held = {form.id: form.personal_data for form in form_definitions().values() if any(f.personal for f in form.fields)}
    assert {"contact_profile", "procurement_roles", "key_decision_maker", "relationship_assessment"} <= set(held)
    assert all(data and data.purpose.zh and 0 < data.retention_months <= 60 for data in held.values())


def test_no_form_asks_for_health_family_belief_or_private_finances() -> None:
    words = ("health", "family", "religion", "belief", "salary", "id_card", "birthday", "marital")
    for form in form_definitions().values():
        keys = [field.key for field in form.fields] + [c.key for field in form.fields for c in field.columns]
        assert not [key for key in keys if any(word in key for word in words)]


def test_price_floors_are_shown_to_few() -> None:
    plan = form_definition("negotiation_plan")
    assert "sales" not in plan.field("price_floor").restricted
    assert plan.field("price_floor").restricted


def test_an_option_may_be_worded_for_its_own_field() -> None:
    deviation = {o.code: o.label.zh for o in form_definition("deviation_commercial").field("deviation").options}
    feedback = {o.code: o.label.zh for o in form_definition("customer_feedback").field("rating_overall").options}
    assert (deviation["negative"], feedback["negative"]) == ("负偏离", "负面")


def test_an_unknown_form_or_field_is_refused() -> None:
    with pytest.raises(BrokenVocabulary, match="no form"):
        form_definition("shopping_list")
    with pytest.raises(BrokenVocabulary, match="no field"):
        form_definition("phone_record").field("shoe_size")


def _base() -> dict[str, Any]:
    return copy.deepcopy(record("forms/customer_assessment.yaml", "form"))


def _field(content: dict[str, Any], key: str) -> dict[str, Any]:
    return next(row for row in content["fields"] if row["key"] == key)


def _ring(content: dict[str, Any]) -> None:
    _field(content, "total_score")["computed"] = 'grade == "A"'


def _self_ring(content: dict[str, Any]) -> None:
    _field(content, "total_score")["computed"] = "total_score + 1"


def _unknown_name(content: dict[str, Any]) -> None:
    _field(content, "total_score")["computed"] = "sum(x.weight for x in points)"


def _twice(content: dict[str, Any]) -> None:
    content["fields"].append(_field(content, "risk_level"))


def _unlabelled(content: dict[str, Any]) -> None:
    _field(content, "risk_level")["options"] = ["low", "cosmic"]


def _no_purpose(content: dict[str, Any]) -> None:
    _field(content, "assessed_by")["personal"] = True


def _check_nowhere(content: dict[str, Any]) -> None:
    content["checks"][0]["fields"] = ["nowhere"]


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (_ring, "refer to each other"),
        (_self_ring, "refer to each other"),
        (_unknown_name, "points is not a field"),
        (_twice, "stands twice"),
        (_unlabelled, "no label"),
        (_no_purpose, "purpose of personal data"),
        (_check_nowhere, "nowhere is not a field"),
    ],
)
def test_a_definition_that_contradicts_itself_is_refused(break_it: Callable[[dict[str, Any]], None], said: str) -> None:
    content = _base()
    break_it(content)
    with pytest.raises(BrokenVocabulary, match=said):
        definition_of(content, stage_model())


def test_computed_fields_stand_in_working_order() -> None:
    assert form_definition("customer_assessment").computed == ("total_score", "grade")


def test_a_table_always_has_columns_and_nothing_else_has_them() -> None:
    for form in form_definitions().values():
        for field in form.fields:
            assert (field.type is FieldType.TABLE) == bool(field.columns)
