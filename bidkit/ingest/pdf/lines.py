"""Visual lines: runs that stand beside one another, in the order they are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bidkit.ingest.pdf.runs import Run

_WIDE = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d"
_ENDS_WIDE = re.compile(f"[{_WIDE}]$")
_STARTS_WIDE = re.compile(f"^[{_WIDE}]")
_CLOSE_GAP = 0.18
_WIDE_GAP = 1.0


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text. `size` is that of its type in points; `parts` are its runs from left to right."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    font: bytes
    parts: tuple[Run, ...] = ()

    @property
    def middle(self) -> float:
        """The height of the centre line."""
        return (self.top + self.bottom) / 2


def text_lines(runs: Sequence[Run]) -> list[TextLine]:
    """The lines that `runs` form, from top to bottom; runs overlapping by half their height stand on one line."""
    groups: list[list[Run]] = []
    low = high = 0.0
    for run in sorted(runs, key=lambda run: run.middle):
        share = min(run.bottom, high) - max(run.top, low)
        if (
            groups
            and share > 0.5 * min(run.height, high - low)
            and abs(run.middle - (low + high) / 2) < 0.5 * max(run.height, high - low)
        ):
            groups[-1].append(run)
            if run.height > 1.4 * (high - low):
                low, high = run.top, run.bottom
        else:
            groups.append([run])
            low, high = run.top, run.bottom
    return [_line(group) for group in groups]


def _line(group: list[Run]) -> TextLine:
    if len(group) == 1:
        run = group[0]
        return TextLine(run.text, run.left, run.top, run.right, run.bottom, run.em, run.bold, run.font, (run,))
    group.sort(key=lambda run: run.left)
    main = max(group, key=lambda run: len(run.text))
    pieces = [group[0].text]
    for before, run in pairwise(group):
        pieces.append(_between(before, run, main.em) + run.text)
    lettered = [run for run in group if any(char.isalpha() for char in run.text)]
    return TextLine(
        "".join(pieces).strip(),
        group[0].left,
        min(run.top for run in group),
        max(run.right for run in group),
        max(run.bottom for run in group),
        main.em,
        bool(lettered) and all(run.bold for run in lettered),
        main.font,
        tuple(group),
    )


def _between(before: Run, run: Run, size: float) -> str:
    gap = run.left - before.right
    if gap > _WIDE_GAP * size:
        return " "
    both_wide = _ENDS_WIDE.search(before.text) and _STARTS_WIDE.match(run.text)
    return "" if gap < _CLOSE_GAP * size or both_wide else " "
