"""Cue words: named patterns that specialists keep in `schemas/cues/*.csv`."""

from __future__ import annotations

import re
from functools import cache

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import BrokenVocabulary, Row, table

_COLUMNS = ("cue", "language", "pattern", "example")


@cache
def cue_rows() -> tuple[Row, ...]:
    """Every row of `schemas/cues/requirements.csv`: cue name, language, pattern and an example it must match."""
    rows = table("cues/requirements.csv", _COLUMNS)
    for number, row in enumerate(rows, start=2):
        where = f"cues/requirements.csv, line {number}"
        try:
            found = re.search(row["pattern"], row["example"], _flags(row))
        except re.error as error:
            raise BrokenVocabulary(f"pattern is broken ({error})", where=where, next_step="mend the pattern") from error
        if not found:
            raise BrokenVocabulary("the example does not match", where=where, next_step="mend pattern or example")
    return rows


@cache
def pattern_of(cue: str) -> re.Pattern[str]:
    """All patterns of one cue, both languages, as one expression; raises BrokenVocabulary for an unknown cue."""
    parts = [
        f"(?i:{row['pattern']})" if _flags(row) else f"(?:{row['pattern']})" for row in cue_rows() if row["cue"] == cue
    ]
    if not parts:
        raise BrokenVocabulary(f"no cue {cue!r}", where="cues/requirements.csv", next_step="add a row")
    return re.compile("|".join(parts))


@cache
def cue_names() -> tuple[str, ...]:
    """The names of all cues, in file order, each once."""
    return tuple(dict.fromkeys(row["cue"] for row in cue_rows()))


def _flags(row: Row) -> re.RegexFlag:
    return re.IGNORECASE if row["language"] == Language.EN else re.RegexFlag(0)
