"""The maximum points of a scored criterion."""

from __future__ import annotations

import re

from bidkit.requirements.piece import Piece
from bidkit.vocabulary.cues import pattern_of

_NUMBER = r"(\d{1,4}(?:\.\d{1,2})?)"
_ALONE = re.compile(
    rf"^\s*(?:{_NUMBER}\s*[-~～—–至]\s*)?{_NUMBER}\s*(?:分|%|％|points?|marks?|max\.?)*\s*$", re.IGNORECASE
)
_RANGE = re.compile(rf"{_NUMBER}\s*[-~～—–至]\s*{_NUMBER}\s*分?")
_BRACKETED = re.compile(
    rf"[（(]\s*(?:满分|最高|共|总分)?\s*{_NUMBER}\s*(?:分|%|％|points?|marks?)\s*[)）]", re.IGNORECASE
)
_STATED = re.compile(
    rf"(?:满分|最高(?:得)?|最多(?:得)?|分值(?:为)?|up to|maximum(?: of)?|max\.?|worth)[:：]?\s*{_NUMBER}\s*(?:分|points?|marks?|%)?"
    rf"|{_NUMBER}\s*(?:points|marks)\b",
    re.IGNORECASE,
)
_SCALE = 1000


def points_of(piece: Piece, columns: dict[int, str] | None = None) -> float | None:
    """The maximum of the criterion: the points column, a cell that is only a number, or the text; None if unstated.

    `columns` gives cell texts by grid column where the caller knows them.
    """
    return _from_column(piece, columns or {}) or _from_cells(piece) or _from_text(piece.text)


def _from_column(piece: Piece, columns: dict[int, str]) -> float | None:
    for column, title in enumerate(piece.header):
        if pattern_of("points_column").search(title) and len(title) < 20:
            found = _ALONE.match(columns.get(column, ""))
            if found:
                return _value(found.group(2))
    return None


def _from_cells(piece: Piece) -> float | None:
    for text in reversed(piece.cells[1:]):
        if found := _ALONE.match(text):
            return _value(found.group(2))
    return None


def _from_text(text: str) -> float | None:
    head = text[:80]
    if found := _BRACKETED.search(head):
        return _value(found.group(1))
    if found := _RANGE.search(head):
        return _value(found.group(2))
    if found := _STATED.search(text):
        return _value(found.group(1) or found.group(2))
    return None


def _value(text: str) -> float | None:
    number = float(text)
    return number if 0 < number <= _SCALE else None
