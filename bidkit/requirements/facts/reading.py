"""A reading: the text in which one key fact may stand, before its value is typed."""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.kernel.language import Language
from bidkit.requirements.facts.lines import Line


@dataclass(frozen=True, slots=True)
class Reading:
    """One place where a label or sentence says that `key` is stated.

    `text` is the raw value, `tail` what follows it up to the next label, beginning at line `below`; `hint` is the
    bracket printed at the label ("万元"). `literal` is the answer of a sentence that has one ("true", "false", a
    number), else "". `start` and `end` are the span of `text` in `line`. `score` weighs place and label; `column` is
    (table, column) for a value that stands under a column header, else None. `index` is the line's position,
    `stated` marks a sentence, `day_first` a document that writes 21-06-2031.
    """

    key: str
    text: str
    line: Line
    start: int
    end: int
    score: int
    language: Language
    tail: str = ""
    below: Line | None = None
    hint: str = ""
    literal: str = ""
    column: tuple[int, int] | None = None
    index: int = 0
    stated: bool = False
    day_first: bool = False
