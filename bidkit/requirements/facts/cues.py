"""The cue tables of key facts, compiled: zones, labels, sentences, exclusions and short answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import BrokenVocabulary, Row, table

_CJK_PAIR = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label of one key; `under` is a heading it must stand under, None for anywhere."""

    key: str
    pattern: re.Pattern[str]
    under: re.Pattern[str] | None
    weight: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that states one key; `value` is its literal answer, "" where group v holds the value."""

    key: str
    pattern: re.Pattern[str]
    value: str
    weight: int


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a tender, recognised by its heading, and how much its word counts."""

    name: str
    pattern: re.Pattern[str]
    rank: int


@cache
def labels_of(language: Language) -> tuple[Label, ...]:
    """The labels of one language in file order."""
    rows = table("cues/fact_labels.csv", ("key", "language", "pattern", "under", "weight", "source"))
    return tuple(
        Label(
            row["key"],
            _compile(_spaced(row["pattern"], language), row),
            _compile(row["under"], row) if row["under"] else None,
            int(row["weight"]),
        )
        for row in rows
        if row["language"] == language
    )


@cache
def any_label(language: Language) -> re.Pattern[str]:
    """One expression for every label of a language, longest alternatives being tried in file order."""
    return re.compile("|".join(f"(?:{label.pattern.pattern})" for label in labels_of(language)), re.IGNORECASE)


@cache
def sentences_of(language: Language) -> tuple[Sentence, ...]:
    """The sentences of one language in file order; each must match its own example."""
    rows = table("cues/fact_sentences.csv", ("key", "language", "pattern", "value", "weight", "example"))
    found = []
    for row in rows:
        if row["language"] != language:
            continue
        pattern = _compile(row["pattern"], row)
        if not pattern.search(row["example"]):
            raise BrokenVocabulary(
                f"{row['pattern']!r} does not match its example", where="cues/fact_sentences.csv", next_step="mend it"
            )
        found.append(Sentence(row["key"], pattern, row["value"], int(row["weight"])))
    return tuple(found)


@cache
def zones_of(language: Language) -> tuple[Zone, ...]:
    """The zones of one language in file order."""
    rows = table("cues/fact_zones.csv", ("zone", "language", "pattern", "rank", "source"))
    return tuple(
        Zone(row["zone"], _compile(row["pattern"], row), int(row["rank"]))
        for row in rows
        if row["language"] == language
    )


@cache
def rejects(key: str, scope: str) -> re.Pattern[str] | None:
    """What makes a reading of `key` void, looked for in its "value" or in its whole "line"; None without a rule."""
    rows = table("cues/fact_rejects.csv", ("key", "language", "scope", "pattern", "source"))
    parts = [f"(?:{row['pattern']})" for row in rows if row["key"] == key and row["scope"] == scope]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


@cache
def answers(answer: str) -> re.Pattern[str]:
    """The short answers of one kind: "true", "false", "none" (not required), "refer" (see elsewhere), "blank"."""
    rows = table("cues/fact_answers.csv", ("answer", "language", "pattern"))
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows if row["answer"] == answer), re.IGNORECASE)


@cache
def methods() -> re.Pattern[str]:
    """The names of evaluation methods, longer ones first."""
    rows = table("cues/fact_methods.csv", ("language", "pattern", "source"))
    return re.compile("|".join(row["pattern"] for row in rows))


def _spaced(pattern: str, language: Language) -> str:
    """Chinese labels may be letter-spaced, English ones wrapped over a line."""
    return (
        _CJK_PAIR.sub(r"\\s*", pattern)
        if language is Language.ZH
        else pattern.replace(" ?", r"\s*").replace(" ", r"\s+")
    )


def _compile(pattern: str, row: Row) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        where = f"cues/fact_*.csv, {row.get('key') or row.get('zone')}"
        raise BrokenVocabulary(f"{pattern!r} is broken ({error})", where=where, next_step="mend the pattern") from error
