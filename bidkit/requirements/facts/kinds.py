"""What kind of value each key has."""

from __future__ import annotations

from functools import cache

from bidkit.vocabulary.tables import Row, table


@cache
def kinds() -> dict[str, str]:
    """Key -> kind of value, from `schemas/cues/fact_kinds.csv`."""
    return {row["key"]: row["kind"] for row in _kind_rows()}


@cache
def early_lines() -> dict[str, int]:
    """Key -> number of lines after which running text no longer states it (names stand at the front)."""
    return {row["key"]: int(row["early"]) for row in _kind_rows() if row["early"]}


@cache
def triggers() -> dict[str, tuple[str, ...]]:
    """Key -> lower-case words of which one stands in every sentence that states it; () where any text may."""
    return {row["key"]: tuple(word for word in row["triggers"].split("|") if word) for row in _kind_rows()}


def _kind_rows() -> tuple[Row, ...]:
    return table("cues/fact_kinds.csv", ("key", "kind", "early", "triggers"))
