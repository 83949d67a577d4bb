"""The maximum points of a scored criterion."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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
    rf"(?:满分|最高(?:得)?|最多(?:得)?|分值(?:为)?|up to|maximum(?: of)?|max\.?|worth)[:：]?\s*"
    rf"{_NUMBER}\s*(?:分|points?|marks?|%)?"
    rf"|{_NUMBER}\s*(?:points|marks)\b",
    re.IGNORECASE,
)
_SCALE, _TITLE = 1000, 20


def points_of(text: str, header: Sequence[str], own: Mapping[int, str], shared: Mapping[int, str]) -> float | None:
    """The maximum of a criterion; None where the tender does not state one.

    `own` holds the row's cells by grid column, `shared` those that serve later rows too. A cell that says it is
    the maximum wins, then a column of maxima, then a points column, any other number, and last the words.
    """
    cells = {**shared, **own}
    spoken = [value for cell in own.values() if says_maximum(cell) and (value := _alone(cell)) is not None]
    if spoken:
        return max(spoken)
    for cue, among in (("maximum_column", cells), ("points_column", own)):
        named = [_alone(among[c]) for c in sorted(among) if c and c < len(header) and _headed(header[c], cue)]
        if values := [value for value in named if value is not None]:
            return max(values)
    numbers = [value for column, cell in own.items() if column and (value := _alone(cell)) is not None]
    return max(numbers) if numbers else _from_text(text)


def says_maximum(cell: str) -> bool:
    """Whether a cell calls its own number a maximum ("5 max")."""
    return len(cell) < _TITLE and bool(pattern_of("maximum_column").search(cell))


def _headed(title: str, cue: str) -> bool:
    return len(title) < _TITLE and bool(pattern_of(cue).search(title))


def _alone(cell: str) -> float | None:
    lines = [line for line in cell.split("\n") if any(sign.isdigit() for sign in line)]
    found = _ALONE.match(lines[0]) if lines else None
    return _value(found.group(2)) if found else None


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
