"""Who may decide what, what stops a bid, and the words of every blocker: all data of `schemas/rules`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from bidkit.vocabulary.records import Label, label_of, record
from bidkit.vocabulary.tables import BrokenVocabulary, table


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """From `amount_from` upwards and at this risk ("any" for all), `persons` of these roles decide on the topic."""

    topic: str
    risk: str
    amount_from: Decimal
    roles: tuple[str, ...]
    persons: int


@dataclass(frozen=True, slots=True)
class HardStop:
    """A statement that must be true before we bid; a `legal` one nobody can override."""

    id: str
    label: Label
    legal: bool
    act: str | None
    law: str


@dataclass(frozen=True, slots=True)
class Factor:
    """A weighted question, scored 0 to 100."""

    id: str
    label: Label
    weight: int


@dataclass(frozen=True, slots=True)
class GoNoGoRules:
    """Hard stops, factors and the two thresholds of the weighted score."""

    version: int
    go_from: Decimal
    conditional_from: Decimal
    hard_stops: tuple[HardStop, ...]
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class BlockerText:
    """What a blocker says, what clears it, who can (a role, or "owner" of the stage), whether law stands behind it."""

    code: str
    text: Label
    remedy: Label
    who: str
    legal: bool


@cache
def approval_matrix() -> tuple[ApprovalRow, ...]:
    """The rows of `rules/approvals.csv` in file order."""
    rows = table("rules/approvals.csv", ("topic", "risk", "amount_from", "roles", "persons", "note"))
    return tuple(
        ApprovalRow(
            row["topic"],
            row["risk"],
            Decimal(row["amount_from"]),
            tuple(row["roles"].split()),
            int(row["persons"]),
        )
        for row in rows
    )


@cache
def go_no_go_rules() -> GoNoGoRules:
    """The rules of `rules/go_no_go.yaml`; raises BrokenVocabulary unless the weights add up to 100."""
    content = record("rules/go_no_go.yaml", "go_no_go")
    rules = GoNoGoRules(
        version=content["version"],
        go_from=Decimal(content["thresholds"]["go"]),
        conditional_from=Decimal(content["thresholds"]["conditional"]),
        hard_stops=tuple(
            HardStop(row["id"], label_of(row), row["legal"], row.get("act"), row.get("law", ""))
            for row in content["hard_stops"]
        ),
        factors=tuple(Factor(row["id"], label_of(row), row["weight"]) for row in content["factors"]),
    )
    if sum(factor.weight for factor in rules.factors) != 100 or rules.conditional_from > rules.go_from:
        raise BrokenVocabulary("weights or thresholds do not fit", where="rules/go_no_go.yaml", next_step="mend them")
    return rules


@cache
def blocker_texts() -> Mapping[str, BlockerText]:
    """Code -> texts of `rules/blockers.csv`."""
    columns = ("code", "who", "legal", "zh", "en", "remedy_zh", "remedy_en")
    rows = table("rules/blockers.csv", columns)
    if len({row["code"] for row in rows}) != len(rows):
        raise BrokenVocabulary("a code stands twice", where="rules/blockers.csv", next_step="remove one")
    found = {
        row["code"]: BlockerText(
            row["code"],
            label_of(row),
            Label(row["remedy_zh"], row["remedy_en"]),
            row["who"],
            row["legal"] == "yes",
        )
        for row in rows
    }
    return MappingProxyType(found)
