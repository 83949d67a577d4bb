"""Readings -> typed values, one reader for each kind of fact."""

from __future__ import annotations

import re
from collections.abc import Callable

from bidkit.requirements.facts.amounts import money, security, share
from bidkit.requirements.facts.codes import code, count
from bidkit.requirements.facts.cover import names_a_body
from bidkit.requirements.facts.cues import answers, rejects
from bidkit.requirements.facts.kinds import kinds
from bidkit.requirements.facts.moments import days, moment
from bidkit.requirements.facts.options import chosen_option
from bidkit.requirements.facts.phrases import copies, method, name, phrase, place, stages
from bidkit.requirements.facts.reading import Reading

Value = str | int | float | bool


def value_of(reading: Reading) -> Value | None:
    """The typed value of a reading; None where it holds none, refers elsewhere or is voided by an exclusion."""
    if _voided(reading):
        return None
    if reading.literal in ("true", "false"):
        return reading.literal == "true"
    if reading.literal.strip().isdigit():
        return int(reading.literal)
    value = _READERS[kinds()[reading.key]](reading)
    by_value = rejects(reading.key, "value")
    if isinstance(value, str) and kinds()[reading.key] in ("name", "stages") and by_value and by_value.search(value):
        return None
    if (
        reading.key == "buyer"
        and reading.stated
        and isinstance(value, str)
        and not names_a_body(value, reading.language)
    ):
        return None
    return value


def _voided(reading: Reading) -> bool:
    by_value, by_line = rejects(reading.key, "value"), rejects(reading.key, "line")
    around = reading.tail if reading.literal else f"{reading.line.text[: reading.start]}{_clause(reading)}"
    if by_line and by_line.search(around):
        return True
    return bool(by_value and not reading.literal and by_value.search(reading.text.strip()))


def _clause(reading: Reading) -> str:
    """The text of a reading; of a labelled amount only the clause that holds it, for its conditions may follow."""
    if reading.stated or kinds()[reading.key] not in _AMOUNTS:
        return reading.text
    ends = _CLAUSE_AFTER_NUMBER.search(reading.text)
    return reading.text[: ends.start("end")] if ends else reading.text


_AMOUNTS = frozenset({"money", "security", "share"})
_CLAUSE_AFTER_NUMBER = re.compile(r"\d[^，。；;\n]*(?P<end>[，。；;\n])")
_HEAD = re.compile(r"[^，。；,;\n（(]*")


def _answer(reading: Reading) -> bool | None:
    chosen = chosen_option(reading.text or reading.tail.split("\n")[0])
    if reading.tail and not reading.text:
        chosen = chosen_option(reading.tail[:60])
    if not chosen:
        return None
    text = chosen.strip(" （(【")
    head = _HEAD.match(text)
    if reading.key == "subcontracting_allowed" and len(text) > len(head[0] if head else ""):
        text = head[0] if head else text
        if len(text) > 14 or "转包" in text:
            return None
    if answers("false").search(text[:30]):
        return False
    return True if answers("true").search(text[:30]) else None


_READERS: dict[str, Callable[[Reading], Value | None]] = {
    "name": name,
    "code": code,
    "money": money,
    "moment": moment,
    "place": place,
    "days": days,
    "security": security,
    "share": share,
    "phrase": phrase,
    "stages": stages,
    "method": method,
    "answer": _answer,
    "copies": copies,
    "count": count,
}
