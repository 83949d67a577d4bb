"""Dates of a tender against each other and against legal minimum periods."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.requirements.facts.lines import Line
from bidkit.requirements.model import FactValue
from bidkit.vocabulary.tables import table

_COLUMNS = (
    "rule", "regime", "from", "to", "at_least", "unit", "severity", "source", "effective_from", "effective_to",
)  # fmt: skip
_FRONT_LINES = 60


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """At least `at_least` calendar days from one date to another; 0 only asks for the order.

    `regime` names the law the tender is under ("any" for all); the rule holds for periods that begin on or after
    `effective_from` and, where `effective_to` is set, not after it.
    """

    rule: str
    regime: str
    first: str
    second: str
    at_least: int
    severity: Severity
    source: str
    effective_from: date
    effective_to: date


@cache
def deadline_rules() -> tuple[DeadlineRule, ...]:
    """The rules of `schemas/rules/deadlines.csv` in file order."""
    return tuple(
        DeadlineRule(
            row["rule"],
            row["regime"],
            row["from"],
            row["to"],
            int(row["at_least"]),
            Severity(row["severity"]),
            row["source"],
            date.fromisoformat(row["effective_from"] or "0001-01-01"),
            date.fromisoformat(row["effective_to"] or "9999-12-31"),
        )
        for row in table("rules/deadlines.csv", _COLUMNS)
    )


def deadline_findings(moments: Mapping[str, FactValue], regime: str) -> tuple[Finding, ...]:
    """A finding for every rule that the dates break; a rule whose dates are not stated is not tried.

    `moments` holds ISO dates by key, among them "issue_date". The day a period starts on is not counted
    (民法典 第二百零一条).
    """
    found = []
    for rule in deadline_rules():
        first, second = moments.get(rule.first), moments.get(rule.second)
        if first is None or second is None or rule.regime not in ("any", regime):
            continue
        if rule.effective_from <= _moment(first).date() <= rule.effective_to:
            found += _broken(rule, first, second)
    return tuple(found)


def regime_of(lines: Sequence[Line], language: Language) -> str:
    """The regime named first on the front of a document, in the order of `fact_regimes.csv`; "" where none is."""
    text = "\n".join(re.sub(r"\s", "", line.text) for line in lines[:_FRONT_LINES])
    for row in table("cues/fact_regimes.csv", ("regime", "language", "pattern", "source")):
        if row["language"] == language and re.search(row["pattern"], text):
            return row["regime"]
    return ""


def _broken(rule: DeadlineRule, first: FactValue, second: FactValue) -> list[Finding]:
    start, end = _moment(first), _moment(second)
    days = (end.date() - start.date()).days
    both_timed = "T" in str(first.value) and "T" in str(second.value)
    wrong_order = end < start if both_timed else days < 0
    if rule.at_least == 0 and wrong_order:
        return [_finding("dates-out-of-order", rule, first, second, days)]
    if 0 <= days < rule.at_least:
        return [_finding("submission-period-short", rule, first, second, days)]
    return []


def _finding(code: str, rule: DeadlineRule, first: FactValue, second: FactValue, days: int) -> Finding:
    values = (
        ("first", rule.first),
        ("first_value", str(first.value)),
        ("second", rule.second),
        ("second_value", str(second.value)),
        ("days", str(days)),
        ("at_least", str(rule.at_least)),
        ("source", rule.source),
    )
    return Finding(code, rule.severity, values, (first.anchor, second.anchor))


def _moment(value: FactValue) -> datetime:
    return datetime.fromisoformat(str(value.value))
