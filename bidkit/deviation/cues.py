"""The words deviation tables are known by and the words they are filled in with: `schemas/cues/deviation_*.csv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import BrokenVocabulary, Row, table

_WORDS = ("scheme", "language", "within", "pattern", "positive", "none", "negative", "unclear")


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of a cue table: `name` is what a match means."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Words:
    """The four words a table is filled in with, as this tender writes them."""

    scheme: str
    positive: str
    none: str
    negative: str
    unclear: str

    def word_of(self, direction: str) -> str:
        """The tender's word for a direction's code; "" for a row nobody has judged."""
        codes = {"positive": self.positive, "none": self.none, "negative": self.negative, "unclear": self.unclear}
        return codes.get(direction, "")


@cache
def cues(name: str) -> tuple[Cue, ...]:
    """The lines of `cues/deviation_<name>.csv` in file order; BrokenVocabulary where an example does not match."""
    path = f"cues/deviation_{name}.csv"
    first = _FIRST[name]
    found = []
    for number, row in enumerate(table(path, (first, "language", "pattern", "example")), start=2):
        cue = Cue(row[first], _compiled(row, f"{path}, line {number}"))
        if not cue.pattern.search(row["example"]):
            where = f"{path}, line {number}"
            raise BrokenVocabulary("the example does not match", where=where, next_step="mend pattern or example")
        found.append(cue)
    return tuple(found)


def first_match(name: str, text: str) -> str:
    """The meaning of the first line of a cue table that matches `text`; "" where none does."""
    return next((cue.name for cue in cues(name) if cue.pattern.search(text)), "")


def matches(name: str, meaning: str, text: str) -> re.Match[str] | None:
    """Where `text` says `meaning` by one of the lines of a cue table, None where it does not."""
    found = (cue.pattern.search(text) for cue in cues(name) if cue.name == meaning)
    return next((match for match in found if match), None)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way tenders name the directions: `within` says where `pattern` tells it: "form", "header" or "house"."""

    language: Language
    within: str
    pattern: re.Pattern[str]
    words: Words


@cache
def schemes() -> tuple[Scheme, ...]:
    """The lines of `cues/deviation_vocabulary.csv`; the "house" line of a language serves where no other is told."""
    path = "cues/deviation_vocabulary.csv"
    return tuple(
        Scheme(
            Language(row["language"]),
            row["within"],
            _compiled(row, path),
            Words(row["scheme"], row["positive"], row["none"], row["negative"], row["unclear"]),
        )
        for row in table(path, _WORDS)
    )


def _compiled(row: Row, where: str) -> re.Pattern[str]:
    try:
        return re.compile(row["pattern"], re.IGNORECASE if row["language"] == Language.EN else re.RegexFlag(0))
    except re.error as error:
        raise BrokenVocabulary(f"pattern is broken ({error})", where=where, next_step="mend the pattern") from error


_FIRST = {
    "columns": "role",
    "titles": "tables",
    "rules": "rule",
    "words": "direction",
    "sections": "section",
    "blanks": "blank",
}
