"""Words that change what a value means (events, bases, rates, senses, grades, scales), read from `schemas/cues`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bidkit.vocabulary.tables import BrokenVocabulary, Row, table

# With ASCII a word ends where Chinese begins, as in 采用DDP交货.
_FLAGS = re.IGNORECASE | re.ASCII


@dataclass(frozen=True, slots=True)
class Code:
    """A code found in a text with its place; `rank` orders events in time."""

    code: str
    rank: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GradeShape:
    """A way to write a grade; `order` lists its letters from low to high, empty where it is a number."""

    grade: str
    more_is_better: bool
    order: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Scale:
    """How a unit becomes the base unit of its dimension; `sense` is what is usually better, "" where it depends."""

    dimension: str
    factor: Decimal
    sense: str


@cache
def cue(name: str) -> re.Pattern[str]:
    """All patterns of a cue of `term_cues.csv` as one expression."""
    return _joined(tuple(row for row in _checked("term_cues", "cue") if row["cue"] == name), name)


@cache
def sense_patterns(sense: str) -> re.Pattern[str]:
    """The parameter words for which more, less, the same or a wider range is better."""
    return _joined(tuple(row for row in _checked("term_senses", "sense") if row["sense"] == sense), sense)


def codes_in(kind: str, text: str) -> tuple[Code, ...]:
    """The codes of that kind ("event", "basis", "per", "party") in reading order; where two overlap, the longer one."""
    hits = [
        Code(row["code"], int(row["rank"]), match.start(), match.end())
        for row, pattern in _coded(kind)
        for match in pattern.finditer(text)
        if match.end() > match.start()
    ]
    kept: list[Code] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda h: h.start))


def code_of(kind: str, text: str) -> Code | None:
    """The first code by the order of the list, so that the more specific one wins; None without any."""
    for row, pattern in _coded(kind):
        match = pattern.search(text)
        if match and match.end() > match.start():
            return Code(row["code"], int(row["rank"]), match.start(), match.end())
    return None


@cache
def grade_shapes() -> tuple[GradeShape, ...]:
    """Every grade that can be read, in file order."""
    rows = table("cues/term_grades.csv", ("grade", "sense", "order", "language", "pattern", "example"))
    return tuple(
        GradeShape(
            row["grade"],
            row["sense"] == "more",
            tuple(filter(None, row["order"].split("|"))),
            _compiled("term_grades", row),
        )
        for row in rows
    )


@cache
def scales() -> dict[str, Scale]:
    """Unit code -> its scale; units that are alone in their dimension are not listed."""
    rows = table("cues/term_scales.csv", ("unit", "dimension", "factor", "sense"))
    return {row["unit"]: Scale(row["dimension"], Decimal(row["factor"]), row["sense"]) for row in rows}


@cache
def _coded(kind: str) -> tuple[tuple[Row, re.Pattern[str]], ...]:
    rows = table("cues/term_codes.csv", ("kind", "code", "rank", "language", "pattern", "example"))
    return tuple((row, _compiled("term_codes", row)) for row in rows if row["kind"] == kind)


@cache
def _checked(file: str, key: str) -> tuple[Row, ...]:
    rows = table(f"cues/{file}.csv", (key, "language", "pattern", "example"))
    for row in rows:
        _compiled(file, row)
    return rows


def _joined(rows: tuple[Row, ...], name: str) -> re.Pattern[str]:
    if not rows:
        raise BrokenVocabulary(f"no cue {name!r}", where="cues/term_*.csv", next_step="add a row")
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows), _FLAGS)


def _compiled(file: str, row: Row) -> re.Pattern[str]:
    pattern = re.compile(row["pattern"], _FLAGS)
    if not pattern.search(row["example"]):
        raise BrokenVocabulary(
            f"{row['pattern']!r} does not match its example", where=f"cues/{file}.csv", next_step="mend it"
        )
    return pattern
