"""Which of several values of one key wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.requirements.facts.kinds import kinds
from bidkit.requirements.facts.reading import Reading
from bidkit.requirements.facts.values import Value
from bidkit.requirements.model import FactValue, KeyFact

_WEAK = 40
_REPEAT = 3
_LOTS = 3
_LONG, _LONG_PENALTY = {Language.ZH: 40, Language.EN: 200}, 4
_SUMMED = ("budget", "price_ceiling")
_STRICT_KINDS = {
    "money": 18,
    "moment": 18,
    "days": 50,
    "security": 12,
    "share": 12,
    "answer": 5,
    "count": 12,
    "code": 12,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A typed value with the weight of its place and label; `order` is its position in reading order.

    `penalty` is what `score` lost because its document is not the first of the package.
    """

    key: str
    value: Value | dict[str, float]
    text: str
    anchor: Anchor
    score: int
    order: int
    per_column: tuple[int, int] | None = None
    penalty: int = 0


def candidate_of(reading: Reading, value: Value, order: int) -> Candidate:
    """The candidate of a typed reading, anchored at the printed value."""
    anchor = reading.line.anchor(reading.start, max(reading.end, reading.start + len(reading.text)))
    text = reading.line.text if reading.column is None else reading.text
    if not reading.text.strip() and reading.below is not None:
        anchor, text = reading.below.anchor(), reading.below.text
    long = kinds()[reading.key] == "phrase" and len(str(value)) > _LONG[reading.language]
    score = reading.score - (_LONG_PENALTY if long else 0)
    return Candidate(reading.key, value, text, anchor, score, order, reading.column)


def without_lot_values(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those of a table column whose rows differ: such values belong to the lots."""
    columns: dict[tuple[str, str, tuple[int, int]], set[str]] = {}
    for candidate in candidates:
        if candidate.per_column is not None:
            place = (candidate.key, candidate.anchor.file_sha256, candidate.per_column)
            columns.setdefault(place, set()).add(_same(candidate))
    return [
        c for c in candidates if c.per_column is None or len(columns[(c.key, c.anchor.file_sha256, c.per_column)]) == 1
    ]


def without_lot_amounts(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without the amounts of single lots: parts of a total, or differing amounts of equal standing.

    Where one amount of a key is the sum of others that stand in the same document, it is the whole and the parts are
    left out. Where three or more different amounts carry the same label and none is their sum, all are left out.
    """
    kept = list(candidates)
    for key in _SUMMED:
        amounts = [c for c in candidates if c.key == key and isinstance(c.value, (int, float))]
        parts = _parts_of_total(amounts) or _unsummed(amounts)
        kept = [c for c in kept if c.key != key or c.value not in parts]
    return kept


def _parts_of_total(amounts: Sequence[Candidate]) -> set[object]:
    by_block = {(c.anchor.block, c.value): c for c in amounts}
    values = [value for _, value in by_block]
    for total in sorted({v for v in values if isinstance(v, (int, float))}, reverse=True):
        smaller = [v for v in values if isinstance(v, (int, float)) and v < total]
        distinct = set(smaller)
        if len(smaller) > 1 and any(
            abs(sum(group) - total) < 1 for group in (smaller, distinct, _runs(smaller, total))
        ):
            return set(distinct)
    return set()


def _runs(values: Sequence[float], total: float) -> list[float]:
    """The first run of consecutive values that adds up to `total`, else nothing."""
    for start in range(len(values)):
        running = 0.0
        for end in range(start, len(values)):
            running += values[end]
            if abs(running - total) < 1 and end > start:
                return list(values[start : end + 1])
            if running > total:
                break
    return []


def _unsummed(amounts: Sequence[Candidate]) -> set[object]:
    """Amounts of lots: three or more different ones with the same score."""
    best = max((c.score for c in amounts), default=0)
    equal = {c.value for c in amounts if c.score >= best - 2}
    return {c.value for c in amounts} if len(equal) >= _LOTS else set()


def decide(key: str, candidates: Sequence[Candidate]) -> tuple[KeyFact, Finding | None] | None:
    """The fact with its winner, and a finding where a strong other value contradicts it; None without candidates.

    The highest score wins, a value gaining a little for every further place that says the same; equals go to the
    first in reading order.
    """
    if not candidates:
        return None
    places: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        places.setdefault(_same(candidate), []).append(candidate)
    ranked = sorted(places.values(), key=lambda group: (-_weight(group), min(c.order for c in group)))
    best = _fuller_first(key, _without_echoes([_best(group) for group in ranked]))
    winner = best[0]
    fact = KeyFact(key, _fact_value(winner), tuple(_fact_value(other) for other in best[1:]))
    margin = _STRICT_KINDS.get(kinds().get(key, ""), 0)
    rivals = [c for c in best[1:] if _contradicts(c, winner, margin) and not _agrees(winner, c)]
    if margin and rivals:
        return fact, _conflict(key, winner, rivals[0])
    return fact, None


def _contradicts(other: Candidate, winner: Candidate, margin: int) -> bool:
    """Whether a value stands firmly enough, in its own document and beside the winner, to be a second opinion."""
    return other.score + other.penalty > _WEAK and other.score > winner.score - margin


def _without_echoes(ranked: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without a text that a better one of the same block already holds, or that holds it."""
    kept: list[Candidate] = []
    for candidate in ranked:
        text = squash(str(candidate.value))
        echoes = (
            other
            for other in kept
            if (other.anchor.file_sha256, other.anchor.block) == (candidate.anchor.file_sha256, candidate.anchor.block)
            and isinstance(other.value, str)
            and (squash(other.value) in text or text in squash(other.value))
        )
        if not any(echoes):
            kept.append(candidate)
    return kept


def _fuller_first(key: str, ranked: list[Candidate]) -> list[Candidate]:
    """The candidates led by the one that says the same as the winner and goes on: a place's room, a day's time."""
    head = squash(str(ranked[0].value))
    fuller = [c for c in ranked[1:] if squash(str(c.value)).startswith(head)]
    if kinds().get(key) not in ("place", "moment") or not fuller:
        return ranked
    return [fuller[0], *(c for c in ranked if c is not fuller[0])]


def _agrees(one: Candidate, other: Candidate) -> bool:
    """Whether one value says the same less exactly: a day without its time, a number as part of a longer one."""
    first, second = str(one.value), str(other.value)
    return isinstance(one.value, str) and (first.startswith(second) or second.startswith(first))


def _weight(group: Sequence[Candidate]) -> int:
    repeats = len(group) - 1 if kinds().get(group[0].key) in _STRICT_KINDS else 0
    return max(c.score for c in group) + _REPEAT * min(3, repeats)


def _best(group: Sequence[Candidate]) -> Candidate:
    return max(group, key=lambda c: (c.score, -c.order))


def _same(candidate: Candidate) -> str:
    value = candidate.value
    return (
        f"{type(value).__name__}:{squash(str(value)) if isinstance(value, str) and not value[:4].isdigit() else value}"
    )


def _fact_value(candidate: Candidate) -> FactValue:
    return FactValue(candidate.value, candidate.text, candidate.anchor)


def _conflict(key: str, winner: Candidate, rival: Candidate) -> Finding:
    return Finding(
        "fact-conflict",
        Severity.WARN,
        (("key", key), ("value", str(winner.value)), ("other", str(rival.value))),
        tuple(sorted((winner.anchor, rival.anchor), key=lambda anchor: (anchor.file_name, anchor.block))),
    )
