"""Scored rows -> evaluation criteria, grouped by price, technical and commercial."""

from __future__ import annotations

from collections.abc import Sequence

from bidkit.requirements.model import EvaluationCriterion, Force, Requirement
from bidkit.vocabulary.cues import pattern_of

_NAME_LENGTH = 60
_GROUPS = ("price", "technical", "commercial")


def criteria_of(rows: Sequence[Requirement]) -> tuple[EvaluationCriterion, ...]:
    """One criterion for every scored row with points, in reading order."""
    return tuple(
        EvaluationCriterion(row.id, _name(row), row.points, _group(row), row.anchor)
        for row in rows
        if row.force is Force.SCORED and row.points is not None
    )


def _name(row: Requirement) -> str:
    first = next((part.strip() for part in row.text.split(" | ") if part.strip()), row.text)
    return first[:_NAME_LENGTH]


def _group(row: Requirement) -> str:
    for text in (_name(row), *reversed(row.section), row.text):
        for group in _GROUPS:
            if pattern_of(f"criterion_{group}").search(text):
                return group
    return "technical"
