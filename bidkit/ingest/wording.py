"""Joining pieces of text as a reader's eye does: spaces between words, none between Chinese characters."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe]")
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0]+")
_WIDE = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK = re.compile(r"[ \t\r\f\v\u00a0]*\n\s*")
_WIDE_BEFORE = re.compile(f"[{_WIDE}]$")
_WIDE_AFTER = re.compile(f"^[{_WIDE}]")


def tidy(text: str) -> str:
    """`text` on one line: line breaks closed, runs of blanks one blank, invisible characters gone."""
    return _BLANKS.sub(" ", _close(_INVISIBLE.sub("", text))).strip(" \u3000")


def _close(text: str) -> str:
    pieces = _BREAK.split(text)
    joined = pieces[0]
    for piece in pieces[1:]:
        joined += "" if not piece or not joined or _both_wide(joined, piece) else " "
        joined += piece
    return joined


def _both_wide(before: str, after: str) -> bool:
    return bool(_WIDE_BEFORE.search(before[-1:]) and _WIDE_AFTER.search(after))
