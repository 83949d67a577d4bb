"""Joining pieces of text as a reader's eye does: spaces between words, none between Chinese characters."""

from __future__ import annotations

import re
from itertools import pairwise

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe]")
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0]+")
_WIDE = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_WIDE_BEFORE = re.compile(f"[{_WIDE}]$")
_WIDE_AFTER = re.compile(f"^[{_WIDE}]")


def tidy(text: str) -> str:
    """`text` on one line: line breaks closed, runs of blanks one blank, invisible characters gone."""
    return _BLANKS.sub(" ", _close(_INVISIBLE.sub("", text))).strip(" \u3000")


def _close(text: str) -> str:
    """`text` with its lines joined; pieces, not one pattern, for long runs of blanks must not cost their square."""
    pieces = [piece for line in text.split("\n") if (piece := line.strip())]
    joined = pieces[:1]
    for before, piece in pairwise(pieces):
        joined.append(piece if _both_wide(before, piece) else f" {piece}")
    return "".join(joined)


def _both_wide(before: str, after: str) -> bool:
    return bool(_WIDE_BEFORE.search(before[-1:]) and _WIDE_AFTER.search(after))
