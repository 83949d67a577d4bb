"""What a text says about a commercial term, and what comes out when two such values are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bidkit.kernel.language import Language
from bidkit.kernel.quantity import Bound, DayType
from bidkit.vocabulary.tables import label
from bidkit.vocabulary.terms import term_base


class ValueKind(StrEnum):
    """What sort of value stands in the text."""

    MONEY = "money"
    PERCENT = "percent"
    RATE = "rate"  # a share per day, week, month or year
    PERIOD = "period"
    DATE = "date"
    QUANTITY = "quantity"
    GRADE = "grade"  # IP65, 一级, USB 3.0
    SIZE = "size"  # 800 x 900 x 2000 mm
    SERVICE_HOURS = "service_hours"  # 7 x 24
    SPLIT = "split"  # payment stages
    CHOICE = "choice"
    FORUM = "forum"  # court, arbitration, governing law
    ABSENT = "absent"  # said not to exist, or to have no limit
    BLANK = "blank"  # a label with a gap to be filled in
    TEXT = "text"


class Direction(StrEnum):
    """The offer against the requirement, seen by the purchaser."""

    POSITIVE = "positive"
    NONE = "none"
    NEGATIVE = "negative"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Share:
    """One payment stage: percent of the price, and the event code it falls due on with that event's rank in time."""

    percent: Decimal
    event: str | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class TermValue:
    """One value with everything that decides what it means.

    `value` and `upper` are numbers in `unit` (code of units.csv, ISO currency, or the printed unit where it is in no
    list); `basis` and `start_event` are verbatim, `basis_code` and `event` their codes; `per` the period of a rate;
    `choice` the code chosen ("zero" or "unlimited" for ABSENT, the grade's name for GRADE); `numbers` the figures of
    a grade, size or working week; `label` the words in front; `term` the term it belongs to, None where none is
    named. `start` and `end` are offsets in the text that was read, `text` is that piece.
    """

    kind: ValueKind
    text: str
    start: int
    end: int
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    bound: Bound = Bound.EXACT
    basis: str | None = None
    basis_code: str | None = None
    per: str | None = None
    start_event: str | None = None
    event: str | None = None
    day_type: DayType | None = None
    moment: date | None = None
    choice: str | None = None
    numbers: tuple[Decimal, ...] = ()
    shares: tuple[Share, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    label: str = ""
    term: str | None = None

    @property
    def filled(self) -> bool:
        """Whether the text states the value; False for a label in front of a gap."""
        return self.kind is not ValueKind.BLANK

    def as_json(self) -> dict[str, Any]:
        """The value as plain data; fields that say nothing are left out, numbers are texts to stay exact."""
        plain: dict[str, Any] = {"kind": self.kind.value, "text": self.text}
        for name in ("term", "value", "upper", "unit", "basis", "basis_code", "per", "start_event", "event", "choice"):
            got = getattr(self, name)
            if got is not None and got != "":
                plain[name] = format(got, "f") if isinstance(got, Decimal) else got
        if self.bound is not Bound.EXACT:
            plain["bound"] = self.bound.value
        if self.day_type:
            plain["day_type"] = self.day_type.value
        if self.moment:
            plain["date"] = self.moment.isoformat()
        if self.numbers:
            plain["numbers"] = [format(number, "f") for number in self.numbers]
        if self.shares:
            plain["shares"] = [{"percent": format(s.percent, "f"), "event": s.event} for s in self.shares]
        if self.facets:
            plain["facets"] = dict(self.facets)
        return {**plain, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A direction with its reason (a code of codelists/comparison.csv and the words to fill in) and both values."""

    direction: Direction
    reason: str
    words: Mapping[str, str] = field(default_factory=dict)
    required: tuple[TermValue, ...] = ()
    offered: tuple[TermValue, ...] = ()
    term: str | None = None

    def why(self, language: Language) -> str:
        """The reason as a sentence."""
        words = dict(self.words)
        if self.term:
            words["name"] = term_base()[self.term].label.of(language)
        return label("comparison", self.reason, language).format(**words)
