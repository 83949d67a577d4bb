"""Who the parties of a contract are, and whom a sentence is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bidkit.contract.check_cues import check_cue, check_cues
from bidkit.ingest.model import BlockKind, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import table

_LONGEST = 400


class Role(StrEnum):
    """The side somebody is on."""

    BUYER = "buyer"
    SUPPLIER = "supplier"


class Subject(StrEnum):
    """Whom a sentence is about."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    BOTH = "both"
    NOBODY = "nobody"  # no party is named in front of what is said


@dataclass(frozen=True, slots=True)
class Party:
    """One place that says who a party is: the label the contract uses, the side, and the name as printed.

    `role` is None where neither label nor the words beside it tell the side.
    """

    label: str
    role: Role | None
    name: str
    anchor: Anchor


def parties_of(document: SourceDocument, language: Language) -> tuple[Party, ...]:
    """Every place in which a party is named with its label, in reading order."""
    found: list[Party] = []
    for block in document.blocks:
        if block.kind in (BlockKind.COMMENT, BlockKind.TOC_LINE) or len(block.text) > _LONGEST * 10:
            continue
        texts = [line.text for cell in block.cells for line in cell.lines] or [block.text]
        for text in texts:
            for pattern in check_cues("party_label", language):
                found += [_party(match, block.anchor, language) for match in pattern.finditer(text)]
    return tuple(found)


def subject_of(sentence: str, end: int, parties: Sequence[Party], language: Language) -> Subject:
    """Whom the words before offset `end` are about: the party named last in front of it, or both."""
    before = sentence[:end]
    mutual = max((m.start() for m in check_cue("both_parties", language).finditer(before)), default=-1)
    named: tuple[int, Role | None] = (-1, None)
    for at, role in _mentions(before, parties, language):
        if at > named[0]:
            named = (at, role)
    if mutual > named[0]:
        return Subject.BOTH
    return Subject(named[1].value) if named[1] is not None else Subject.NOBODY


def _mentions(text: str, parties: Sequence[Party], language: Language) -> list[tuple[int, Role | None]]:
    said = {party.label.lower(): party.role for party in parties if party.role is not None}
    as_object = check_cue("object_before", language)
    found: list[tuple[int, Role | None]] = []
    for role, pattern in _words(language):
        for match in pattern.finditer(text):
            if as_object.search(text[: match.start()]):
                continue
            word = re.sub(r"^(?:the)\s+", "", match[0].strip().lower())
            found.append((match.start(), said.get(word, role)))
    return found


def _party(match: re.Match[str], anchor: Anchor, language: Language) -> Party:
    parts = match.groupdict()
    beside = parts.get("role") or ""
    role = role_of(beside, language) or role_of(parts["label"], language)
    return Party(parts["label"].strip(), role, parts["name"].strip(" ,，"), anchor)


def role_of(words: str, language: Language) -> Role | None:
    """The side these words name, None where they name none."""
    return next((role for role, pattern in _words(language) if pattern.search(words)), None)


@cache
def _words(language: Language) -> tuple[tuple[Role, re.Pattern[str]], ...]:
    rows = table("cues/term_codes.csv", ("kind", "code", "rank", "language", "pattern", "example"))
    return tuple(
        (Role(row["code"]), re.compile(row["pattern"], re.IGNORECASE))
        for row in rows
        if row["kind"] == "party" and row["language"] == language.value
    )
