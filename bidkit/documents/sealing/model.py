"""What the papers of the check print: every text is in words already."""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.documents.model import DealHeader
from bidkit.kernel.anchor import Anchor


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: `outcome` is its code, `outcome_text` the word for it, `why` the reason where it was not checked."""

    rule: str
    group: str
    title: str
    source: str
    severity: str
    outcome: str
    outcome_text: str
    blocks: bool
    why: str
    count: int
    faults: int
    clauses: str


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One fault; `waived` says why it is not applicable, "" where it stands. `place` is text, `anchor` the place."""

    id: str
    rule: str
    title: str
    severity: str
    blocks: bool
    source: str
    clause: str
    place: str
    file: str
    reason: str
    fix: str
    waived: str
    anchor: Anchor | None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question to a person; `answer` is "" while it is open."""

    id: str
    rule: str
    title: str
    blocks: bool
    question: str
    clause: str
    place: str
    answer: str
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file that was checked."""

    name: str
    volume: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One scored criterion with what we say to it; `answered` is false where nobody said anything."""

    number: int
    group: str
    criterion: str
    points: float | None
    clause: str
    response: str
    evidence: str
    state: str
    answered: bool


@dataclass(frozen=True, slots=True)
class SealingView:
    """A whole check: `verdict` in one sentence, `clear` whether the bid may be sealed, `checked` when and on what."""

    deal: DealHeader
    verdict: str
    clear: bool
    checked: str
    rules: tuple[RuleLine, ...]
    faults: tuple[FaultLine, ...]
    questions: tuple[QuestionLine, ...]
    files: tuple[FileLine, ...]
    scores: tuple[ScoreLine, ...]
