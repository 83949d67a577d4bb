"""The values this room makes. Field meanings follow the labelling guide for requirement rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import Quantity


class Kind(StrEnum):
    """What a requirement is about."""

    QUALIFICATION = "qualification"
    COMMERCIAL = "commercial"
    TECHNICAL = "technical"
    SUBMISSION = "submission"
    EVALUATION = "evaluation"
    CONTRACT = "contract"


class Force(StrEnum):
    """How strongly a requirement binds."""

    MANDATORY = "mandatory"
    SCORED = "scored"
    OPTIONAL = "optional"


class Binds(StrEnum):
    """Whom a requirement binds."""

    BIDDER = "bidder"
    CONTRACTOR = "contractor"
    BUYER = "buyer"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One demand a bidder can answer, prove or be judged on by itself; `text` is verbatim.

    `id` depends on the text and the headings above, not on position. `lead_in` is the governing sentence of a list
    item. `clause` is the printed number. `mark` is the sign printed at the row (★ ▲ * …). `points` is the maximum
    of a scored criterion. `section` is the heading trail, outermost first. `quantities` are offsets into `text`.
    `evidence_asked` are the proofs the row itself wants, verbatim. `confidence` is 0..1; `why` names cue and rule.
    """

    id: str
    text: str
    anchor: Anchor
    kind: Kind
    force: Force
    knockout: bool
    binds: Binds
    lead_in: str | None = None
    clause: str | None = None
    mark: str | None = None
    points: float | None = None
    section: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    evidence_asked: tuple[str, ...] = ()
    confidence: float = 1.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkMeaning:
    """What the tender says a mark means; `effect` is "knockout", "weighted", "proof", "core_product" or "other"."""

    mark: str
    effect: str
    text: str
    anchor: Anchor
    inherits: bool = False  # the legend says a mark on a heading covers everything below


@dataclass(frozen=True, slots=True)
class FactValue:
    """One reading of a key fact: `value` as the guide types it, `text` verbatim, `anchor` where it stands."""

    value: Any
    text: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A key fact with the value that wins and every other value found, each with its place."""

    key: str
    winner: FactValue
    alternatives: tuple[FactValue, ...] = ()


@dataclass(frozen=True, slots=True)
class EvaluationCriterion:
    """A scored criterion; `group` is "price", "technical", "commercial" or the tender's own word."""

    requirement_id: str
    name: str
    points: float | None
    group: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Solicitation:
    """Everything read out of one tender package at one revision."""

    language: Language
    requirements: tuple[Requirement, ...]
    legend: tuple[MarkMeaning, ...]
    facts: tuple[KeyFact, ...]
    criteria: tuple[EvaluationCriterion, ...]
    findings: tuple[Finding, ...] = field(default=())
