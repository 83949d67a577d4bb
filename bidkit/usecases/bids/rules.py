"""What a bid is made of, as data: `schemas/rules/bid_parts.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from bidkit.deviation.tables_model import Table
from bidkit.requirements.model import Kind
from bidkit.respond.company import FactKind
from bidkit.vocabulary.records import Label, label_of, record
from bidkit.vocabulary.tables import BrokenVocabulary

_PATH = "rules/bid_parts.yaml"


@dataclass(frozen=True, slots=True)
class VolumeRule:
    """One file of a bid: the sections it holds, in order.

    `template_with_own` is the template where the tender's own forms stand in the volume's place of the house's; the
    same as `template` where it makes no difference.
    """

    id: str
    title: Label
    template: str
    template_with_own: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """How a tender that says so divides a bid; `apart` means that no price may stand outside the price section."""

    id: str
    apart: bool
    tells: tuple[re.Pattern[str], ...]
    volumes: tuple[VolumeRule, ...]


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A field of a filled form, and of a table the columns that may be printed."""

    key: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartRule:
    """One part, and where its content comes from; what is empty or None does not feed it.

    `forms` are kinds of the buyer's forms, `house` the house form printed where the tender has none of them,
    `fields` the fields of the filled form `form`, `prices` "schedule" or "range", `rows` the kinds of rows answered
    here, with `answered_only` only those somebody answered. `topics` match the titles of general forms and of scored
    criteria that belong here, by language. An `optional` part without content is left out, as is one where the tender
    has a form of the kinds `optional_with`.
    """

    id: str
    section: str
    title: Label
    forms: tuple[str, ...] = ()
    house: str = ""
    table: Table | None = None
    company: tuple[FactKind, ...] = ()
    form: str = ""
    fields: tuple[FieldRule, ...] = ()
    prices: str = ""
    rows: tuple[Kind, ...] = ()
    answered_only: bool = False
    optional: bool = False
    optional_with: tuple[str, ...] = ()
    topics: tuple[re.Pattern[str], ...] = ()

    def is_about(self, title: str) -> bool:
        """Whether a title names what this part is about."""
        return any(topic.search(title) for topic in self.topics)


@dataclass(frozen=True, slots=True)
class BidRules:
    """Everything the file says; `volumes` is the house's own split."""

    volumes: tuple[VolumeRule, ...]
    splits: tuple[Split, ...]
    index: VolumeRule
    proposal: VolumeRule
    parts: tuple[PartRule, ...]

    def of_section(self, section: str) -> tuple[PartRule, ...]:
        """The parts of one section, in order."""
        return tuple(part for part in self.parts if part.section == section)

    def split_for(self, texts: Iterable[str]) -> Split | None:
        """The first split that one of these texts of a tender tells of; None: the house's own volumes."""
        kept = tuple(texts)
        return next((s for s in self.splits if any(tell.search(text) for tell in s.tells for text in kept)), None)


@cache
def bid_rules() -> BidRules:
    """The rules; raises BrokenVocabulary where the file contradicts itself."""
    content = record(_PATH, "bid_parts")
    volumes = tuple(_volume(row) for row in content["sections"])
    rules = BidRules(
        volumes,
        tuple(_split(row) for row in content["splits"]),
        _volume(content["index"]),
        _volume(content["proposal"]),
        tuple(_part(row) for row in content["parts"]),
    )
    _refuse_contradictions(rules)
    return rules


def _volume(row: dict[str, Any]) -> VolumeRule:
    template = row["template"]
    sections = tuple(row.get("sections", (row["id"],)))
    return VolumeRule(row["id"], label_of(row), template, row.get("template_with_own", template), sections)


def _split(row: dict[str, Any]) -> Split:
    tells = []
    for tell in row["tells"]:
        shape = re.compile(tell["pattern"], re.IGNORECASE if tell["language"] == "en" else 0)
        if not shape.search(tell["example"]):
            raise BrokenVocabulary(
                "the example does not match", where=f"{_PATH}, split {row['id']}", next_step="mend pattern or example"
            )
        tells.append(shape)
    return Split(row["id"], row["apart"], tuple(tells), tuple(_volume(volume) for volume in row["volumes"]))


def _part(row: dict[str, Any]) -> PartRule:
    fields, rows = row.get("fields", {}), row.get("rows", {})
    return PartRule(
        row["id"],
        row["section"],
        label_of(row),
        tuple(row.get("forms", ())),
        row.get("house", ""),
        Table(row["table"]) if "table" in row else None,
        tuple(FactKind(kind) for kind in row.get("company", ())),
        fields.get("form", ""),
        tuple(_field(key) for key in fields.get("keys", ())),
        row.get("prices", ""),
        tuple(Kind(kind) for kind in rows.get("kinds", ())),
        rows.get("asked") == "answered",
        row.get("optional", False),
        tuple(row.get("optional_with", ())),
        tuple(re.compile(topic, re.IGNORECASE) for topic in row.get("topics", {}).values()),
    )


def _field(row: str | dict[str, Any]) -> FieldRule:
    return FieldRule(row) if isinstance(row, str) else FieldRule(row["key"], tuple(row["columns"]))


def _refuse_contradictions(rules: BidRules) -> None:
    ids = [part.id for part in rules.parts]
    known = {section for volume in (*rules.volumes, rules.proposal) for section in volume.sections}
    homeless = [part.id for part in rules.parts if part.section not in known]
    for split in rules.splits:
        held = [section for volume in split.volumes for section in volume.sections]
        if sorted(held) != sorted(s for v in rules.volumes for s in v.sections):
            raise BrokenVocabulary(
                "a split must hold every section once", where=f"{_PATH}, split {split.id}", next_step="mend it"
            )
    if len(set(ids)) != len(ids) or homeless:
        raise BrokenVocabulary(
            f"parts stand twice or in no section: {homeless or ids}", where=_PATH, next_step="mend the parts"
        )
