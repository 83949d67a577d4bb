"""Text as search words, for an index that cuts at spaces: Chinese by its words and pairs of signs, English by stems."""

from __future__ import annotations

import re
import unicodedata

import rjieba

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[A-Za-z][A-Za-z'’]*|\d+(?:[.,]\d+)*[%‰]?")
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_ENDINGS = ("ements", "ement", "ations", "ation", "ings", "ing", "ies", "ers", "er", "ed", "es", "s", "e", "y")
_STEM = 4


def search_words(text: str) -> list[str]:
    """The words of `text` in reading order, repeated as often as they stand.

    A Chinese run gives its words of two signs and more, and every pair of neighbouring signs (a lone sign gives
    itself), so that a word cut differently in question and answer still meets. English words lose case and ending.
    """
    words: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text)):
        if _CJK.match(run):
            words += _chinese(run)
        else:
            words.append(_stem(run.lower()))
    return words


def _chinese(run: str) -> list[str]:
    if len(run) == 1:
        return [run]
    pairs = [run[n : n + 2] for n in range(len(run) - 1)]
    return pairs + [word for word in rjieba.cut_for_search(run) if len(word) > 2]


def _stem(word: str) -> str:
    """The word without one ending; short words stay. It only has to treat two forms of a word alike."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word
