"""Working days, make-up days included.

China's holidays are published year by year: `chinesecalendar` has the published years, rows of
`schemas/rules/working_days.csv` add to it or correct it for any region. A day of a year nobody has published yet is
judged by its weekday and marked as an estimate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

import chinese_calendar

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import BrokenVocabulary, table

_PATH = "rules/working_days.csv"
_COLUMNS = ("region", "from", "to", "working", "source")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DayFact:
    """Whether people work on a day; `estimated` where no published calendar says so."""

    working: bool
    estimated: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of a region: "cn", or any other name for Monday to Friday with the exceptions given."""

    region: str
    exceptions: Mapping[date, bool]

    def fact(self, day: date) -> DayFact:
        """Whether `day` is a working day, and whether that is an estimate."""
        if day in self.exceptions:
            return DayFact(self.exceptions[day], estimated=False)
        if self.region != "cn":
            return DayFact(day.weekday() < _SATURDAY, estimated=False)
        try:
            return DayFact(bool(chinese_calendar.is_workday(day)), estimated=False)
        except NotImplementedError:
            return DayFact(day.weekday() < _SATURDAY, estimated=True)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days there are after `start` up to and including `end`; 0 where `end` is not later."""
        return sum(self.fact(start + timedelta(n)).working for n in range(1, (end - start).days + 1))

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; with 0 the day itself, moved forward to a working day."""
        return self._step(day, count, 1)

    def before(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`; with 0 the day itself, moved back to a working day."""
        return self._step(day, count, -1)

    def _step(self, day: date, count: int, direction: int) -> date:
        if count < 0:
            return self._step(day, -count, -direction)
        while count or not self.fact(day).working:
            day += timedelta(direction)
            if count and self.fact(day).working:
                count -= 1
        return day


def calendar_of(language: Language, extra: Mapping[date, bool] | None = None) -> Calendar:
    """The calendar for deals in this language; `extra` are days the organisation itself works or rests."""
    region = "cn" if language is Language.ZH else "en"
    return Calendar(region, MappingProxyType({**_exceptions(region), **(extra or {})}))


@cache
def _exceptions(region: str) -> dict[date, bool]:
    found: dict[date, bool] = {}
    for row in table(_PATH, _COLUMNS):
        if row["region"] != region:
            continue
        first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["to"] or row["from"])
        if last < first or row["working"] not in ("yes", "no"):
            raise BrokenVocabulary(f"the row of {first} cannot be read", where=_PATH, next_step="mend it")
        for n in range((last - first).days + 1):
            found[first + timedelta(n)] = row["working"] == "yes"
    return found
