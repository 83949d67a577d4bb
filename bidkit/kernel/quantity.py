"""Money and quantities: numbers that never lose their unit, bound and basis."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Bound(StrEnum):
    """How a number limits what may be offered."""

    EXACT = "="
    AT_LEAST = ">="
    AT_MOST = "<="
    MORE_THAN = ">"
    LESS_THAN = "<"
    RANGE = "range"


class DayType(StrEnum):
    """Which days a period in days counts."""

    CALENDAR = "calendar"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of `currency` (ISO 4217), never in 万元 or thousands."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A typed value in a text.

    `value` is the number (lower end of a range, `upper` the other end); `unit` a code of
    `schemas/codelists/units.csv` ("day", "month", "percent", "permille", "CNY", "USD", "mm", …);
    `bound` how it limits; `basis` what it is a share of ("合同总价") or counted per ("per day");
    `start_event` from when a period runs ("验收合格之日"); `day_type` only for days.
    `start` and `end` are character offsets of the printed value in the text it was read from.
    """

    value: Decimal
    unit: str
    bound: Bound = Bound.EXACT
    upper: Decimal | None = None
    basis: str | None = None
    start_event: str | None = None
    day_type: DayType | None = None
    start: int = 0
    end: int = 0
