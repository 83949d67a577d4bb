"""Moments and validity periods out of a reading."""

from __future__ import annotations

import re

from bidkit.requirements.facts.reading import Reading
from bidkit.terms.dates import find_dates
from bidkit.terms.quantities import find_quantities

_SPAN = 150
_BRACKETED = re.compile(r"[(（](days?|天|日历天|日)[)）]", re.IGNORECASE)
_DAYS_PER = {"day": 1, "month": 30, "week": 7}


def moment(reading: Reading) -> str | None:
    """ISO 8601 local time to the minute, or the plain date where no time is printed."""
    at = reading.tail.find(reading.text) if reading.text else -1
    text = reading.tail[at:] if at >= 0 else f"{reading.text}\n{reading.tail}"
    found = find_dates(reading.text, day_first=reading.day_first)
    if not any(day.has_time for day in found):
        found = find_dates(text[:_SPAN], day_first=reading.day_first)
    if not found:
        return None
    return found[0].iso


def days(reading: Reading) -> int | None:
    """A period in days; months count 30 days."""
    text = reading.text if find_quantities(reading.text) else f"{reading.text} {reading.tail}"
    for quantity in find_quantities(_BRACKETED.sub(r" \1", text)[:_SPAN]):
        if quantity.unit in _DAYS_PER and 1 <= quantity.value <= 720:
            total = quantity.value * _DAYS_PER[quantity.unit]
            return int(total) if 15 <= total <= 730 else None
    return None
