"""Who has to do what by when: the duties of a contract, and the clocks of the law that start with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from bidkit.contract.check_cues import check_cue
from bidkit.contract.law_text import day_of
from bidkit.contract.model import Sentence
from bidkit.contract.parties import Subject, subject_of
from bidkit.contract.review_model import ContractView
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.identity import content_id
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import DayType
from bidkit.respond.calendar import Calendar
from bidkit.terms.dates import find_dates
from bidkit.terms.model import TermValue, ValueKind
from bidkit.terms.read import read_term_values
from bidkit.vocabulary.contract_rules import read_basis
from bidkit.vocabulary.records import Label
from bidkit.vocabulary.tables import table

_CLOCKS = "rules/contract_clocks.csv"
_CLOCK_COLUMNS = (
    *("clock", "regimes", "from", "days", "day_type", "who", "kind", "basis"),
    *("effective_from", "effective_to", "zh", "en"),
)
_UNITS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_WORKING = "working"
_SHORTEST = 6
_STAGES = re.compile(r"[，；,;]|\band\b")


class Kind(StrEnum):
    """What sort of duty it is."""

    PAYMENT = "payment"
    DELIVERY = "delivery"
    ACCEPTANCE = "acceptance"
    SECURITY = "security"
    NOTICE = "notice"
    WARRANTY = "warranty"


# The first cue that fits tells the kind: securities are paid and delivered too.
_KINDS = (
    ("gives_back", Kind.SECURITY),
    ("provides_security", Kind.SECURITY),
    ("pays", Kind.PAYMENT),
    ("accepts", Kind.ACCEPTANCE),
    ("delivers", Kind.DELIVERY),
    ("notifies", Kind.NOTICE),
)
_WHO = {Subject.BUYER: "them", Subject.SUPPLIER: "us", Subject.BOTH: "both", Subject.NOBODY: "unknown"}


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty. `who` is us, them, both or unknown; `rule` the period or date as printed; `due_on` None while the
    event it counts from has not happened or is not known. `estimated` where working days were counted without a
    published calendar. `basis` are (law, article) pairs for what the law asks.
    """

    id: str
    kind: Kind
    who: str
    text: str
    rule: str
    due_on: date | None
    number: str = ""
    anchor: Anchor | None = None
    basis: tuple[tuple[str, str], ...] = ()
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Milestones:
    """The days from which duties count: event code -> day ("contract_signing", "award", "delivery", …)."""

    days: Mapping[str, date]

    def of(self, event: str | None) -> date | None:
        """The day of the event, None where it is not known."""
        return self.days.get(event or "")


def obligations_of(view: ContractView, milestones: Milestones, calendar: Calendar) -> tuple[Obligation, ...]:
    """Every sentence that puts a duty on somebody by a date or within a period, in reading order.

    A sentence with several periods gives one for each. Without a stated start event nothing is counted.
    """
    return tuple(_contract_duties(view, milestones, calendar))


def legal_clocks(
    regime: str, milestones: Milestones, calendar: Calendar, language: Language, on: date
) -> tuple[Obligation, ...]:
    """What the law asks under this regime once the contract was awarded and signed, in the order of the rules."""
    return tuple(_clock(row, milestones, calendar, language) for row in _clocks() if _applies(row, regime, on))


def _contract_duties(view: ContractView, milestones: Milestones, calendar: Calendar) -> Iterator[Obligation]:
    obliges = check_cue("obliges", view.language)
    for clause in view.clauses:
        for sentence in clause.sentences:
            kind = _kind(sentence.text, view.language)
            if kind is None or not (obliges.search(sentence.text) or kind is Kind.PAYMENT):
                continue
            for at, (text, value) in enumerate(_timed(sentence, kind, view.language)):
                told = Kind.WARRANTY if value.term == "warranty" else kind
                yield _duty(view, clause.number, sentence, text, told, value, at, milestones, calendar)


def _timed(sentence: Sentence, kind: Kind, language: Language) -> list[tuple[str, TermValue]]:
    """What is said with its time: the stages of a payment one by one, else the whole sentence."""
    whole = sentence.text.strip()
    if kind is Kind.PAYMENT:
        pieces = [piece.strip() for piece in _STAGES.split(whole)]
        stages = [
            (whole if len(piece) < _SHORTEST else piece, v)
            for piece in pieces
            for v in read_term_values(piece, None, language)
            if _is_time(v)
        ]
        if len(stages) > 1:
            return stages
    found = [value for value in read_term_values(whole, None, language) if _is_time(value)]
    return [(whole, value) for value in found or _dates(sentence)]


def _is_time(value: TermValue) -> bool:
    if value.kind is ValueKind.PERIOD:
        return value.start_event is not None and value.unit in _UNITS.keys() | _MONTHS.keys()
    return value.kind is ValueKind.DATE


def _dates(sentence: Sentence) -> list[TermValue]:
    return [
        TermValue(ValueKind.DATE, sentence.text[d.start : d.end], d.start, d.end, moment=day_of(d))
        for d in find_dates(sentence.text)
    ]


def _duty(
    view: ContractView,
    number: str,
    sentence: Sentence,
    text: str,
    kind: Kind,
    value: TermValue,
    at: int,
    milestones: Milestones,
    calendar: Calendar,
) -> Obligation:
    due, estimated = due_day(value, milestones, calendar)
    rule = value.text.strip()
    if value.start_event:
        rule = f"{value.start_event.strip()} {rule}"
    match = check_cue("obliges", view.language).search(sentence.text)
    end = match.start() if match else value.start
    anchor = view.reading.document.blocks[sentence.block].anchor
    who = _WHO[subject_of(sentence.text, end, view.parties, view.language)]
    made = content_id("ob", number, text, str(at))
    return Obligation(made, kind, who, text, rule, due, number, anchor, estimated=estimated)


def due_day(value: TermValue, milestones: Milestones, calendar: Calendar) -> tuple[date | None, bool]:
    """The last day of a period or the stated day, and whether it is an estimate; None while its start is unknown.

    The first day is not counted (Civil Code, article 201).
    """
    if value.kind is ValueKind.DATE:
        return value.moment, False
    start = milestones.of(value.event)
    if start is None or value.value is None:
        return None, False
    count = int(value.upper or value.value)
    if value.day_type is DayType.WORKING and value.unit == "day":
        due = calendar.after(start, count)
        return due, calendar.fact(due).estimated
    if value.unit in _UNITS:
        return start + timedelta(days=count * _UNITS[value.unit]), False
    if value.unit in _MONTHS:
        return _months_later(start, count * _MONTHS[value.unit]), False
    return None, False


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    return date(day.year + years, month + 1, min(day.day, 28))


def _kind(text: str, language: Language) -> Kind | None:
    return next((kind for cue, kind in _KINDS if check_cue(cue, language).search(text)), None)


@cache
def _clocks() -> tuple[dict[str, str], ...]:
    return table(_CLOCKS, _CLOCK_COLUMNS)


def _applies(row: Mapping[str, str], regime: str, on: date) -> bool:
    since, until = row["effective_from"], row["effective_to"]
    in_force = date.fromisoformat(since) <= on and (not until or on <= date.fromisoformat(until))
    return in_force and regime in row["regimes"].split()


def _clock(row: Mapping[str, str], milestones: Milestones, calendar: Calendar, language: Language) -> Obligation:
    start = milestones.of("award" if row["from"] == "award" else "contract_signing")
    days, due, estimated = int(row["days"]), None, False
    if start is not None and row["day_type"] == _WORKING:
        due = calendar.after(start, days)
        estimated = calendar.fact(due).estimated
    elif start is not None:
        due = start + timedelta(days=days)
    return Obligation(
        id=content_id("clock", row["clock"], row["regimes"]),
        kind=Kind(row["kind"]),
        who=row["who"],
        text=Label(row["zh"], row["en"]).of(language),
        rule=row["from"],
        due_on=due,
        basis=read_basis(row["basis"], _CLOCKS),
        estimated=estimated,
    )
