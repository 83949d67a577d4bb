"""How many lots a tender has, counted from their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bidkit.kernel.language import Language
from bidkit.requirements.facts.choose import Candidate
from bidkit.requirements.facts.lines import Line
from bidkit.terms.numerals import chinese_number
from bidkit.vocabulary.tables import table

_RANK, _SCORE = 70, 78


def counted_lots(lines: Sequence[Line], language: Language) -> list[Candidate]:
    """The number of lots where headings number them 1..n without a gap, n at least 2; else nothing."""
    first: dict[int, Line] = {}
    for line in lines:
        if line.rank < _RANK:
            continue
        for pattern in _patterns(language):
            hit = pattern.match(line.text)
            value = chinese_number(hit["n"]) if hit and not hit["n"].isdigit() else int(hit["n"]) if hit else None
            if value:
                first.setdefault(int(value), line)
    count = max(first, default=0)
    if count < 2 or set(first) != set(range(1, count + 1)):
        return []
    line = first[1]
    return [Candidate("lots", count, line.text, line.anchor(), _SCORE, line.block.anchor.block)]


@cache
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    rows = table("cues/fact_lots.csv", ("language", "pattern", "source"))
    return tuple(re.compile(row["pattern"], re.IGNORECASE) for row in rows if row["language"] == language)
