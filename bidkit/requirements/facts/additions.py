"""What the text behind a stated value adds to it: options to a term, further copies, how often to invoice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.requirements.facts.lines import Line
from bidkit.requirements.facts.reading import Reading
from bidkit.vocabulary.tables import table

_LINES = 7
_LONGEST = {Language.ZH: 120, Language.EN: 380}


def with_additions(reading: Reading, value: str, lines: Sequence[Line]) -> str:
    """`value` with every later phrase of its own line or the next lines that `fact_additions.csv` names for its key.

    Phrases are joined by "; ". They end where the part of the tender ends or the whole would grow too long.
    """
    parts = [value.rstrip(" .;；。")]
    for pattern in _patterns(reading.key, reading.language):
        for hit in pattern.finditer(_following(reading, lines)):
            said = squash(" ".join(parts))
            phrase = re.sub(r"\s+", " ", hit[0]).strip(" ,，:：")
            longer = sum(map(len, parts)) + len(phrase) > _LONGEST[reading.language]
            if not longer and squash(phrase) not in said:
                parts.append(phrase)
    if len(parts) == 1:
        return value
    return ("; " if reading.language is Language.EN else "；").join(parts)


def _following(reading: Reading, lines: Sequence[Line]) -> str:
    """The rest of the reading's line and the lines after it in the same part and cell."""
    texts = [reading.line.text[reading.end :]]
    for line in lines[reading.index + 1 : reading.index + 1 + _LINES]:
        same_cell = reading.line.cell is None or (line.block is reading.line.block and line.cell == reading.line.cell)
        if line.zone not in (reading.line.zone, "furniture") or not same_cell:
            break
        if line.zone != "furniture":
            texts.append(line.text)
    return "\n".join(texts)


@cache
def _patterns(key: str, language: Language) -> tuple[re.Pattern[str], ...]:
    rows = table("cues/fact_additions.csv", ("key", "language", "pattern", "example"))
    return tuple(
        re.compile(row["pattern"], re.IGNORECASE) for row in rows if (row["key"], row["language"]) == (key, language)
    )
