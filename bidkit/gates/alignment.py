"""Our position against the customer's own procurement step: in sync, ahead, behind, or unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from bidkit.gates.position import Position
from bidkit.vocabulary.stages import StageModel


class Pace(StrEnum):
    """How we stand beside the customer."""

    IN_SYNC = "in_sync"
    AHEAD = "ahead"
    BEHIND = "behind"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CustomerStep:
    """The customer's step (B1 to B8) as seen on a day, with the ids of what shows it and the next date it sets."""

    step: str
    seen_on: date
    evidence: tuple[str, ...]
    next_date: date | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What else speaks for going on or leaving: open hard stops, our forecast and the floor set for it."""

    hard_stop: bool = False
    forecast: Decimal | None = None
    floor: Decimal | None = None
    effort_days: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """The comparison. `gap` is customer step minus our last entered stage, None when unknown.

    `catch_up` are the required facts still open up to the customer's step, in order; `days_left` to the customer's
    next date; `effort` the days they need, None when a fact has no estimate. `abandon` lists why leaving should be
    considered, empty for no prompt.
    """

    pace: Pace
    gap: int | None
    why_unknown: str | None = None
    catch_up: tuple[str, ...] = ()
    days_left: int | None = None
    effort: int | None = None
    abandon: tuple[str, ...] = ()


_ABANDON_GAP = 2


def compare(
    model: StageModel, position: Position, steps: tuple[CustomerStep, ...], on: date, outlook: Outlook | None = None
) -> Alignment:
    """How we stand beside the customer on that day, by the latest step seen.

    Unknown when no step was seen, when it has no evidence, or when it is older than the model's freshness period.
    Leaving is put forward when we are two steps or more behind and cannot make it in time, when a hard stop stands,
    or when the forecast is below the floor.
    """
    look = outlook or Outlook()
    latest = latest_step(steps)
    why = _why_unknown(model, latest, on)
    if latest is None or why:
        return Alignment(Pace.UNKNOWN, None, why, abandon=_reasons(look, late=False))
    target = model.step_number(latest.step)
    gap = target - position.declared.entered
    pace = Pace.IN_SYNC if gap == 0 else Pace.BEHIND if gap > 0 else Pace.AHEAD
    missing = _open_up_to(position, target) if gap > 0 else ()
    days_left = (latest.next_date - on).days if latest.next_date else None
    effort = _effort(missing, look.effort_days)
    late = gap >= _ABANDON_GAP and days_left is not None and effort is not None and days_left < effort
    return Alignment(pace, gap, None, missing, days_left, effort, _reasons(look, late=late))


def latest_step(steps: Iterable[CustomerStep]) -> CustomerStep | None:
    """The step seen last, of those seen on one day the one entered last; None where none was seen."""
    return max(reversed(tuple(steps)), key=lambda step: step.seen_on, default=None)


def is_stale(model: StageModel, step: CustomerStep, on: date) -> bool:
    """Whether the step was seen longer ago than the model's freshness period, 14 days."""
    return on - step.seen_on > timedelta(days=model.freshness_days)


def _why_unknown(model: StageModel, latest: CustomerStep | None, on: date) -> str | None:
    if latest is None:
        return "never-seen"
    if not latest.evidence:
        return "no-evidence"
    return "stale" if is_stale(model, latest, on) else None


def _open_up_to(position: Position, target: int) -> tuple[str, ...]:
    """What is open to get into the customer's stage: everything before it, then its milestone."""
    found: list[str] = []
    for stage in position.stages[:target]:
        found += stage.open_to_enter
        found += (*stage.open_to_complete, *stage.open_process) if stage.stage < target else ()
    return tuple(found)


def _effort(missing: tuple[str, ...], days: Mapping[str, int] | None) -> int | None:
    if days is None or any(fact not in days for fact in missing):
        return None
    return sum(days[fact] for fact in missing)


def _reasons(look: Outlook, *, late: bool) -> tuple[str, ...]:
    low = look.forecast is not None and look.floor is not None and look.forecast < look.floor
    stated = {"no-time": late, "hard-stop": look.hard_stop, "low-forecast": low}
    return tuple(reason for reason, holds in stated.items() if holds)
