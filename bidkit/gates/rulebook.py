"""The data a gate judges by, gathered once and handed in as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bidkit.vocabulary.approvals import ApprovalRow, approval_matrix
from bidkit.vocabulary.forms import FormDefinition, form_definitions
from bidkit.vocabulary.rules import LegalRules, legal_rules
from bidkit.vocabulary.stages import StageModel, stage_model


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Stage model, forms, law and approval matrix."""

    model: StageModel
    forms: Mapping[str, FormDefinition]
    law: LegalRules
    approvals: tuple[ApprovalRow, ...]

    def roles_for(self, topic: str) -> frozenset[str]:
        """Every role the approval matrix lets decide on the topic."""
        return frozenset(role for row in self.approvals if row.topic == topic for role in row.roles)


@cache
def rulebook(model_version: int | None = None) -> Rulebook:
    """The rules in force, with the stage model of that version (the one a deal began with; None for the latest)."""
    return Rulebook(stage_model(model_version), form_definitions(), legal_rules(), approval_matrix())
