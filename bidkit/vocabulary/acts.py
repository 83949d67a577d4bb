"""What we do on a deal, and what must stand before we may: data of `schemas/rules/acts.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from bidkit.vocabulary.records import Label, label_of
from bidkit.vocabulary.tables import BrokenVocabulary, table

_COLUMNS = ("act", "completed", "entered", "go", "law", "approval", "zh", "en")


class NeedsGo(StrEnum):
    """When an act wants a go decision: never, or for a deal that came in late."""

    NO = "no"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Act:
    """An act waits for these stages (0 for none) to be completed and entered.

    `law` names the act of `rules/compliance.yaml` it is, `approval` the topic of `rules/approvals.csv` somebody must
    decide on first; None for neither.
    """

    id: str
    label: Label
    completed: int
    entered: int
    go: NeedsGo
    law: str | None
    approval: str | None


@cache
def acts() -> Mapping[str, Act]:
    """Id -> act; raises BrokenVocabulary where an id stands twice."""
    rows = table("rules/acts.csv", _COLUMNS)
    found = {
        row["act"]: Act(
            row["act"],
            label_of(row),
            int(row["completed"]),
            int(row["entered"]),
            NeedsGo(row["go"]),
            row["law"] or None,
            row["approval"] or None,
        )
        for row in rows
    }
    if len(found) != len(rows):
        raise BrokenVocabulary("an act stands twice", where="rules/acts.csv", next_step="remove one")
    return MappingProxyType(found)
