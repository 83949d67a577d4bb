"""How much time there is before the submission deadline."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bidkit.gates.sealing.model import Fault, Looked, Situation
from bidkit.gates.sealing.rules import sealing_rules
from bidkit.kernel.language import Language
from bidkit.requirements.model import KeyFact

_BEIJING = ZoneInfo("Asia/Shanghai")


def deadline_of(situation: Situation) -> datetime | None:
    """The aware submission deadline; None where the tender gives no readable day and time.

    A Chinese tender means Beijing time, another without zone the time of this machine.
    """
    fact = situation.fact("submission_deadline")
    try:
        moment = datetime.fromisoformat(str(fact.winner.value)) if fact and "T" in str(fact.winner.value) else None
    except ValueError:
        return None
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=_BEIJING) if situation.tender.language is Language.ZH else moment.astimezone()


def deadline_open(situation: Situation) -> Looked:
    """A fault where the deadline has passed."""
    moment, fact = deadline_of(situation), situation.fact("submission_deadline")
    if moment is None or fact is None:
        return Looked(hindrance="no-deadline")
    if situation.now > moment:
        return Looked((_fault("deadline-open", "deadline-passed", moment, fact, moment - situation.now),), count=1)
    return Looked(count=1)


def deadline_buffer(situation: Situation) -> Looked:
    """A fault where less than the hours of the rules are left, but some."""
    moment, fact = deadline_of(situation), situation.fact("submission_deadline")
    if moment is None or fact is None:
        return Looked(hindrance="no-deadline")
    left = moment - situation.now
    if timedelta(0) <= left < timedelta(hours=sealing_rules().near_deadline_hours):
        return Looked((_fault("deadline-buffer", "deadline-near", moment, fact, left),), count=1)
    return Looked(count=1)


def _fault(rule: str, reason: str, moment: datetime, fact: KeyFact, left: timedelta) -> Fault:
    values = (("deadline", moment.isoformat(" ", "minutes")), ("minutes", str(int(left.total_seconds() // 60))))
    return Fault(rule, reason, reason, values, clause=fact.winner.anchor, basis=str(fact.winner.value))
