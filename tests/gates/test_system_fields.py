"""What the gates know is filled into forms, never typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bidkit.gates.alignment import Alignment, Pace
from bidkit.gates.go_no_go import GoNoGo, Recommendation
from bidkit.gates.model import Procurement
from bidkit.gates.position import Position, Reach
from bidkit.gates.system_fields import Known, system_values
from bidkit.vocabulary.forms import form_definition
from bidkit.vocabulary.rules import legal_rules
from tests.gates.builders import OPEN_TENDER, SELECTION, TODAY
from tests.gates.forms_builder import filled

_AT_THREE = Position(Reach(3, 3), Reach(3, 3), (), ())
_KNOWN = Known(legal_rules(), OPEN_TENDER, TODAY, _AT_THREE)


def given(form: str, known: Known = _KNOWN, **values: Any) -> dict[str, Any]:
    return system_values(form_definition(form), filled(form, **values), known)


def test_the_lock_falls_on_evaluators_while_the_tender_runs() -> None:
    assert given("procurement_roles", purchase_role=["evaluator"]) == {"locked": True}
    assert given("procurement_roles", purchase_role=["user"]) == {"locked": False}
    assert given("procurement_roles", replace(_KNOWN, procurement=SELECTION), purchase_role=["evaluator"]) == {
        "locked": False
    }


@pytest.mark.parametrize(("evaluator", "state"), [("yes", "closed"), ("possible", "restricted"), ("no", "open")])
def test_contact_with_a_decision_maker_is_limited_by_what_he_is(evaluator: str, state: str) -> None:
    assert given("key_decision_maker", is_evaluator=evaluator) == {"blackout_state": state}


def test_the_plan_says_what_may_be_negotiated_and_unknown_where_nobody_knows() -> None:
    assert given("negotiation_plan") == {"regime_gate": "statutory_tender"}
    assert given("negotiation_plan", replace(_KNOWN, procurement=Procurement())) == {"regime_gate": "unknown"}


def test_an_event_while_the_tender_runs_is_marked() -> None:
    assert given("marketing_activity") == {"blackout_check": True}
    assert given("marketing_activity", replace(_KNOWN, procurement=SELECTION)) == {"blackout_check": False}


def test_the_go_no_go_record_is_filled_from_position_pace_and_score() -> None:
    late = replace(_AT_THREE, waived=("S1.M1",))
    known = replace(
        _KNOWN,
        position=late,
        alignment=Alignment(Pace.BEHIND, 2),
        go_no_go=GoNoGo(Recommendation.CONDITIONAL, None, ()),
    )
    assert given("bid_decision", known) == {"position_gap": 2, "late_entry": True, "recommendation": "conditional"}
    assert given("bid_decision") == {"late_entry": False}


def test_the_stage_asked_for_is_the_one_entered() -> None:
    assert given("resource_request") == {"stage": "S3"}
    fresh = replace(_KNOWN, position=Position(Reach(0, 0), Reach(0, 0), (), ()))
    assert given("resource_request", fresh) == {"stage": "S1"}


def test_the_relationship_gap_grows_with_the_stage() -> None:
    levels = {f"level_{level}_{to}": 1 for level in ("company_need", "personal_need") for to in ("product", "company")}
    levels |= {"level_affinity_product": 0, "level_affinity_company": 1}
    assert given("relationship_assessment", **levels) == {"gap": "affinity 0/1"}
    first = replace(_KNOWN, position=Position(Reach(1, 1), Reach(1, 1), (), ()))
    assert given("relationship_assessment", first, **levels) == {}
    sixth = replace(_KNOWN, position=Position(Reach(6, 5), Reach(6, 5), (), ()), on=date(2026, 4, 1))
    assert given("relationship_assessment", sixth, **levels) == {
        "gap": "company_need 1/3, personal_need 1/3, affinity 0/3"
    }


def test_fields_of_other_rooms_are_left_to_them() -> None:
    assert given("response_matrix") == {}
