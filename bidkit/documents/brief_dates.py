"""The dates of a brief: countdown and timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bidkit.documents.brief_view import Badge, Stop
from bidkit.kernel.language import Language
from bidkit.requirements.model import KeyFact
from bidkit.vocabulary.tables import label

_SOON = 7
_LONGEST_VALIDITY = 3650
_EVENTS = ("question_deadline", "submission_deadline", "opening_time")


@dataclass(frozen=True, slots=True)
class _Event:
    on: date
    name: str
    when: str
    main: bool


def moment(value: object) -> tuple[date, str] | None:
    """The day and the printable time of an ISO 8601 value; None where it is no date."""
    text = str(value).strip().replace(" ", "T", 1)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.date(), at.strftime("%Y-%m-%d %H:%M") if "T" in text else at.strftime("%Y-%m-%d")


def badge_of(facts: Mapping[str, KeyFact], today: date, language: Language) -> Badge:
    """Days from `today` to the submission deadline."""
    fact = facts.get("submission_deadline")
    found = moment(fact.winner.value) if fact else None
    if not found:
        return Badge("–", "", _say("days.unknown", language), "unknown")
    left = (found[0] - today).days
    if left < 0:
        return Badge(_say("days.past", language), "", _say("days.ago", language).format(count=-left), "late")
    if left == 0:
        return Badge("0", _say("days.unit", language), _say("days.today", language), "soon")
    unit = _say("days.unit.one" if left == 1 else "days.unit", language)
    return Badge(str(left), unit, _say("days.left", language), "soon" if left <= _SOON else "calm")


def stops_of(facts: Mapping[str, KeyFact], today: date, language: Language) -> tuple[Stop, ...]:
    """The tender's dates and today in order of time; dates that fall together share a stop. Empty without any date."""
    events = _events(facts, language)
    if not events:
        return ()
    events.append(_Event(today, _say("today", language), today.isoformat(), False))
    stops: list[Stop] = []
    before: date | None = None
    for event in sorted(events, key=lambda e: (e.on, e.when)):
        if stops and stops[-1].when == event.when and stops[-1].state != "today":
            last = stops[-1]
            state = "deadline" if event.main else last.state
            stops[-1] = Stop(f"{last.name} / {event.name}", last.when, state, last.gap)
            continue
        gap = (event.on - before).days if before else 0
        words = _say("days.gap", language).format(count=gap) if gap else ""
        stops.append(Stop(event.name, event.when, _state(event, today, language), words))
        before = event.on
    return tuple(stops)


def _events(facts: Mapping[str, KeyFact], language: Language) -> list[_Event]:
    events = []
    for key in _EVENTS:
        found = moment(facts[key].winner.value) if key in facts else None
        if found:
            events.append(_Event(found[0], label("key_facts", key, language), found[1], key == "submission_deadline"))
    deadline = next((event for event in events if event.main), None)
    validity = facts.get("bid_validity_days")
    days = validity.winner.value if validity else None
    if deadline and isinstance(days, int | float) and 0 < days <= _LONGEST_VALIDITY:
        end = deadline.on + timedelta(days=int(days))
        events.append(_Event(end, _say("validity_end", language), end.isoformat(), False))
    return events


def _state(event: _Event, today: date, language: Language) -> str:
    if event.name == _say("today", language):
        return "today"
    if event.on < today:
        return "past"
    return "deadline" if event.main else "ahead"


def _say(code: str, language: Language) -> str:
    return label("brief", code, language)
