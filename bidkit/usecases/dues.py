"""The days on which something falls due in a deal: its own next date, the customer's, the tender's, ends of waivers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from bidkit.documents.brief_dates import moment
from bidkit.documents.reports.model import Due
from bidkit.gates.alignment import CustomerStep
from bidkit.gates.model import Waiver
from bidkit.kernel.deal import DealProfile
from bidkit.vocabulary.stages import StageModel

TENDER_FACTS = ("question_deadline", "submission_deadline", "opening_time", "bid_validity_days")
_LONGEST_VALIDITY = 3650
_PLAIN = "next_date"


def profile_due(profile: DealProfile) -> tuple[Due, ...]:
    """The next date entered for the deal, in the words it was entered with."""
    return (Due(profile.next_what or _PLAIN, profile.next_on),) if profile.next_on else ()


def tender_dues(facts: Mapping[str, Any]) -> tuple[Due, ...]:
    """The dates a tender states, by the values of its key facts; what is no date is left out."""
    found = {key: moment(facts[key]) for key in TENDER_FACTS[:3] if key in facts}
    dues = [Due(key, at[0]) for key, at in found.items() if at]
    deadline, days = found.get("submission_deadline"), facts.get("bid_validity_days")
    if deadline and isinstance(days, int | float) and 0 < days <= _LONGEST_VALIDITY:
        dues.append(Due("bid_validity_end", deadline[0] + timedelta(days=int(days))))
    return tuple(dues)


def step_dues(model: StageModel, steps: Iterable[CustomerStep]) -> tuple[Due, ...]:
    """The customer's next date by the latest step seen, and the day from which that step is out of date."""
    latest = max(steps, key=lambda step: step.seen_on, default=None)
    if latest is None:
        return ()
    stale = Due("step_stale", latest.seen_on + timedelta(days=model.freshness_days + 1))
    return (*((Due("customer_date", latest.next_date),) if latest.next_date else ()), stale)


def waiver_dues(waivers: Iterable[Waiver]) -> tuple[Due, ...]:
    """The last day of each waiver that has one and was not withdrawn."""
    return tuple(Due("waiver_ends", w.until) for w in waivers if w.until is not None and w.withdrawn_at is None)


def wanted_by(dues: Iterable[Due], on: date) -> Due | None:
    """The next of our, the customer's and the tender's dates from `on` on; else the last one missed, if any.

    The end of a waiver and the ageing of a step are reminders, not dates of the deal.
    """
    real = [due for due in dues if due.what not in ("step_stale", "waiver_ends")]
    ahead = [due for due in real if due.on >= on]
    return min(ahead, key=lambda due: due.on) if ahead else max(real, key=lambda due: due.on, default=None)
