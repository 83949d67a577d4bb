"""What the reports print about deals, as plain values; codes are put into words when a report is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class StageState(StrEnum):
    """How one stage looks on the drawing."""

    COMPLETED = "completed"
    WAIVED = "waived"
    ENTERED = "entered"
    BLOCKED = "blocked"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class StageMark:
    """A stage with how many required facts are still open in it and how many were let go.

    `scored` of `scored_of` relationship and information conditions are proven; they never block.
    """

    number: int
    state: StageState
    open: int = 0
    waived: int = 0
    scored: int = 0
    scored_of: int = 0


@dataclass(frozen=True, slots=True)
class Track:
    """Our stages beside the customer's own step.

    `entered` and `completed` are our last stages, 0 for none. `customer` is the number of the customer's step, None
    when it was never seen. `pace` is in_sync, ahead, behind or unknown; `why_unknown` never-seen, no-evidence or stale.
    """

    marks: tuple[StageMark, ...]
    entered: int
    completed: int
    pace: str
    gap: int | None = None
    customer: int | None = None
    seen_on: date | None = None
    why_unknown: str | None = None


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance to win with its basis (process, history, not_enough_data) and the closed deals behind it."""

    value: Decimal | None
    basis: str
    won: int = 0
    of: int = 0
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A day something falls due; `what` is a code of `reports.csv` (`due.…`)."""

    what: str
    on: date


@dataclass(frozen=True, slots=True)
class Worth:
    """An amount of money; None for not known."""

    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class DealFacts:
    """The head of a report on one deal; an empty text is shown as not stated."""

    code: str
    name: str
    customer: str
    owner: str = ""
    worth: Worth = Worth()
    method: str = "unknown"
    regime: str = "unknown"
    opened_on: date | None = None
    published_on: date | None = None
    closed_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class OpenCondition:
    """A required fact still open: its id, why, what would clear it, who can, and until when; all in words."""

    stage: int
    fact: str
    text: str
    why: tuple[str, ...]
    remedy: str
    owners: tuple[str, ...]
    due: date | None = None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision on a gate as it was recorded.

    `gate` and `role` are in words. `state` is valid, void (what was decided on has changed), bound (valid for the very
    thing shown), replaced (a later one was taken) or pending (it waits for a further signature).
    """

    at: datetime
    gate: str
    topic: str
    verdict: str
    by: str
    role: str
    reason: str
    state: str
    second: str = ""
    conditions: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """A condition let go; `state` is valid, expired, withdrawn or unfit, `until` None for the whole deal."""

    fact: str
    text: str
    reason: str
    asked_by: str
    approver: str
    at: datetime
    until: date | None
    state: str


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A document or a piece of evidence with the digest of its file, empty where there is no file."""

    at: datetime
    kind: str
    origin: str
    name: str
    facts: tuple[str, ...]
    by: str
    sha256: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ScopeNote:
    """What the law says about an act on the day: `permission` with the rule and its citations in words."""

    permission: str
    rule: str
    text: str
    sources: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything the deal dossier prints.

    `alerts` are sentences that come first. `conditions` are those of the next step and of catching up with the
    customer; `later_open` counts the required ones of the stages after. `strict_entered` is the last stage entered
    when waivers do not count.
    """

    deal: DealFacts
    today: date
    track: Track
    chance: Chance
    dues: tuple[Due, ...] = ()
    alerts: tuple[str, ...] = ()
    late_entry: bool = False
    strict_entered: int = 0
    conditions: tuple[OpenCondition, ...] = ()
    later_open: int = 0
    decisions: tuple[DecisionLine, ...] = ()
    waivers: tuple[WaiverLine, ...] = ()
    proofs: tuple[ProofLine, ...] = ()
    scope: tuple[ScopeNote, ...] = ()


@dataclass(frozen=True, slots=True)
class PipelineDeal:
    """One deal of the pipeline; `blocked_by` are the open required facts of its next gate, by id and in words."""

    deal: DealFacts
    entered: int
    completed: int
    pace: str
    gap: int | None
    customer: int | None
    due: Due | None
    blocked_by: tuple[tuple[str, str], ...]
    chance: Chance
    late_entry: bool = False
    why_unknown: str | None = None


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Every deal of the pipeline on a day, in any order."""

    today: date
    deals: tuple[PipelineDeal, ...]


@dataclass(frozen=True, slots=True)
class ScoreProof:
    """A contribution with what proves it: when, in which deal, by which forms or files."""

    on: date
    deal: str
    proofs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One assessment item of a stage with the person's contributions of the period; none is a line too."""

    stage: int
    item: str
    text: str
    proofs: tuple[ScoreProof, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A person's period over all assessment items."""

    person: str
    first: date
    last: date
    items: tuple[ScoreItem, ...]
