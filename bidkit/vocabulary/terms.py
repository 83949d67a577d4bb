"""The commercial terms that can be compared, read from `schemas/terms.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from bidkit.vocabulary.expressions import Expression, expression
from bidkit.vocabulary.records import Label, label_of, record
from bidkit.vocabulary.tables import BrokenVocabulary, table

_FILE = "terms.yaml"
_KEY_TAIL = re.compile(r"\s+(?:term|terms|clause|requirement|requirements)$")


class Better(StrEnum):
    """What the purchaser likes: a larger number, a smaller one, the same, later payment, or a higher ranked choice."""

    MORE = "more"
    LESS = "less"
    EQUAL = "equal"
    LATER = "later"
    RANKED = "ranked"


class Absent(StrEnum):
    """What "there is none of it" means as a number."""

    ZERO = "zero"
    UNLIMITED = "unlimited"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen; `pattern` finds it, a higher `rank` is better for the purchaser."""

    code: str
    pattern: re.Pattern[str]
    rank: int


@dataclass(frozen=True, slots=True)
class Term:
    """One commercial term. `kinds` are the kinds of value it takes, `events` the start events that are the usual one.

    `basis` is what a share is taken of where the text does not say; `cap` marks a limit, in which "at most" is no
    weakening; `aliases` are matched in text, `weak_aliases` only where no other term is named.
    `money` gives what the offer costs us more than the requirement, None where no formula exists.
    """

    id: str
    label: Label
    topic: str
    kinds: frozenset[str]
    better: Better
    substantive: bool
    source: str
    aliases: tuple[str, ...]
    weak_aliases: frozenset[str]
    unit: str | None = None
    basis: str | None = None
    events: frozenset[str] = frozenset()
    absent: Absent | None = None
    cap: bool = False
    money: Expression | None = None
    keys: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


@cache
def term_base() -> Mapping[str, Term]:
    """Every term by its id, in file order; raises BrokenVocabulary where the file contradicts itself."""
    terms: dict[str, Term] = {}
    topics = {row["code"] for row in table("rules/topics.csv", ("code", "substantive", "source"))}
    for row in record(_FILE, "terms")["terms"]:
        term = _term(row)
        if term.id in terms or term.topic not in topics:
            raise BrokenVocabulary(
                "stands twice or has an unknown topic", where=f"{_FILE} at {term.id}", next_step="mend"
            )
        terms[term.id] = term
    return MappingProxyType(terms)


def term_named(name: str) -> Term | None:
    """The term with that id, label, alias or key, however written ("bid_validity"); None without one."""
    plain = _plain(name)
    return _names().get(plain) or _names().get(_KEY_TAIL.sub("", plain))


@cache
def _names() -> Mapping[str, Term]:
    found: dict[str, Term] = {}
    for group in (lambda t: (t.id,), lambda t: (t.label.zh, t.label.en, *t.keys), lambda t: t.aliases):
        for term in term_base().values():
            for word in group(term):
                found.setdefault(_plain(word), term)
    return MappingProxyType(found)


def _plain(word: str) -> str:
    return re.sub(r"[\s_-]+", " ", word).strip().lower()


def _term(row: Mapping[str, Any]) -> Term:
    weak = row.get("weak_aliases", ())
    aliases = (*row["zh_aliases"], *row["en_aliases"])
    return Term(
        id=row["id"],
        label=label_of(dict(row)),
        topic=row["topic"],
        kinds=frozenset(row["kinds"]),
        better=Better(row["better"]),
        substantive=row["substantive"],
        source=row["source"],
        aliases=aliases,
        weak_aliases=frozenset(aliases if row.get("weak") else weak),
        unit=row.get("unit"),
        basis=row.get("basis"),
        events=frozenset(row.get("events", ())),
        absent=Absent(row["absent"]) if "absent" in row else None,
        cap=row.get("cap", False),
        money=expression(row["money"], f"{_FILE} at {row['id']}") if row.get("money") else None,
        keys=tuple(row.get("keys", ())),
        choices=tuple(_choice(row["id"], choice) for choice in row.get("choices", ())),
    )


def _choice(term: str, row: Mapping[str, Any]) -> Choice:
    patterns = [row[key] for key in ("zh", "en") if key in row]
    text = "|".join(f"(?:{pattern})" for pattern in patterns)
    for code in ("buyer", "supplier"):
        text = text.replace(f"<{code}>", _party(code))
    try:
        return Choice(row["code"], re.compile(text, re.IGNORECASE | re.ASCII), row.get("rank", 0))
    except re.error as error:
        raise BrokenVocabulary(
            f"pattern is broken ({error})", where=f"{_FILE} at {term}", next_step="mend it"
        ) from error


@cache
def _party(code: str) -> str:
    rows = table("cues/term_codes.csv", ("kind", "code", "rank", "language", "pattern", "example"))
    return "|".join(row["pattern"] for row in rows if row["kind"] == "party" and row["code"] == code)
