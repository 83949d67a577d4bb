"""Facts and findings as the plain values that the command line prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding
from bidkit.requirements.model import FactValue, KeyFact


def facts_as_json(facts: Sequence[KeyFact], findings: Sequence[Finding]) -> dict[str, Any]:
    """{"facts": {key: {value, doc, page, text, alternatives}}, "findings": [{code, severity, values, anchors}]}."""
    return {
        "facts": {
            fact.key: {**_value(fact.winner), "alternatives": [_value(other) for other in fact.alternatives]}
            for fact in facts
        },
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "values": dict(finding.values),
                "anchors": [_place(anchor) for anchor in finding.anchors],
            }
            for finding in findings
        ],
    }


def _value(value: FactValue) -> dict[str, Any]:
    return {"value": value.value, "doc": value.anchor.file_name, "page": value.anchor.page, "text": value.text}


def _place(anchor: Anchor) -> dict[str, Any]:
    return {
        "doc": anchor.file_name,
        "page": anchor.page,
        "block": anchor.block,
        "start": anchor.start,
        "end": anchor.end,
    }
