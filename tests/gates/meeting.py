"""What forms must say for each fact that is not shown by a form's plainest filling."""

from __future__ import annotations

from typing import Any

_STEPS = [{"step": s, "department": "设备部", "source": "访谈", "confidence": "told"} for s in ("B1", "B2", "B3")]
_INTERVIEWS = [
    {
        "date": "2026-02-03",
        "department": d,
        "contact": "c1",
        "interviewer": "ann",
        "topics": "现状",
        "summary": "见附件",
    }
    for d in ("设备部", "财务部")
]
_TALKS = [
    {"issue_id": t, "topic": t, "agreed": True, "open": False}
    for t in ("price", "delivery", "schedule", "after_sales", "payment", "solution")
]
_FORMAL = {"event": "formal_proposal"}
_EVALUATION = {"event": "evaluation"}
_PREFERRED = {"tender_register": {"result": "candidate_1"}}
_ASKED = {"visit_report": {"customer_commitment": "asked_preliminary_proposal"}}
_PROMISED = {"customer_feedback": {"commitment": "technical_exchange"}}
_SENIOR = {"customer_feedback": {"level": "senior"}}
MEETS: dict[str, dict[str, dict[str, Any]]] = {
    "S2.C2": {"visit_report": {"customer_commitment": "next_meeting"}},
    "S2.C3": {"visit_report": {"customer_commitment": "will_report_internally"}},
    "S2.C4": _ASKED,
    "S2.P7": _ASKED,
    "S2.A3": _ASKED,
    "S2.I1": {"procurement_process": {"steps": _STEPS}},
    "S3.M2": {"customer_feedback": {"event": "preliminary_proposal"}},
    "S3.C3": _SENIOR,
    "S3.C5": _PROMISED,
    "S3.P7": _SENIOR,
    "S3.P8": _PROMISED,
    "S3.A3": _SENIOR,
    "S3.A4": _PROMISED,
    "S4.C2": {"customer_feedback": {"event": "demo"}},
    "S5.C1": {"survey_report": {"interviews": _INTERVIEWS}},
    "S5.P1": {"survey_report": {"interviews": _INTERVIEWS}},
    "S5.P2": {"solution_description": {"status": "approved"}},
    "S5.I1": {"purchase_criteria": {"status": "published"}},
    "S5.A2": {"customer_feedback": _FORMAL},
    "S6.C3": {"customer_feedback": _EVALUATION},
    "S6.C4": _PREFERRED,
    "S6.P1": {"influence_factors": {"kind": "soft"}},
    "S6.P5": _PREFERRED,
    "S6.A1": {"customer_feedback": _EVALUATION},
    "S6.A2": _PREFERRED,
    "S7.P1": {"negotiation_record": {"items": _TALKS}},
    "S8.P2": {
        "contract_review": {
            "terms": [
                {"term_id": "t1", "topic": "payment", "contract_value": "30 日", "status": "same", "substantive": True}
            ]
        }
    },
    "S8.P3": {"marketing_activity": {"activity_type": "executive_meeting"}},
}
