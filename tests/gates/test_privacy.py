"""Personal data is shown to few, left out of exports, and not kept for ever."""

from __future__ import annotations

from datetime import date

import pytest

from bidkit.gates.privacy import keep_until, visible_values, without_personal_data
from bidkit.vocabulary.forms import form_definition, form_definitions
from tests.gates.forms_builder import filled


def test_a_price_floor_is_seen_by_finance_and_not_by_sales() -> None:
    plan, values = form_definition("negotiation_plan"), filled("negotiation_plan")
    assert "price_floor" in visible_values(plan, values, "finance")
    assert {"price_floor", "margin_floor", "walk_away"} & set(visible_values(plan, values, "sales")) == set()
    assert "issues" in visible_values(plan, values, "sales")


def test_an_export_leaves_the_business_facts_and_drops_the_person() -> None:
    kept = without_personal_data(form_definition("contact_profile"), filled("contact_profile"))
    assert set(kept) == {"customer_id", "department", "duty_scope", "is_handler", "influence", "consent_basis"}


@pytest.mark.parametrize(
    ("form", "closed", "until"),
    [
        ("contact_profile", date(2026, 3, 20), date(2028, 3, 20)),
        ("relationship_plan", date(2023, 2, 28), date(2024, 2, 28)),
        ("relationship_plan", date(2024, 2, 29), date(2025, 2, 28)),
        ("contact_profile", date(2026, 12, 31), date(2028, 12, 31)),
        ("price_schedule", date(2026, 3, 20), None),
    ],
)
def test_personal_data_ends_so_many_months_after_the_deal(form: str, closed: date, until: date | None) -> None:
    assert keep_until(form_definition(form), closed) == until


def test_every_form_with_personal_fields_ends() -> None:
    for form in form_definitions().values():
        assert (keep_until(form, date(2026, 1, 1)) is None) == (not any(f.personal for f in form.fields))
