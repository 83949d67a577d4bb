"""The customer's own procurement step, kept beside our stages with evidence and date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bidkit.kernel.errors import UsageError
from bidkit.store import Store
from bidkit.store.entries import StepEntry
from bidkit.usecases.deal_file import load_file, today
from bidkit.usecases.gate_state import GateState, closed_deals, state_of


@dataclass(frozen=True, slots=True)
class SeenStep:
    """The sighting on record, whether this call made it, and where the deal stands with it."""

    entry: StepEntry
    created: bool
    state: GateState


def see_step(
    store: Store,
    *,
    code: str,
    step: str,
    actor: str,
    seen_on: date | None = None,
    evidence: tuple[str, ...] = (),
    next_on: date | None = None,
) -> SeenStep:
    """The customer seen at `step` (B1 to B8) on a day, today by default; without evidence our pace stays unknown.

    Running it twice changes nothing: an equal sighting that is the latest is left as it is. Raises NotFound,
    UsageError for an unknown step, a day to come, or evidence the deal does not have or has withdrawn.
    """
    on = today(store)
    day = seen_on or on
    if day > on:
        raise UsageError("this day is still to come", where="--on", next_step="give the day the step was seen")
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        file = load_file(work, code)
        steps = [stage.step for stage in file.book.model.stages]
        if step not in steps:
            raise UsageError(
                f"there is no customer step {step!r}", where="STEP", next_step=f"use {steps[0]} to {steps[-1]}"
            )
        standing = {entry.id for entry in file.evidence if entry.withdrawal is None}
        unknown = sorted(set(evidence) - standing)
        if unknown:
            raise UsageError(
                f"no evidence {', '.join(unknown)} stands", where="--evidence", next_step="see it: bidkit evidence list"
            )
        latest = file.sightings[-1] if file.sightings else None
        same = latest and (latest.step, latest.seen_on, latest.evidence, latest.next_on) == (
            step,
            day,
            evidence,
            next_on,
        )
        if not same:
            work.customer_steps.add(deal, step=step, seen_on=day, evidence=evidence, next_on=next_on)
        state = state_of(load_file(work, code), on, closed_deals(work))
    return SeenStep(state.file.sightings[-1], not same, state)
