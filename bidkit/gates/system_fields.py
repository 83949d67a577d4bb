"""The fields of a form that the gates fill in, so that nobody types what is already known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bidkit.gates.alignment import Alignment
from bidkit.gates.form_values import read_form
from bidkit.gates.go_no_go import GoNoGo, Recommendation
from bidkit.gates.model import Procurement
from bidkit.gates.position import Position
from bidkit.gates.procurement import Permission, contact_limits, evaluators_locked, negotiation_scope, ruling
from bidkit.vocabulary.forms import FormDefinition
from bidkit.vocabulary.rules import LegalRules

_LEVELS = ("company_need", "personal_need", "affinity")
_WANTED = {1: (1, 0, 0), 2: (1, 1, 0), 3: (1, 1, 1), 4: (2, 1, 1), 5: (2, 2, 2)}
_HIGHEST = (3, 3, 3)


@dataclass(frozen=True, slots=True)
class Known:
    """What the gates know about the deal on a day; None where it was not worked out."""

    law: LegalRules
    procurement: Procurement
    on: date
    position: Position
    alignment: Alignment | None = None
    go_no_go: GoNoGo | None = None


def system_values(definition: FormDefinition, values: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """The values the gates give for the form's system fields, by field key.

    A field another room fills in (a printed page, a computed deviation) is left out, and so is one whose value is
    not known yet. Doing it twice gives the same.
    """
    read = read_form(definition, values)
    found = {field.key: _FILLERS[field.system](read, known) for field in definition.fields if field.system in _FILLERS}
    return {key: value for key, value in found.items() if value is not None}


def _entered_stage(_read: Mapping[str, Any], known: Known) -> str:
    return f"S{max(known.position.declared.entered, 1)}"


def _tender_running(_read: Mapping[str, Any], known: Known) -> bool:
    """Whether hospitality is closed, or cannot be told to be open."""
    permission = ruling(known.law, "gift_or_hospitality", known.procurement, known.on).permission
    return permission in (Permission.FORBIDDEN, Permission.NOT_CHECKED)


def _evaluator_lock(read: Mapping[str, Any], known: Known) -> bool:
    return "evaluator" in (read.get("purchase_role") or ()) and evaluators_locked(
        known.law, known.procurement, known.on
    )


def _contact_limits(read: Mapping[str, Any], known: Known) -> str:
    return contact_limits(known.law, known.procurement, known.on, read.get("is_evaluator") or "possible")


def _negotiation_scope(_read: Mapping[str, Any], known: Known) -> str:
    return negotiation_scope(known.law, known.procurement)


def _relationship_gap(read: Mapping[str, Any], known: Known) -> str | None:
    """The levels below what the stage asks, as `level present/wanted`; None when none is missing."""
    wanted = _WANTED.get(max(known.position.declared.entered, 1), _HIGHEST)
    gaps = []
    for level, least in zip(_LEVELS, wanted, strict=True):
        reached = [read.get(f"level_{level}_{towards}") for towards in ("product", "company")]
        present = min((n for n in reached if n is not None), default=None)
        if present is None or present < least:
            gaps.append(f"{level} {present if present is not None else '?'}/{least}")
    return ", ".join(gaps) or None


def _position_gap(_read: Mapping[str, Any], known: Known) -> int | None:
    return known.alignment.gap if known.alignment else None


def _late_entry(_read: Mapping[str, Any], known: Known) -> bool:
    return known.position.late_entry


def _go_no_go(_read: Mapping[str, Any], known: Known) -> str | None:
    found = known.go_no_go.recommendation if known.go_no_go else Recommendation.NOT_CHECKED
    return None if found is Recommendation.NOT_CHECKED else str(found)


_FILLERS: dict[str | None, Callable[[Mapping[str, Any], Known], Any]] = {
    "entered_stage": _entered_stage,
    "tender_running": _tender_running,
    "evaluator_lock": _evaluator_lock,
    "contact_limits": _contact_limits,
    "negotiation_scope": _negotiation_scope,
    "relationship_gap": _relationship_gap,
    "position_gap": _position_gap,
    "late_entry": _late_entry,
    "go_no_go": _go_no_go,
}
