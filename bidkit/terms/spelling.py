"""English words in one spelling: British and American endings, ordinals in words and in figures."""

from __future__ import annotations

import re
from functools import cache

from bidkit.terms.words import numerals, one_of

_AMERICAN = (
    (re.compile(r"(?<=[a-z]{2})our(?=s?\b|ed\b|ing\b|able\b)"), "or"),
    (re.compile(r"(?<=[a-z]{2})is(?=(?:e|ed|es|ing|ation)\b)"), "iz"),
    (re.compile(r"tre(?=s?\b)"), "ter"),
    (re.compile(r"(?<=[a-z]{2})ence(?=s?\b)"), "ense"),
)


def one_spelling(text: str) -> str:
    """Lower-case `text` with labour as labor, organise as organize, fifth and 5th as one."""
    for pattern, ending in _AMERICAN:
        text = pattern.sub(ending, text)
    return _ordinals().sub(_as_figure, text)


@cache
def _ordinals() -> re.Pattern[str]:
    return re.compile(rf"\b(?:(?P<word>{one_of(numerals('ordinal'))})|(?P<figure>\d+)(?:st|nd|rd|th))\b", re.ASCII)


def _as_figure(match: re.Match[str]) -> str:
    return f"{numerals('ordinal')[match['word']] if match['word'] else match['figure']}th"
