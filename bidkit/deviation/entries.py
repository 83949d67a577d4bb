"""What people say to one row of a deviation table, and how their edits come together without losing a word."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from bidkit.deviation.tables_model import Table
from bidkit.respond.response import Clash
from bidkit.terms.model import Direction


@dataclass(frozen=True, slots=True)
class RowEntry:
    """Our answer to one row; every text is free and "" where nothing was typed.

    `response` is what the table prints as our answer, `offered` the value we offer ("36 个月"), `proof` the place of
    the evidence. `direction` is a person's word and never filled in by default. `version` counts the stored edits.
    """

    response: str = ""
    offered: str = ""
    direction: Direction | None = None
    note: str = ""
    proof: str = ""
    version: int = 0

    @property
    def empty(self) -> bool:
        """True where no person's word would be lost by forgetting this."""
        return replace(self, version=0) == NO_ENTRY

    @property
    def deviates(self) -> bool:
        """Whether the row is a deviation, for the better or the worse; a row nobody can judge counts as one."""
        return self.direction not in (None, Direction.NONE)

    @property
    def answer(self) -> str:
        """What stands in a response column: the words, else the offered value."""
        return self.response or self.offered


NO_ENTRY = RowEntry()
ENTRY_FIELDS = tuple(field.name for field in fields(RowEntry) if field.name != "version")


@dataclass(frozen=True, slots=True)
class EntryEdit:
    """One row as it came back from a file; `base` is what the file showed when it was written, None if it is lost."""

    row_id: str
    typed: RowEntry
    base: RowEntry | None = None


@dataclass(frozen=True, slots=True)
class NoDeviation:
    """A person's explicit word that one table has no deviation: a blank table would accept everything unsaid."""

    table: Table
    person: str
    on: date


def merge_entry(edit: EntryEdit, current: RowEntry) -> tuple[RowEntry, tuple[Clash, ...]]:
    """`current` with the changes somebody made in a file; a field changed on both sides stays and is a clash.

    Without a base the file is taken as written from an empty row: it can add words and not remove any.
    """
    base = edit.base or NO_ENTRY
    merged, clashes = current, []
    for name in ENTRY_FIELDS:
        shown, kept, typed = (getattr(entry, name) for entry in (base, current, edit.typed))
        if typed in (shown, kept):
            continue
        if kept == shown:
            merged = replace(merged, **{name: typed})
        else:
            clashes.append(Clash(edit.row_id, name, str(kept or ""), str(typed or "")))
    return merged, tuple(clashes)
