"""Playbooks: what we look for in a contract of one type and language, read from `schemas/playbooks/*.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from bidkit.kernel.language import Language
from bidkit.vocabulary.contract_rules import contract_laws
from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.records import record
from bidkit.vocabulary.tables import BrokenVocabulary, labels
from bidkit.vocabulary.terms import term_base

_SCHEMA = "playbook"
_FOLDER = "playbooks"
ANY_TYPE = "other"
_PLAIN = ("id", "group", "question", "severity", "owner", "standard", "walk_away")
_OPTIONAL = ("parties", "unit", "check", "cue", "subject", "statement", "money", "optional")
_LISTS = ("types", "terms", "options", "fallbacks", "given")
_NUMBERS = ("at_least", "at_most")


class RuleKind(StrEnum):
    """How an item is answered."""

    PRESENT = "present"
    FILLED = "filled"
    NUMERIC = "numeric"
    ONE_OF = "one_of"
    CONSISTENT = "consistent"
    FORBIDDEN = "forbidden"
    MATCH_SOURCE = "match_source"


@dataclass(frozen=True, slots=True)
class PlaybookItem:
    """One question with our standard wording, fallbacks in order, and where we walk away.

    `types` are clause types any of which answers it, `terms` the terms whose values it is about. `at_least` and
    `at_most` are in `unit`. `check` is a computable check, `cue` a phrase that may not be said in favour of `subject`
    ("any" for nobody). `basis` are (law, article) pairs. A `money` item is never passed without a person; an
    `optional` one may be missing. Where terms are `given`, the item only counts if the contract states one of them.
    """

    id: str
    group: str
    question: str
    kind: RuleKind
    severity: str
    owner: str
    standard: str
    walk_away: str
    types: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    parties: int = 0
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    unit: str = ""
    options: tuple[str, ...] = ()
    check: str = ""
    cue: str = ""
    subject: str = ""
    statement: str = ""
    money: bool = False
    optional: bool = False
    given: tuple[str, ...] = ()
    fallbacks: tuple[str, ...] = ()
    basis: tuple[tuple[str, str], ...] = ()
    since: date | None = None
    until: date | None = None

    def applies(self, on: date) -> bool:
        """Whether the item counts on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Playbook:
    """The items of one playbook with those it includes, each id once."""

    id: str
    language: Language
    version: int
    title: str
    side: str
    contract_types: tuple[str, ...]
    items: tuple[PlaybookItem, ...]


def playbook_for(contract_type: str, language: Language) -> Playbook | None:
    """The playbook for contracts of this type, else the one for any type; None where the language has neither."""
    for wanted in (contract_type, ANY_TYPE):
        for name in playbook_names(language):
            found = playbook(name, language)
            if wanted in found.contract_types:
                return found
        if contract_type == "nda":
            return None
    return None


@cache
def playbook_names(language: Language) -> tuple[str, ...]:
    """The names of the playbooks in this language, in alphabetical order."""
    return tuple(sorted(path.stem[:-3] for path in (data_folder("schemas") / _FOLDER).glob(f"*.{language.value}.yaml")))


@cache
def playbook(name: str, language: Language) -> Playbook:
    """The playbook; its own items replace included ones of the same id.

    Raises BrokenVocabulary for a file that breaks the schema, or names a law, term, type or statement nobody knows.
    """
    path = f"{_FOLDER}/{name}.{language.value}.yaml"
    plain = record(path, _SCHEMA)
    if (plain["id"], plain["language"]) != (name, language.value):
        raise BrokenVocabulary("id or language is not that of the file name", where=path, next_step="mend it")
    items: dict[str, PlaybookItem] = {}
    for included in plain.get("includes", ()):
        items |= {item.id: item for item in playbook(included, language).items}
    for left_out in plain.get("leaves_out", ()):
        if items.pop(left_out, None) is None:
            raise BrokenVocabulary(f"{left_out!r} is not included", where=path, next_step="mend leaves_out")
    own = [_item(row, f"{path} at {row['id']}") for row in plain["items"]]
    if len({item.id for item in own}) != len(own):
        raise BrokenVocabulary("an id stands twice", where=path, next_step="rename one")
    items |= {item.id: item for item in own}
    return Playbook(
        name,
        language,
        plain["version"],
        plain["title"],
        plain["side"],
        tuple(plain.get("contract_types", ())),
        tuple(items.values()),
    )


def _item(row: Mapping[str, Any], where: str) -> PlaybookItem:
    _refuse_unknown(row, where)
    given: dict[str, Any] = {key: row[key] for key in (*_PLAIN, *_OPTIONAL) if key in row}
    given |= {key: tuple(row.get(key, ())) for key in _LISTS}
    given |= {key: Decimal(str(row[key])) for key in _NUMBERS if key in row}
    return PlaybookItem(
        **given,
        kind=RuleKind(row["kind"]),
        basis=tuple((one["law"], one["article"]) for one in row.get("basis", ())),
        since=date.fromisoformat(row["effective_from"]) if "effective_from" in row else None,
        until=date.fromisoformat(row["effective_to"]) if "effective_to" in row else None,
    )


def _refuse_unknown(row: Mapping[str, Any], where: str) -> None:
    known = (
        ("types", labels("clause_types").keys()),
        ("terms", term_base().keys()),
        ("laws", contract_laws().keys()),
        ("statements", labels("statements").keys()),
    )
    said = {
        "types": row.get("types", ()),
        "terms": (*row.get("terms", ()), *row.get("given", ())),
        "laws": [one["law"] for one in row.get("basis", ())],
        "statements": [row["statement"]] if "statement" in row else (),
    }
    for kind, names in known:
        strange = sorted(set(said[kind]) - set(names))
        if strange:
            raise BrokenVocabulary(f"no such {kind}: {', '.join(strange)}", where=where, next_step="use a known code")
