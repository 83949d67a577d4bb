"""Cue phrases of contract checks: patterns that lawyers and specialists keep in `schemas/cues/contract_checks.csv`."""

from __future__ import annotations

import re
from functools import cache

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import BrokenVocabulary, table

_FILE = "cues/contract_checks.csv"
_COLUMNS = ("cue", "language", "pattern", "example")
_CAPITALS_MATTER = frozenset({"party_label", "annex_reference", "clause_reference", "foreign_reference"})


@cache
def check_cues(cue: str, language: Language) -> tuple[re.Pattern[str], ...]:
    """The patterns of one cue in one language, in file order; () where the language has none.

    Raises BrokenVocabulary for a pattern that does not compile and an example it does not match.
    """
    found = []
    for line, row in enumerate(table(_FILE, _COLUMNS), start=2):
        if (row["cue"], row["language"]) == (cue, language.value):
            found.append(_compiled(row["pattern"], row["example"], cue, line))
    return tuple(found)


@cache
def check_cue(cue: str, language: Language) -> re.Pattern[str]:
    """All patterns of one cue in one language as one; raises BrokenVocabulary where there is none."""
    found = check_cues(cue, language)
    if not found:
        raise BrokenVocabulary(f"no cue {cue!r} in {language.value}", where=_FILE, next_step="add a row")
    if len(found) == 1:
        return found[0]
    return re.compile("|".join(f"(?:{one.pattern})" for one in found), found[0].flags)


@cache
def known_cues() -> frozenset[str]:
    """The names of all cues."""
    return frozenset(row["cue"] for row in table(_FILE, _COLUMNS))


def _compiled(pattern: str, example: str, cue: str, line: int) -> re.Pattern[str]:
    where = f"{_FILE}, line {line}"
    try:
        made = re.compile(pattern, re.MULTILINE if cue in _CAPITALS_MATTER else re.IGNORECASE | re.MULTILINE)
    except re.error as error:
        raise BrokenVocabulary(f"pattern is broken ({error})", where=where, next_step="mend it") from error
    if not made.search(example):
        raise BrokenVocabulary("the example does not match", where=where, next_step="mend pattern or example")
    return made
