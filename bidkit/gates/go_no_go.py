"""To bid or not: hard stops first, then weighted factors; what was not looked at is neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bidkit.gates.blockers import blocker
from bidkit.gates.model import Blocker, Procurement
from bidkit.gates.procurement import Permission, ruling
from bidkit.vocabulary.approvals import GoNoGoRules, HardStop
from bidkit.vocabulary.rules import LegalRules

_FULL = Decimal(100)


class Recommendation(StrEnum):
    """What the rules recommend; NOT_CHECKED while a hard stop or a factor was not looked at."""

    GO = "go"
    CONDITIONAL = "conditional"
    NO_GO = "no_go"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class StopAnswer:
    """Whether the statement of a hard stop is true (None: nobody knows), with the ids of what shows it."""

    holds: bool | None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactorScore:
    """A factor's score from 0 to 100 with the reason, and the ids of what shows it."""

    score: Decimal
    reason: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoNoGo:
    """The recommendation with what led to it; `score` is None while a factor is missing."""

    recommendation: Recommendation
    score: Decimal | None
    blockers: tuple[Blocker, ...]


def assess_go_no_go(
    rules: GoNoGoRules,
    law: LegalRules,
    stops: Mapping[str, StopAnswer],
    scores: Mapping[str, FactorScore],
    procurement: Procurement,
    on: date,
) -> GoNoGo:
    """The recommendation on that day.

    A hard stop whose statement is false means no go whatever the score; a legal one no person can override. A stop
    answered "true" without evidence counts as not checked. A stop tied to an act of law falls away where the law
    allows the act in this procurement (single source after specification work).
    """
    found = [b for stop in rules.hard_stops for b in _stop_blockers(stop, stops.get(stop.id), law, procurement, on)]
    missing = [blocker("factor-missing", item=f.id) for f in rules.factors if not _fit(scores.get(f.id))]
    score = None if missing else _weighted(rules, scores)
    low = score is not None and score < rules.conditional_from
    if low:
        found.append(blocker("recommendation-no-go", score=f"{score}", floor=f"{rules.conditional_from}"))
    blockers = (*found, *missing)
    return GoNoGo(_recommend(rules, score, blockers), score, blockers)


def _stop_blockers(
    stop: HardStop, answer: StopAnswer | None, law: LegalRules, procurement: Procurement, on: date
) -> Iterable[Blocker]:
    if answer is None or answer.holds is None or (answer.holds and not answer.evidence):
        return [blocker("hard-stop-not-checked", item=stop.id)]
    if answer.holds:
        return []
    if stop.act:
        permission = ruling(law, stop.act, procurement, on).permission
        if permission is Permission.ALLOWED:
            return []
        if permission is Permission.NOT_CHECKED:
            return [blocker("law-not-checked")]
    return [blocker("hard-stop-by-law" if stop.legal else "hard-stop", item=stop.id)]


def _fit(score: FactorScore | None) -> bool:
    return score is not None and 0 <= score.score <= _FULL and bool(score.reason.strip())


def _weighted(rules: GoNoGoRules, scores: Mapping[str, FactorScore]) -> Decimal:
    return sum((scores[f.id].score * f.weight for f in rules.factors), Decimal(0)) / _FULL


def _recommend(rules: GoNoGoRules, score: Decimal | None, blockers: tuple[Blocker, ...]) -> Recommendation:
    codes = {found.code for found in blockers}
    if codes & {"hard-stop", "hard-stop-by-law"}:
        return Recommendation.NO_GO
    if score is None or codes & {"hard-stop-not-checked", "law-not-checked"}:
        return Recommendation.NOT_CHECKED
    if score >= rules.go_from:
        return Recommendation.GO
    return Recommendation.CONDITIONAL if score >= rules.conditional_from else Recommendation.NO_GO
