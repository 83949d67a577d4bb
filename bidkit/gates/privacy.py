"""Personal and restricted values of a form: who may see them, how long they are kept, what an export leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bidkit.vocabulary.forms import FormDefinition


def visible_values(definition: FormDefinition, values: Mapping[str, Any], role: str) -> dict[str, Any]:
    """The values a person in this role may see: restricted fields of other roles are left out."""
    hidden = {field.key for field in definition.fields if field.restricted and role not in field.restricted}
    return {key: value for key, value in values.items() if key not in hidden}


def without_personal_data(definition: FormDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without the fields that hold personal data, as an export or a deletion on request leaves them."""
    personal = {field.key for field in definition.fields if field.personal}
    return {key: value for key, value in values.items() if key not in personal}


def keep_until(definition: FormDefinition, closed_on: date) -> date | None:
    """The last day the form's personal data may be kept for a deal closed that day; None when it holds none."""
    if definition.personal_data is None:
        return None
    month = closed_on.month - 1 + definition.personal_data.retention_months
    year, month = closed_on.year + month // 12, month % 12 + 1
    return date(year, month, min(closed_on.day, _days_in(year, month)))


def _days_in(year: int, month: int) -> int:
    after = date(year + month // 12, month % 12 + 1, 1)
    return (after - date(year, month, 1)).days
