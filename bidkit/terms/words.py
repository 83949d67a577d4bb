"""The words of values (numerals, multipliers, currencies, units, bounds), read from `schemas/cues/term_*.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from bidkit.terms.fold import fold
from bidkit.vocabulary.tables import BrokenVocabulary, Row, table


@cache
def numerals(role: str) -> dict[str, int]:
    """Word -> value for one role: "digit", "unit", "tens", "section" (Chinese) or "word" (English)."""
    rows = table("cues/term_numerals.csv", ("word", "role", "value", "language"))
    return {fold(row["word"]): int(row["value"]) for row in rows if row["role"] == role}


@cache
def multipliers() -> dict[str, Decimal]:
    """Lower-case word -> factor ("万" -> 10000, "million" -> 1000000)."""
    rows = table("cues/term_multipliers.csv", ("word", "factor", "language"))
    return {row["word"].lower(): Decimal(row["factor"]) for row in rows}


@cache
def currencies(place: str) -> dict[str, str]:
    """Lower-case word -> ISO code of the currency words that stand "before" or "after" the number."""
    rows = table("cues/term_currencies.csv", ("word", "currency", "place", "language"))
    return {fold(row["word"]).lower(): row["currency"] for row in rows if row["place"] == place}


@cache
def units() -> dict[str, str]:
    """Printed unit -> code of `codelists/units.csv`; symbols are case-sensitive, English words are in lower case."""
    return {fold(row["word"]): row["unit"] for row in _unit_rows()}


@cache
def unit_pattern() -> str:
    """An expression for any printed unit: Chinese words and symbols as they are, English words in any case."""
    kept = one_of(fold(row["word"]) for row in _unit_rows() if row["language"] != "en")
    any_case = one_of(fold(row["word"]) for row in _unit_rows() if row["language"] == "en")
    return f"(?:(?i:{any_case})|(?-i:{kept}))"


def _unit_rows() -> tuple[Row, ...]:
    return table("cues/term_units.csv", ("word", "unit", "language"))


@cache
def bounds(place: str) -> dict[str, str]:
    """Lower-case phrase -> comparator of the phrases "before" or "after" a value."""
    rows = table("cues/term_bounds.csv", ("word", "bound", "place", "language"))
    return {fold(row["word"]).lower(): row["bound"] for row in rows if row["place"] == place}


@cache
def contexts(file: str, place: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of `cues/<file>.csv` for one place, in file order; each must match its own example."""
    rows = table(f"cues/{file}.csv", ("pattern", "place", "language", "example"))
    return tuple(_compiled(file, row) for row in rows if row["place"] == place)


def _compiled(file: str, row: Row) -> re.Pattern[str]:
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    if not pattern.search(row["example"]):
        raise BrokenVocabulary(
            f"{row['pattern']!r} does not match its example", where=f"cues/{file}.csv", next_step="mend it"
        )
    return pattern


def one_of(words: Iterable[str]) -> str:
    """An expression for any of `words`, longest first; Latin words end at a word's end, inner spaces may vary."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(_word(word) for word in ordered)


def _word(word: str) -> str:
    pattern = r"\s+".join(re.escape(part) for part in word.split(" "))
    return pattern + r"(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else pattern
