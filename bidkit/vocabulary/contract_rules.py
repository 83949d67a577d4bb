"""Computable checks of contracts and the laws behind them, read from `schemas/rules/contract_*.csv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from bidkit.vocabulary.records import Label
from bidkit.vocabulary.tables import BrokenVocabulary, table

_LAWS, _CHECKS, _RATES = "rules/contract_laws.csv", "rules/contract_checks.csv", "rules/tax_rates.csv"
_LAW_COLUMNS = ("code", "zh", "en", "effective_from", "effective_to", "replaced_by", "cited", "note")
_CHECK_COLUMNS = (
    *("check", "languages", "regimes", "weight", "owner", "money", "limit", "basis"),
    *("effective_from", "effective_to", "zh", "en", "remedy_zh", "remedy_en"),
)
PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Law:
    """A law with the days it is in force; `until` None = still. `cited` finds a citation, None where nobody looks."""

    code: str
    label: Label
    since: date
    until: date | None
    replaced_by: str
    cited: re.Pattern[str] | None

    def in_force(self, on: date) -> bool:
        """Whether the law applies on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One check as it stands on a day: `basis` are (law, article) pairs, empty for mere practice."""

    check: str
    languages: frozenset[str]
    regimes: frozenset[str]
    weight: str
    owner: str
    money: bool
    limit: Decimal | None
    basis: tuple[tuple[str, str], ...]
    since: date | None
    until: date | None
    label: Label
    remedy: Label


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A rate of value added tax with its days."""

    percent: Decimal
    since: date
    until: date | None


@cache
def contract_laws() -> dict[str, Law]:
    """Every law by its code."""
    laws = {}
    for row in table(_LAWS, _LAW_COLUMNS):
        cited = re.compile(row["cited"]) if row["cited"] else None
        laws[row["code"]] = Law(
            row["code"],
            Label(row["zh"], row["en"]),
            date.fromisoformat(row["effective_from"]),
            _day(row["effective_to"]),
            row["replaced_by"],
            cited,
        )
    return laws


@cache
def check_rules() -> tuple[CheckRule, ...]:
    """Every row of the checks in file order; raises BrokenVocabulary for a law nobody knows."""
    return tuple(_rule(row, line) for line, row in enumerate(table(_CHECKS, _CHECK_COLUMNS), start=2))


def checks_for(*, language: str, regime: str, on: date) -> tuple[CheckRule, ...]:
    """The checks that apply to a contract in this language, under this regime, on this day, in file order."""
    return tuple(
        rule
        for rule in check_rules()
        if language in rule.languages
        and rule.regimes & {"any", regime}
        and (rule.since is None or rule.since <= on)
        and (rule.until is None or on <= rule.until)
    )


@cache
def tax_rates() -> tuple[TaxRate, ...]:
    """Every rate there was, in file order."""
    rows = table(_RATES, ("percent", "effective_from", "effective_to", "law", "note"))
    return tuple(
        TaxRate(Decimal(row["percent"]), date.fromisoformat(row["effective_from"]), _day(row["effective_to"]))
        for row in rows
    )


def _rule(row: dict[str, str], line: int) -> CheckRule:
    where = f"{_CHECKS}, line {line}"
    return CheckRule(
        row["check"],
        frozenset(row["languages"].split()),
        frozenset(row["regimes"].split()),
        row["weight"],
        row["owner"],
        row["money"] == "yes",
        Decimal(row["limit"]) if row["limit"] else None,
        read_basis(row["basis"], where),
        _day(row["effective_from"]),
        _day(row["effective_to"]),
        Label(row["zh"], row["en"]),
        Label(row["remedy_zh"], row["remedy_en"]),
    )


def read_basis(text: str, where: str) -> tuple[tuple[str, str], ...]:
    """ "civil_code 470; tendering_law 46" as pairs; () for practice. Raises BrokenVocabulary for an unknown law."""
    found = []
    for part in text.split(";"):
        law, _, article = part.strip().partition(" ")
        if law in ("", PRACTICE):
            continue
        if law not in contract_laws():
            raise BrokenVocabulary(f"no law {law!r}", where=where, next_step=f"add it to {_LAWS}")
        found.append((law, article.strip()))
    return tuple(found)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
