"""Filled forms for tests: the smallest values a definition accepts, with invented words."""

from __future__ import annotations

from typing import Any

from bidkit.gates.form_values import read_form
from bidkit.vocabulary.forms import Field, FieldType, form_definition

FILE = {"name": "proof.pdf", "sha256": "ab" * 32}
_SAMPLES: dict[FieldType, Any] = {
    FieldType.STRING: "示例 sample",
    FieldType.TEXT: "一段说明 some words",
    FieldType.INT: 3,
    FieldType.DECIMAL: "3.5",
    FieldType.PERCENT: "13",
    FieldType.BOOL: True,
    FieldType.DATE: "2026-03-02",
    FieldType.DATETIME: "2026-03-02T09:30:00+08:00",
    FieldType.MONEY: {"amount": "1000.00", "currency": "CNY"},
    FieldType.QUANTITY: {"value": "30", "unit": "day"},
    FieldType.REF: "ref-1",
    FieldType.FILE: FILE,
    FieldType.HASH: "cd" * 32,
}


def sample(field: Field) -> Any:
    """A value the field accepts."""
    if field.type is FieldType.TABLE:
        return [{column.key: sample(column) for column in field.columns}]
    one = field.options[0].code if field.type is FieldType.ENUM else _SAMPLES[field.type]
    if field.type in (FieldType.INT, FieldType.DECIMAL) and field.maximum is not None:
        one = field.maximum
    if field.pattern:
        one = {"uscc": "91350100M000100Y43", "currency": "CNY"}[field.key]
    return [one] if field.many else one


def filled(form: str, /, **given: Any) -> dict[str, Any]:
    """Values of `form` with every field filled but the computed ones; `given` wins, None leaves a field out."""
    values = {field.key: sample(field) for field in form_definition(form).fields if not field.computed}
    values.update(_SENSE.get(form, {}))
    values.update(given)
    return {key: value for key, value in values.items() if value is not None}


def read(form: str, /, **given: Any) -> dict[str, Any]:
    """The same as typed values."""
    return read_form(form_definition(form), filled(form, **given))


_SENSE: dict[str, dict[str, Any]] = {
    "customer_assessment": {"scores": [{"criterion": "size", "weight": 100, "score": 90}]},
    "visit_report": {"gifts_none": True, "gifts_hospitality": None},
    "marketing_activity": {"blackout_check": False},
    "procurement_process": {"current_step": "B1"},
    "org_chart": {
        "nodes": [
            {"node_id": "1", "unit": "总经办", "person": "ref-1", "source": "website"},
            {"node_id": "2", "parent_id": "1", "unit": "设备部", "source": "website"},
        ]
    },
    "procurement_roles": {"purchase_role": ["decision_maker", "technical", "user", "handler", "project_lead"]},
    "relationship_plan": {"cost": {"amount": "0", "currency": "CNY"}},
    "key_decision_maker": {"blackout_state": "open"},
    "negotiation_plan": {
        "regime_gate": "free",
        "issues": [
            {
                "issue_id": "i1", "topic": "payment", "our_bid_position": "30/60/10", "target": "30/65/5",
                "acceptable_range_from": 5, "acceptable_range_to": 10, "bottom_line": "10", "substantive": False,
            }
        ],
        "authority": [{"issue_id": "i1", "limit": "10", "approver": "ref-1", "valid_until": "2026-06-30"}],
    },
    "contract_review": {
        "amount_words": "壹仟元整",
        "draft_version": "ef" * 32,
        "signed_version_hash": "ef" * 32,
        "performance_security": [{"required_flag": True, "amount": {"amount": "100", "currency": "CNY"}}],
    },
    "handover": {
        "milestones": [
            {
                "milestone": "到货", "date": "2026-05-01", "deliverable": "设备", "acceptance": "签收",
                "payment_percent": 100, "amount": {"amount": "1000", "currency": "CNY"},
            }
        ]
    },
    "influence_factors": {"kind": "hard", "weight": 100},
    "deviation_commercial": {"deviation": "positive", "deviation_auto": "positive"},
    "tender_register": {"result": "shortlisted"},
    "bid_decision": {
        "recommendation": "go",
        "scores": [{"criterion": "fit", "weight": 100, "score": 70, "reason": "可行"}],
    },
    "response_matrix": {"deviation": "positive", "status": "approved"},
    "rejection_self_check": {"checker_1": "ref-1", "checker_2": "ref-2", "result_1": "pass", "result_2": "pass"},
    "price_schedule": {
        "rows": [
            {"no": "1", "name": "水泵", "qty": "2", "unit_of_measure": "台", "unit_price": "500", "line_amount": "1000"}
        ],
        "subtotals": [{"group": "设备", "line_amount": "1000"}],
        "optional_or_alternative": False,
    },
    "lessons": {"predicted_probability": "0.4"},
}  # fmt: skip
