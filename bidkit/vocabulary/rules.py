"""Rules of law as data: what is allowed, under which procurement method, in which window, since when, by which text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from bidkit.vocabulary.records import Label, label_of, record
from bidkit.vocabulary.stages import stage_model
from bidkit.vocabulary.tables import BrokenVocabulary, table

_SOURCE_COLUMNS = ("code", "zh", "en", "number", "effective_from", "effective_to", "checked", "note")


class Effect(StrEnum):
    """What a rule does to an act."""

    FORBID = "forbid"
    APPROVE = "approve"
    MOVABLE = "movable"


@dataclass(frozen=True, slots=True)
class LegalSource:
    """A text of law; `checked` says how well it was read: primary, secondary or knowledge."""

    code: str
    label: Label
    number: str
    effective_from: date
    effective_to: date | None
    checked: str

    def in_force(self, on: date) -> bool:
        """Whether the text is in force on that day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True, slots=True)
class Citation:
    """A source and its articles as printed, empty where the article is not confirmed."""

    law: str
    articles: str


@dataclass(frozen=True, slots=True)
class ComplianceRule:
    """One rule. Empty `regimes` or `methods` mean any; `from_day` and `until_day` name days of the procurement."""

    id: str
    flag: str
    act: str
    effect: Effect
    label: Label
    effective_from: date
    effective_to: date | None
    sources: tuple[Citation, ...]
    regimes: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    from_day: str | None = None
    until_day: str | None = None
    approval: str | None = None
    substantive_only: bool = False
    except_topics: frozenset[str] = frozenset()
    closes_facts: frozenset[str] = frozenset()
    public_only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Method:
    """A procurement method; `scope` is what it leaves to negotiation in a statutory regime."""

    id: str
    scope: str


@dataclass(frozen=True, slots=True)
class LegalRules:
    """Everything the law part of a gate looks at. `substantive` are the negotiation topics that are of substance."""

    flags: Mapping[str, Label]
    rules: tuple[ComplianceRule, ...]
    sources: Mapping[str, LegalSource]
    statutory: Mapping[str, bool]
    methods: Mapping[str, Method]
    topics: tuple[str, ...]
    substantive: frozenset[str]

    def citations(self, rule: ComplianceRule, on: date) -> tuple[Citation, ...]:
        """The rule's sources in force on that day."""
        return tuple(citation for citation in rule.sources if self.sources[citation.law].in_force(on))


@cache
def legal_rules() -> LegalRules:
    """The rules under `schemas/rules`; raises BrokenVocabulary where they contradict each other."""
    compliance = record("rules/compliance.yaml", "compliance")
    procurement = record("rules/procurement.yaml", "procurement")
    topics = table("rules/topics.csv", ("code", "substantive", "source"))
    found = LegalRules(
        flags=MappingProxyType({row["id"]: label_of(row) for row in compliance["flags"]}),
        rules=tuple(rule_of(row) for row in compliance["rules"]),
        sources=MappingProxyType(_sources()),
        statutory=MappingProxyType({row["id"]: row["statutory"] for row in procurement["regimes"]}),
        methods=MappingProxyType({row["id"]: Method(row["id"], row["scope"]) for row in procurement["methods"]}),
        topics=tuple(row["code"] for row in topics),
        substantive=frozenset(row["code"] for row in topics if row["substantive"] == "yes"),
    )
    refuse_contradictions(found)
    return found


def rule_of(row: dict[str, Any]) -> ComplianceRule:
    """One rule from its row in `compliance.yaml`."""
    window = row.get("window", {})
    return ComplianceRule(
        id=row["id"],
        flag=row["flag"],
        act=row["act"],
        effect=Effect(row["effect"]),
        label=label_of(row),
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=date.fromisoformat(row["effective_to"]) if "effective_to" in row else None,
        sources=tuple(Citation(source["law"], source["articles"]) for source in row["sources"]),
        regimes=frozenset(row.get("regimes", ())),
        methods=frozenset(row.get("methods", ())),
        from_day=window.get("from"),
        until_day=window.get("until"),
        approval=row.get("approval"),
        substantive_only=row.get("substantive_only", False),
        except_topics=frozenset(row.get("except_topics", ())),
        closes_facts=frozenset(row.get("closes_facts", ())),
        public_only=frozenset(row.get("public_only", ())),
    )


def refuse_contradictions(found: LegalRules) -> None:
    """Raise BrokenVocabulary for a rule that names an unknown law, flag, regime, method, topic or stage fact."""
    facts = stage_model().facts
    problems: list[str] = []
    ids = [rule.id for rule in found.rules]
    problems += [f"{i} stands twice" for i in sorted(set(ids)) if ids.count(i) > 1]
    for rule in found.rules:
        problems += [f"{rule.id} cites unknown law {c.law}" for c in rule.sources if c.law not in found.sources]
        problems += [f"{rule.id} names {regime}" for regime in sorted(rule.regimes - found.statutory.keys())]
        problems += [f"{rule.id} names {method}" for method in sorted(rule.methods - found.methods.keys())]
        problems += [f"{rule.id} names {topic}" for topic in sorted(rule.except_topics - set(found.topics))]
        problems += [f"{rule.id} names {i}" for i in sorted((rule.closes_facts | rule.public_only) - facts.keys())]
        problems += [f"{rule.id} has flag {rule.flag}"] if rule.flag not in found.flags else []
    problems += [f"{f.id} has flag {flag}" for f in facts.values() for flag in f.flags if flag not in found.flags]
    if problems:
        raise BrokenVocabulary("; ".join(problems[:5]), where="rules/compliance.yaml", next_step="mend the rule")


def _sources() -> dict[str, LegalSource]:
    rows = table("rules/legal_sources.csv", _SOURCE_COLUMNS)
    return {
        row["code"]: LegalSource(
            row["code"],
            label_of(row),
            row["number"],
            date.fromisoformat(row["effective_from"]),
            date.fromisoformat(row["effective_to"]) if row["effective_to"] else None,
            row["checked"],
        )
        for row in rows
    }
