"""The phrases in which issuers order changes, from `schemas/cues/change_instructions.csv`."""

from __future__ import annotations

import re
from functools import cache

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import BrokenVocabulary, table

_PATH = "cues/change_instructions.csv"


@cache
def patterns(act: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of one act, both languages, in file order; raises BrokenVocabulary where an example does not fit."""
    found = []
    for number, row in enumerate(table(_PATH, ("act", "language", "pattern", "example")), start=2):
        if row["act"] != act:
            continue
        flags = re.IGNORECASE if row["language"] == Language.EN else re.RegexFlag(0)
        try:
            pattern = re.compile(row["pattern"], flags)
        except re.error as error:
            raise BrokenVocabulary(
                f"pattern is broken ({error})", where=f"{_PATH}, line {number}", next_step="mend it"
            ) from error
        if not pattern.search(row["example"]):
            raise BrokenVocabulary(
                "the example does not match", where=f"{_PATH}, line {number}", next_step="mend pattern or example"
            )
        found.append(pattern)
    if not found:
        raise BrokenVocabulary(f"no act {act!r}", where=_PATH, next_step="add a row")
    return tuple(found)


def first(act: str, text: str) -> re.Match[str] | None:
    """The first match of any pattern of `act` in `text`."""
    return next((found for pattern in patterns(act) if (found := pattern.search(text))), None)
