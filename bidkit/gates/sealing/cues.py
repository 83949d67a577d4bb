"""The words the check looks for: `schemas/cues/sealing_words.csv`."""

from __future__ import annotations

import re
from functools import cache

from bidkit.vocabulary.tables import BrokenVocabulary, Row, table

_PATH = "cues/sealing_words.csv"
_COLUMNS = ("cue", "language", "pattern", "example")


@cache
def cue_rows() -> tuple[Row, ...]:
    """Every row, each held against its example; raises BrokenVocabulary naming the line."""
    rows = table(_PATH, _COLUMNS)
    for number, row in enumerate(rows, start=2):
        where = f"{_PATH}, line {number}"
        try:
            found = re.search(row["pattern"], row["example"], _flags(row))
        except re.error as error:
            raise BrokenVocabulary(f"pattern is broken ({error})", where=where, next_step="mend it") from error
        if not found:
            raise BrokenVocabulary("the example does not match", where=where, next_step="mend pattern or example")
    return rows


@cache
def cue(name: str) -> re.Pattern[str]:
    """All patterns of a cue in both languages as one; raises BrokenVocabulary for an unknown cue."""
    parts = [f"(?i:{row['pattern']})" if _flags(row) else f"(?:{row['pattern']})" for row in _of(name)]
    return re.compile("|".join(parts))


def captured(name: str, text: str) -> str:
    """What the first group of a cue caught in `text`, "" where it is not there."""
    match = cue(name).search(text)
    return next((group.strip() for group in match.groups() if group), "") if match else ""


def _of(name: str) -> list[Row]:
    rows = [row for row in cue_rows() if row["cue"] == name]
    if not rows:
        raise BrokenVocabulary(f"no cue {name!r}", where=_PATH, next_step="add a row")
    return rows


def _flags(row: Row) -> re.RegexFlag:
    return re.IGNORECASE if row["language"] == "en" else re.RegexFlag(0)
