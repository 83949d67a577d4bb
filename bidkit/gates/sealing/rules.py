"""The rules of the check, read from `schemas/rules/sealing.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from bidkit.vocabulary.records import Label, label_of, record
from bidkit.vocabulary.tables import BrokenVocabulary

_PATH = "rules/sealing.yaml"


@dataclass(frozen=True, slots=True)
class SealingRule:
    """One rule. `source` is law, tender or habit, `how` code or person; `fact` and `cue` say when a person is asked."""

    id: str
    group: str
    label: Label
    source: str
    law: str
    blocks: bool
    by_person: bool
    waivable: bool
    fix: Label
    ask: Label | None = None
    fact: str = ""
    cue: str = ""


@dataclass(frozen=True, slots=True)
class RefusedPurpose:
    """Something bidkit is not for, with the reason and the law behind it."""

    id: str
    label: Label
    law: str


@dataclass(frozen=True, slots=True)
class SealingRules:
    """Every rule in the order of the check, how near a deadline is near, and what is refused."""

    rules: tuple[SealingRule, ...]
    near_deadline_hours: int
    refused: tuple[RefusedPurpose, ...]

    def rule(self, rule_id: str) -> SealingRule | None:
        """The rule of this id, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


@cache
def sealing_rules() -> SealingRules:
    """The rules; raises BrokenVocabulary where an id stands twice or a person's rule has no question."""
    content = record(_PATH, "sealing")
    rules = tuple(_rule(row) for row in content["rules"])
    ids = [rule.id for rule in rules]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise BrokenVocabulary(f"{twice[0]} stands twice", where=_PATH, next_step="remove one")
    refused = tuple(RefusedPurpose(row["id"], label_of(row), row["law"]) for row in content["refused"])
    return SealingRules(rules, content["near_deadline_hours"], refused)


def _rule(row: dict[str, Any]) -> SealingRule:
    when = row.get("when", {})
    return SealingRule(
        id=row["id"],
        group=row["group"],
        label=label_of(row),
        source=row["source"],
        law=row.get("law", ""),
        blocks=row["severity"] == "block",
        by_person=row["how"] == "person",
        waivable=row["waivable"],
        fix=label_of(row["fix"]),
        ask=label_of(row["ask"]) if "ask" in row else None,
        fact=when.get("fact", ""),
        cue=when.get("cue", ""),
    )
