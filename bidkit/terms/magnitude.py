"""Numbers brought to one unit, so that 0.5‰ a day and 0.35 % a week, 36 months and 3 years can be held side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil, floor

from bidkit.kernel.quantity import DayType
from bidkit.terms.cues import scales
from bidkit.terms.model import TermValue, ValueKind

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {
    "millisecond": Decimal(1) / 86400000,
    "second": Decimal(1) / 86400,
    "minute": Decimal(1) / 1440,
    "hour": Decimal(1) / 24,
    "day": Decimal(1),
    "week": Decimal(7),
}
_PER_DAYS = {"hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7)}
_PER_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_MONTH = Decimal("30.4375")
_CLOSE = Decimal("0.05")
_SHARE = {"percent": Decimal(1), "permille": Decimal("0.1"), "per_ten_thousand": Decimal("0.01")}
_ROUNDING = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Magnitude:
    """A value in its base unit. Numbers of one `family` are exact to each other; `low`..`high` holds across families.

    `dimension` tells what can be compared at all; `upper` is the other end of a range.
    """

    dimension: str
    family: str
    value: Decimal
    upper: Decimal | None
    low: Decimal
    high: Decimal


def magnitude_of(value: TermValue) -> Magnitude | None:
    """The value in base units: shares in percent (a day, for a rate), periods in days or months, money by currency.

    None for what has no size: texts, choices, gaps.
    """
    if value.kind is ValueKind.DATE and value.moment is not None:
        day = Decimal(_ordinal(value.moment))
        return Magnitude("date", "date", day, None, day, day)
    if value.value is None or value.kind in (ValueKind.SPLIT, ValueKind.GRADE, ValueKind.SIZE):
        return None
    if value.kind is ValueKind.PERIOD:
        return _period(value)
    dimension, factor = _scale(value)
    if dimension == "storage":
        return _storage(value, factor)
    family, divisor = _rate(value.per)
    number, upper = value.value * factor / divisor, None if value.upper is None else value.upper * factor / divisor
    slack = _CLOSE if family == "per month" else Decimal(0)
    return Magnitude(
        dimension + (" rate" if value.per else ""), family, number, upper, number * (1 - slack), number * (1 + slack)
    )


def compare(required: Magnitude, offered: Magnitude) -> int | None:
    """-1, 0 or 1 as `offered` is smaller, equal or larger; None where units that do not convert leave it open."""
    if required.family == "date" == offered.family:
        return (offered.value > required.value) - (offered.value < required.value)
    if required.family == offered.family:
        return _sign(offered.value, required.value)
    if required.dimension == "storage" and (required.low == offered.low or required.high == offered.high):
        return 0
    if offered.low >= required.high and offered.high > required.low:
        return 1 if offered.low > required.high or "working" in (required.family, offered.family) else None
    if offered.high <= required.low and offered.low < required.high:
        return -1 if offered.high < required.low or "working" in (required.family, offered.family) else None
    return None


def same_magnitude(first: Magnitude, second: Magnitude) -> bool:
    """Whether two values say the same, up to rounding to a hundredth."""
    if first.dimension != second.dimension or (first.upper is None) is not (second.upper is None):
        return False
    return abs(first.value - second.value) <= max(abs(first.value), abs(second.value)) * Decimal("0.01")


def _sign(left: Decimal, right: Decimal) -> int:
    if abs(left - right) <= max(abs(left), abs(right)) * _ROUNDING:
        return 0
    return 1 if left > right else -1


def _period(value: TermValue) -> Magnitude | None:
    number, upper = value.value or Decimal(0), value.upper
    if value.unit in _MONTHS:
        months = number * _MONTHS[value.unit]
        top = None if upper is None else upper * _MONTHS[value.unit]
        low, high = _shortest(months), _longest(months if top is None else top)
        return Magnitude("time", "month", months, top, low, high)
    if value.unit not in _DAYS:
        return None
    days = number * _DAYS[value.unit]
    top = None if upper is None else upper * _DAYS[value.unit]
    if value.day_type is DayType.WORKING:
        weeks = Decimal(floor((max(days, Decimal(1)) - 1) / 5))
        longest = days if top is None else top
        # Part of a working day is counted in hours of work, so it may be as short as a quarter of that in hours.
        least = days / 4 if days < 1 else days + 2 * weeks
        return Magnitude("time", "working", days, top, least, longest * 7 / 5 + 10)
    return Magnitude("time", "day", days, top, days, days if top is None else top)


def _storage(value: TermValue, factor: Decimal) -> Magnitude:
    """A kilobyte is 1000 or 1024 bytes; both readings are kept."""
    thousands = len(str(int(factor))) // 3
    number, upper = value.value or Decimal(0), value.upper
    top = number if upper is None else upper
    scaled = None if upper is None else upper * factor
    return Magnitude("storage", value.unit, number * factor, scaled, number * factor, top * 1024**thousands)


def _shortest(months: Decimal) -> Decimal:
    return Decimal(28) if months == 1 else Decimal(max(0, floor(months * Decimal("30.4")) - 2))


def _longest(months: Decimal) -> Decimal:
    return Decimal(31) if months == 1 else Decimal(ceil(months * Decimal("30.5")) + 1)


def _scale(value: TermValue) -> tuple[str, Decimal]:
    if value.unit in _SHARE:
        return "share", _SHARE[value.unit]
    if value.kind is ValueKind.MONEY:
        return f"money {value.unit}", Decimal(1)
    scale = scales().get(value.unit)
    if scale:
        return scale.dimension, scale.factor
    return f"unit {value.unit.strip().lower()}", Decimal(1)


def _rate(per: str | None) -> tuple[str, Decimal]:
    if per in _PER_DAYS:
        return "per day", _PER_DAYS[per]
    if per in _PER_MONTHS:
        return "per month", _MONTH * _PER_MONTHS[per]
    return "", Decimal(1)


def _ordinal(moment: date) -> float:
    whole = moment.toordinal()
    return whole + (moment.hour * 60 + moment.minute) / 1440 if isinstance(moment, datetime) else whole
