"""Cue phrases of clause types: patterns that specialists keep in `schemas/cues/clauses.csv`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import BrokenVocabulary, labels, table

_FILE = "cues/clauses.csv"
_COLUMNS = ("type", "language", "where", "weight", "pattern", "example")
TITLE, TEXT = "title", "text"


@dataclass(frozen=True, slots=True)
class Cue:
    """One row: `weight` 3 tells the type alone, 2 where no heading says otherwise, 1 supports it, below 0 speaks
    against it.

    `name` counts the rows of a type, so that a trained weight survives a better pattern.
    """

    name: str
    type: str
    where: str
    weight: int
    pattern: re.Pattern[str]


@cache
def clause_types() -> tuple[str, ...]:
    """Every code of `codelists/clause_types.csv`, in file order."""
    return tuple(labels("clause_types"))


@cache
def cues(language: Language, where: str) -> tuple[Cue, ...]:
    """The cues of one language for titles or for the text of a sentence, in file order.

    English patterns are in lower case and meant for lowered text. Raises BrokenVocabulary at a pattern that does
    not compile, an example it does not match, an unknown type or a weight that is no number.
    """
    counted: Counter[str] = Counter()
    out = []
    for line, row in enumerate(table(_FILE, _COLUMNS), start=2):
        if row["language"] == language and row["where"] == where:
            counted[row["type"]] += 1
            out.append(_cue(row, line, language, counted[row["type"]]))
    return tuple(out)


# One contract's sentences are asked for twice, once for the scorer and once for the cues alone.
@lru_cache(maxsize=8192)
def cues_in(text: str, language: Language, where: str) -> tuple[Cue, ...]:
    """The cues found in a heading or a sentence, in file order."""
    wanted = lowered(text, language)
    return tuple(cue for cue in cues(language, where) if cue.pattern.search(wanted))


def lowered(text: str, language: Language) -> str:
    """`text` as the cues of `language` want it."""
    return text.lower() if language is Language.EN else text


def _cue(row: dict[str, str], line: int, language: Language, number: int) -> Cue:
    place = f"{_FILE}, line {line}"
    try:
        pattern, weight = re.compile(row["pattern"]), int(row["weight"])
    except (re.error, ValueError) as error:
        raise BrokenVocabulary(f"row is broken ({error})", where=place, next_step="mend it") from error
    if not pattern.search(lowered(row["example"], language)):
        raise BrokenVocabulary("the example does not match", where=place, next_step="mend pattern or example")
    if row["type"] not in clause_types():
        raise BrokenVocabulary(f"no clause type {row['type']!r}", where=place, next_step="use a code of clause_types")
    return Cue(f"{row['type']}/{row['where']}/{number}", row["type"], row["where"], weight, pattern)
