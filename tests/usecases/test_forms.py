from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bidkit.gates.forms import validate_form
from bidkit.gates.model import FactState
from bidkit.kernel.errors import Conflict, NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.forms import find_form, list_forms, new_form, show_form
from bidkit.usecases.forms_fill import (
    InvalidForm,
    fill_form,
    values_from_file,
    values_from_pairs,
    values_from_texts,
    with_files,
)
from bidkit.usecases.forms_state import approve_form, submit_form, void_form
from bidkit.usecases.gate_state import load_state
from bidkit.vocabulary.forms import form_definition
from tests.gates.forms_builder import filled
from tests.usecases.forms_builder import CALL, a_call, a_form, with_people

CALL_FORM = form_definition("phone_record")


def named(error: InvalidForm) -> list[tuple[str, str]]:
    return [(finding.code, dict(finding.values)["field"]) for finding in error.findings]


def standing(store: Store, fact: str) -> FactState:
    with store.read() as work:
        return load_state(store, work, "D-1").standings[fact].state


def test_a_new_form_knows_its_deal_and_what_the_gates_know(store: Store) -> None:
    call = new_form(store, form="phone_record", code="D-1", actor="chen")
    assert (call.version.state, call.version.values) == ("draft", {"opportunity_id": "D-1"})
    assert call.document.language is Language.EN
    profile = new_form(store, form="procurement_process", code="D-1", actor="chen")
    assert profile.version.values["opportunity_id"] == "D-1"


def test_beginning_a_form_twice_gives_it_again(store: Store) -> None:
    once = new_form(store, form="customer_profile", code="D-1", actor="chen")
    fill_form(store, document=once.document.id, values={"industry": "water"}, actor="chen")
    again = new_form(store, form="customer_profile", code="D-1", actor="li")
    assert (again.document.id, again.created, again.version.number) == (once.document.id, False, 2)


def test_a_form_a_deal_has_several_times_is_begun_anew_once_the_draft_was_touched(store: Store) -> None:
    first = new_form(store, form="phone_record", code="D-1", actor="chen")
    assert new_form(store, form="phone_record", code="D-1", actor="chen").document.id == first.document.id
    assert new_form(store, form="phone_record", code="D-1", actor="chen", another=True).created
    fill_form(store, document=first.document.id, values={"topic": "a call"}, actor="chen")
    assert new_form(store, form="phone_record", code="D-1", actor="li").created


@pytest.mark.parametrize(
    ("form", "code", "error"), [("no_form", "D-1", UsageError), ("phone_record", "D-9", NotFound)], ids=["form", "deal"]
)
def test_an_unknown_form_or_deal_is_named(store: Store, form: str, code: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        new_form(store, form=form, code=code, actor="chen")
    assert list_forms(store, "D-1") == ()


def test_filling_keeps_the_other_fields_and_empties_those_given_as_nothing(store: Store) -> None:
    made = a_form(store, topic="pumps", meeting_place="site", duration_min=10)
    filled = fill_form(
        store, document=made.document.id, values={"meeting_place": None, "duration_min": 12}, actor="chen"
    )
    assert filled.version.values == {"opportunity_id": "D-1", "topic": "pumps", "duration_min": 12}
    assert filled.version.number == 3
    assert ("form-required", "customer_id") in [(f.code, dict(f.values)["field"]) for f in filled.findings]


def test_filling_with_equal_values_stores_nothing(store: Store) -> None:
    made = a_form(store, topic="pumps", duration_min=10)
    again = fill_form(store, document=made.document.id, values={"topic": " pumps ", "duration_min": "10"}, actor="li")
    assert (again.changed, again.version.number) == (False, 2)


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"bogus": 1}, "form-unknown-field", "bogus"),
        ({"called_at": "next week"}, "form-type", "called_at"),
        ({"duration_min": "ten"}, "form-type", "duration_min"),
        ({"interest_level": "very"}, "form-option", "interest_level"),
        ({"meeting_attendees": ["chen", 3]}, "form-type", "meeting_attendees[1]"),
    ],
    ids=["unknown field", "time", "number", "option", "in a list"],
)
def test_a_wrong_value_names_field_and_rule_and_changes_nothing(
    store: Store, values: dict[str, Any], code: str, field: str
) -> None:
    made = a_form(store, topic="pumps")
    with pytest.raises(InvalidForm) as caught:
        fill_form(store, document=made.document.id, values={"next_action": "call", **values}, actor="chen")
    assert named(caught.value) == [(code, field)]
    assert find_form(store, made.document.id).version.number == 2


def test_a_computed_or_system_field_is_not_entered(store: Store) -> None:
    made = new_form(store, form="competitor_analysis", code="D-1", actor="chen")
    with pytest.raises(UsageError, match="the system fills in this field"):
        fill_form(store, document=made.document.id, values={"total_score": "9"}, actor="chen")


def test_filling_on_an_older_version_is_a_conflict(store: Store) -> None:
    made = a_form(store, topic="pumps")
    with pytest.raises(Conflict, match="saved this form meanwhile"):
        fill_form(store, document=made.document.id, values={"topic": "motors"}, actor="li", on_version=1)


def test_a_field_for_others_is_neither_shown_nor_filled(store: Store) -> None:
    with_people(store, chen="presales", fu="finance")
    made = new_form(store, form="customer_profile", code="D-1", actor="chen")
    fill_form(store, document=made.document.id, values={"bank_account": "62 0001"}, actor="fu")
    with pytest.raises(UsageError, match="this field is for finance, commercial"):
        fill_form(store, document=made.document.id, values={"bank_account": "1"}, actor="chen")
    assert show_form(store, made.document.id, "chen")[1:] == ({}, frozenset({"bank_account"}))
    assert show_form(store, made.document.id, "fu")[1] == {"bank_account": "62 0001"}


def test_a_form_is_submitted_only_when_every_rule_is_met(store: Store) -> None:
    made = a_call(store, meeting_place=None)
    with pytest.raises(InvalidForm) as caught:
        submit_form(store, document=made.document.id, actor="chen")
    assert named(caught.value) == [("form-required", "meeting_place")]
    assert find_form(store, made.document.id).version.state == "draft"
    fill_form(store, document=made.document.id, values={"meeting_place": "site"}, actor="chen")
    submitted = submit_form(store, document=made.document.id, actor="chen")
    assert (submitted.version.state, submitted.changed) == ("submitted", True)
    assert not submit_form(store, document=made.document.id, actor="chen").changed


def test_references_to_nobody_block_a_submission_once_there_is_a_directory(store: Store) -> None:
    made = a_call(store)
    with_people(store, li="approver")
    with pytest.raises(InvalidForm) as caught:
        submit_form(store, document=made.document.id, actor="chen")
    assert named(caught.value) == [("form-unknown-reference", "caller_id")]


def test_an_id_of_a_form_must_be_a_form_of_that_kind(store: Store) -> None:
    contact = a_form(store, "contact_profile", name="Liu Qing")
    call = a_call(store, contact_id=contact.document.id)
    assert submit_form(store, document=call.document.id, actor="chen").changed
    wrong = a_call(store, contact_id=call.document.id)
    with pytest.raises(InvalidForm) as caught:
        submit_form(store, document=wrong.document.id, actor="chen")
    assert named(caught.value) == [("form-unknown-reference", "contact_id")]


def test_a_submitted_form_closes_the_conditions_it_is_evidence_for_and_a_void_one_opens_them(store: Store) -> None:
    made = a_call(store)
    assert standing(store, "S1.C1") is FactState.OPEN
    submit_form(store, document=made.document.id, actor="chen")
    assert standing(store, "S1.C1") is FactState.PROVEN
    void_form(store, document=made.document.id, actor="chen", reason="wrong customer")
    assert standing(store, "S1.C1") is FactState.OPEN


def test_a_draft_beside_a_submitted_form_does_not_count_until_it_is_submitted(store: Store) -> None:
    made = a_call(store)
    submit_form(store, document=made.document.id, actor="chen")
    fill_form(store, document=made.document.id, values={"contact_is_handler": "unknown"}, actor="chen")
    assert standing(store, "S1.C1") is FactState.PROVEN
    submit_form(store, document=made.document.id, actor="chen")
    assert standing(store, "S1.C1") is FactState.OPEN


def test_one_person_entitled_approves_a_common_form(store: Store) -> None:
    made = a_call(store)
    submit_form(store, document=made.document.id, actor="chen")
    approved = approve_form(store, document=made.document.id, actor="li", role="approver", reason="complete")
    assert (approved.version.state, approved.version.number, approved.signed) == ("approved", 4, 1)
    assert not approve_form(store, document=made.document.id, actor="li", role="approver", reason="again").changed


@pytest.mark.parametrize(
    ("actor", "role", "reason", "error"),
    [
        ("chen", "approver", "fine", "Nobody approves their own work"),
        ("li", "presales", "fine", "may not decide on form"),
        ("li", "approver", " ", "The decision has no reason"),
    ],
    ids=["own work", "role", "no reason"],
)
def test_who_may_not_approve_is_told_why(store: Store, actor: str, role: str, reason: str, error: str) -> None:
    made = a_call(store)
    submit_form(store, document=made.document.id, actor="chen")
    with pytest.raises(Conflict, match=error):
        approve_form(store, document=made.document.id, actor=actor, role=role, reason=reason)
    assert find_form(store, made.document.id).version.state == "submitted"


def test_nobody_acts_in_a_role_the_directory_does_not_give(store: Store) -> None:
    made = a_call(store)
    submit_form(store, document=made.document.id, actor="chen")
    with_people(store, li="presales", wu="approver")
    with pytest.raises(UsageError, match="li does not have the role approver"):
        approve_form(store, document=made.document.id, actor="li", role="approver", reason="fine")


def test_a_draft_cannot_be_approved(store: Store) -> None:
    with pytest.raises(Conflict, match="only a submitted form"):
        approve_form(store, document=a_call(store).document.id, actor="li", role="approver", reason="fine")


def test_a_rejected_form_comes_back_as_a_draft_with_the_reason(store: Store) -> None:
    made = a_call(store)
    submit_form(store, document=made.document.id, actor="chen")
    back = approve_form(
        store, document=made.document.id, actor="li", role="approver", reason="who was there?", reject=True
    )
    assert (back.version.state, back.version.note) == ("draft", "who was there?")
    fill_form(store, document=made.document.id, values={"visit_notes": "both"}, actor="chen")
    submit_form(store, document=made.document.id, actor="chen")
    approved = approve_form(store, document=made.document.id, actor="li", role="approver", reason="now it is clear")
    assert approved.version.state == "approved"


def a_plan(store: Store) -> str:
    """A relationship plan with a cost, submitted by chen, that two people approve as a large concession would be."""
    made = a_form(store, "bid_decision", **filled_decision())
    submit_form(store, document=made.document.id, actor="chen")
    return made.document.id


def filled_decision() -> dict[str, Any]:
    values = filled("bid_decision", tender_id="T-1")
    definition = form_definition("bid_decision")
    return {f.key: values[f.key] for f in definition.fields if f.key in values and not f.system and not f.computed}


def test_a_form_that_needs_two_people_is_approved_by_the_second(store: Store) -> None:
    document = a_plan(store)
    first = approve_form(store, document=document, actor="li", role="approver", reason="worth it")
    assert (first.version.state, first.signed, first.persons) == ("submitted", 1, 2)
    assert [(s.signed, s.persons) for s in list_forms(store, "D-1")] == [(1, 2)]
    with pytest.raises(Conflict, match="signed already"):
        approve_form(store, document=document, actor="li", role="approver", reason="again")
    second = approve_form(store, document=document, actor="wu", role="approver", reason="agreed")
    assert (second.version.state, second.signed) == ("approved", 2)


def test_a_signature_does_not_count_for_a_version_saved_later(store: Store) -> None:
    document = a_plan(store)
    approve_form(store, document=document, actor="li", role="approver", reason="worth it")
    fill_form(store, document=document, values={"decided_by": "zhou"}, actor="chen")
    submit_form(store, document=document, actor="chen")
    again = approve_form(store, document=document, actor="wu", role="approver", reason="agreed")
    assert (again.version.state, again.signed) == ("submitted", 1)


def test_a_void_form_stays_on_record_and_takes_no_more(store: Store) -> None:
    made = a_call(store)
    voided = void_form(store, document=made.document.id, actor="chen", reason="twice")
    assert (voided.version.state, voided.version.note) == ("void", "twice")
    for act in (
        lambda: fill_form(store, document=made.document.id, values={"topic": "x"}, actor="chen"),
        lambda: submit_form(store, document=made.document.id, actor="chen"),
        lambda: void_form(store, document=made.document.id, actor="chen", reason="again"),
    ):
        with pytest.raises(Conflict, match="this form is void"):
            act()


def test_every_act_on_a_form_is_in_the_unbroken_audit_chain(store: Store) -> None:
    made = a_call(store)
    submit_form(store, document=made.document.id, actor="chen")
    approve_form(store, document=made.document.id, actor="li", role="approver", reason="complete")
    with store.read() as work:
        acts = [event.act for event in work.events("D-1")]
        assert work.verify_audit().broken is None
    assert acts.count("form.saved") == 4
    assert "decision.taken" in acts


def test_words_of_a_person_become_typed_values() -> None:
    words = ["topic=a=b", "called_at=2026-03-02 09:30 +08:00", "meeting_agreed=yes", "interest_level=Polite only"]
    words += ["meeting_attendees=Liu [F3]", "meeting_attendees=chen", "duration_min=", "next_action_due=2 March 2026"]
    assert values_from_pairs(CALL_FORM, words) == {
        "topic": "a=b",
        "called_at": "2026-03-02T09:30:00+08:00",
        "meeting_agreed": True,
        "interest_level": "polite_only",
        "meeting_attendees": ["F3", "chen"],
        "duration_min": None,
        "next_action_due": "2026-03-02",
    }


@pytest.mark.parametrize("words", [["topic"], ["topic=a", "topic=b"]], ids=["no sign", "twice"])
def test_words_that_are_no_value_are_named(words: list[str]) -> None:
    with pytest.raises(UsageError):
        values_from_pairs(CALL_FORM, words)


def test_a_file_of_values_holds_tables_too(tmp_path: Path) -> None:
    (tmp_path / "v.yaml").write_text(
        "place: 007\nvisit_at: 2026-03-02 09:30\nimpact:\n- {department: pumps, effect: stops, metric: 3 a week}\n"
        "budget_min: {amount: '1000', currency: CNY}\ncauses: [old wiring, dust]\ngifts_none: true\n",
        encoding="utf-8",
    )
    definition = form_definition("visit_report")
    values = values_from_texts(definition, values_from_file(tmp_path / "v.yaml"))
    assert values == {
        "place": "007",
        "visit_at": "2026-03-02T09:30:00",
        "impact": [{"department": "pumps", "effect": "stops", "metric": "3 a week"}],
        "budget_min": {"amount": "1000", "currency": "CNY"},
        "causes": ["old wiring", "dust"],
        "gifts_none": True,
    }
    assert {f.code for f in validate_form(definition, values)} <= {"form-required", "form-check-not-run"}


@pytest.mark.parametrize(
    "text",
    ["- a list", "a: &x [1]\nb: *x", "a: [", "!!python/object:os.system {}"],
    ids=["list", "alias", "broken", "object"],
)
def test_a_file_that_is_no_plain_values_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "v.yaml").write_text(text, encoding="utf-8")
    try:
        values = values_from_file(tmp_path / "v.yaml")
    except UsageError:
        return
    assert values == {}


def test_a_file_named_in_a_value_is_stored_and_known_by_its_hash(store: Store, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF letter")
    definition = form_definition("visit_report")
    values = with_files(store, definition, {"commitment_file": f"@{tmp_path / 'letter.pdf'}"})
    made = a_form(store, "visit_report", **values)
    assert made.version.values["commitment_file"]["name"] == "letter.pdf"
    assert store.blobs.get(made.version.values["commitment_file"]["sha256"]) == b"%PDF letter"
    with pytest.raises(UsageError, match="no such file"):
        with_files(store, definition, {"commitment_file": "@nowhere.pdf"})


def test_dates_are_stored_as_written(store: Store) -> None:
    made = a_form(store, next_action_due=date(2026, 5, 8))
    assert made.version.values["next_action_due"] == "2026-05-08"
    assert CALL["next_action_due"] == "2026-05-08"
