"""Closing a deal: won, lost or abandoned, with the reason and how far it had got."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bidkit.kernel.deal import Ending, Outcome
from bidkit.kernel.errors import Conflict, UsageError
from bidkit.store import Store
from bidkit.usecases.deal_file import load_file, today
from bidkit.usecases.gate_state import state_of


@dataclass(frozen=True, slots=True)
class Closed:
    """How the deal ended, and whether this call closed it."""

    ending: Ending
    changed: bool


def close_deal(store: Store, *, code: str, outcome: Outcome, reason: str, actor: str, on: date | None = None) -> Closed:
    """The ending of the deal, today by default, with the position it had; won and lost ones feed the win probability.

    Running it twice changes nothing: an equal outcome with an equal reason is left as it is. Raises NotFound,
    UsageError without a reason or for a day to come, Conflict where the deal was closed otherwise.
    """
    now = today(store)
    day = on or now
    if not reason.strip():
        raise UsageError(
            "closing a deal needs a reason", where="--reason", next_step="say why; later deals learn from it"
        )
    if day > now:
        raise UsageError("this day is still to come", where="--on", next_step="give the day the deal ended")
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        file = load_file(work, code)
        before = file.profile.ending
        if before is not None:
            same = (before.outcome, before.reason) == (outcome, reason.strip()) and on in (None, before.on)
            if same:
                return Closed(before, changed=False)
            raise Conflict(
                f"the deal was closed as {before.outcome.value} on {before.on}",
                where=code,
                next_step="open a new deal if it comes to life again",
            )
        reach = state_of(file, now).position.declared
        ending = Ending(outcome, reason.strip(), day, reach.entered, reach.completed)
        work.profiles.save(deal, replace(file.profile, ending=ending))
    return Closed(ending, changed=True)
