"""Where sentences end, in Chinese and English."""

from __future__ import annotations

import re

from bidkit.kernel.language import Language

_ZH_END = re.compile(r"[。！？!?][”’」』）)\]】\"']*|(?<=[\u4e00-\u9fff）)])[.．](?=[\s\u4e00-\u9fff]|$)")
_EN_END = re.compile(r"[.!?](?:[”’\")\]]*)(?=\s+[\"“(\[]?[A-Z0-9•]|\s*$|\n)|\n(?=\s*[•\-–])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|al|no|nos|inc|ltd|co|corp|mr|mrs|ms|dr|sec|art|fig|rs|st|approx|dept|govt|pvt|"
    r"viz|incl|min|max|ref|para|vol|ex|u\.s|u\.s\.c|a\.m|p\.m|est)|\b[A-Z]|^\s*\d+(?:\.\d+)*|\b[A-Z]\.\d+(?:\.\d+)*)\.$",
    re.IGNORECASE,
)
_OPEN, _CLOSE = "（(【[“「《", "）)】]”」》"


def sentences(text: str, language: Language) -> list[tuple[int, int]]:
    """The (start, end) of every sentence of `text`, in order, without the white space around them.

    Brackets are kept whole: a full stop inside them does not end a sentence.
    """
    ends = _chinese_ends(text) if language is Language.ZH else _english_ends(text)
    out, start = [], 0
    for end in [*ends, len(text)]:
        left, right = start, end
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        if left < right:
            out.append((left, right))
        start = end
    return out


def _chinese_ends(text: str) -> list[int]:
    depth = _depths(text)
    return [found.end() for found in _ZH_END.finditer(text) if depth[found.start()] == 0]


def _english_ends(text: str) -> list[int]:
    depth = _depths(text)
    return [
        found.end()
        for found in _EN_END.finditer(text)
        if depth[found.start()] == 0 and not _ABBREVIATION.search(text[max(0, found.start() - 12) : found.start() + 1])
    ]


def _depths(text: str) -> list[int]:
    """Bracket depth at every character; an unbalanced bracket is ignored by starting over at the next line."""
    out, depth = [], 0
    for at, sign in enumerate(text):
        if sign in _OPEN:
            partner = _CLOSE[_OPEN.index(sign)]
            if partner in text[at : at + 400]:
                depth += 1
        out.append(depth)
        if sign in _CLOSE and depth:
            depth -= 1
            out[-1] = depth
    return out
