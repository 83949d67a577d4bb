"""Three versions of a form's values made one: as exported, as stored now, as typed into the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bidkit.documents.forms.plain import plain_values
from bidkit.vocabulary.forms import FieldType, FormDefinition

_MISSING: Any = None


@dataclass(frozen=True, slots=True)
class Clash:
    """A field, or a place in a table such as `impact[2].effect`, that two people changed differently."""

    field: str
    kept: Any
    typed: Any


def merge_values(
    definition: FormDefinition,
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    present: Collection[str],
) -> tuple[dict[str, Any], tuple[Clash, ...]]:
    """`mine` with what `theirs` changed against `base`, and what both changed: there `mine` stays.

    Only fields in `present` are looked at. Tables of equal length are merged cell by cell, others as one thing.
    Merging the result again with the same file changes nothing.
    """
    before, now, typed = (plain_values(definition, values) for values in (base, mine, theirs))
    merged: dict[str, Any] = dict(mine)
    clashes: list[Clash] = []
    for field in definition.fields:
        if field.key not in present:
            continue
        values = [one.get(field.key, _MISSING) for one in (before, now, typed)]
        if field.type is FieldType.TABLE and _same_length(values):
            value, found = _rows(field.key, *values)
        else:
            value, found = _one(field.key, *values)
        clashes += found
        if value == values[1]:
            continue
        if value in (_MISSING, []):
            merged.pop(field.key, None)
        else:
            merged[field.key] = value
    return merged, tuple(clashes)


def _one(name: str, base: Any, mine: Any, theirs: Any) -> tuple[Any, list[Clash]]:
    if theirs in (base, mine):
        return mine, []
    if mine == base:
        return theirs, []
    return mine, [Clash(name, mine, theirs)]


def _same_length(tables: list[Any]) -> bool:
    return all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in tables) and (
        len({len(rows) for rows in tables}) == 1
    )


def _rows(
    name: str, base: list[dict[str, Any]], mine: list[dict[str, Any]], theirs: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[Clash]]:
    rows: list[dict[str, Any]] = []
    clashes: list[Clash] = []
    for number, (before, now, typed) in enumerate(zip(base, mine, theirs, strict=True)):
        row = {}
        for key in dict.fromkeys((*now, *typed)):
            value, found = _one(f"{name}[{number}].{key}", before.get(key), now.get(key), typed.get(key))
            clashes += found
            if value is not None:
                row[key] = value
        rows.append(row)
    return rows, clashes
