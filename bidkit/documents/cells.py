"""Text made fit for a spreadsheet cell, and back."""

from __future__ import annotations

import re
import unicodedata

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label

CELL_LIMIT = 32_767  # UTF-16 units a cell may hold in every spreadsheet program

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


def clean(text: str) -> str:
    """`text` with single line feeds, without characters XML or a spreadsheet refuses, and without outer white space."""
    return _UNFIT.sub("", _LINE_ENDS.sub("\n", text)).strip()


def cell_text(text: str, language: Language) -> str:
    """`clean(text)`, shortened to fit into one cell; the last words then say how many characters are missing."""
    text = clean(text)
    if _units(text) <= CELL_LIMIT:
        return text
    room = CELL_LIMIT - 100
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return kept + label("matrix", "cut", language).format(count=len(text) - len(kept))


def looks_like_formula(text: str) -> bool:
    """True where retyping the cell would turn `text` into a formula."""
    return text.startswith(_FORMULA_SIGNS)


def width_of(text: str) -> int:
    """How many Latin letters wide `text` prints: East Asian characters count two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _units(text: str) -> int:
    return len(text) + sum(1 for c in text if ord(c) > 0xFFFF)
