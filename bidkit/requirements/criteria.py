"""Scored rows -> evaluation criteria, grouped by price, technical and commercial."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bidkit.requirements.model import EvaluationCriterion, Force, Requirement
from bidkit.vocabulary.cues import pattern_of

_NAME_LENGTH = 60
_GROUPS = ("price", "technical", "commercial")
_GROUP_CELL = re.compile(r"[（(]\s*\d+(?:\.\d+)?\s*(?:分|points?|marks?|%|％)\s*[)）]|\d+\s*分$", re.IGNORECASE)


def criteria_of(rows: Sequence[Requirement]) -> tuple[EvaluationCriterion, ...]:
    """One criterion for every scored row with points, in reading order."""
    return tuple(
        EvaluationCriterion(row.id, _name(row)[:_NAME_LENGTH], row.points, _group(row), row.anchor)
        for row in rows
        if row.force is Force.SCORED and row.points is not None
    )


def _parts(row: Requirement) -> list[str]:
    return [part.strip() for part in row.text.split(" | ") if part.strip()] or [row.text]


def _leads_group(parts: Sequence[str], row: Requirement) -> bool:
    """Whether the first cell names a group of criteria: it states points that are not the row's own."""
    return len(parts) > 2 and bool(_GROUP_CELL.search(parts[0])) and f"{row.points:g}" not in parts[0]


def _name(row: Requirement) -> str:
    parts = _parts(row)
    return parts[1] if _leads_group(parts, row) else parts[0]


def _group(row: Requirement) -> str:
    """The group named by the merged cell over the row, else by the row's name, the sections above, or its words."""
    parts = _parts(row)
    group = row.section[-1] if row.section and _GROUP_CELL.search(row.section[-1]) else ""
    for text in (group, parts[0] if _leads_group(parts, row) else "", _name(row), *reversed(row.section), row.text):
        for name in _GROUPS:
            if text and pattern_of(f"criterion_{name}").search(text):
                return name
    return "technical"
