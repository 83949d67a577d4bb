"""People's work on requirement rows: what they typed, kept apart from what was read out of the tender."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Compliance(StrEnum):
    """How far our offer meets a row; OPEN means nobody has said yet."""

    OPEN = ""
    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class RowWork:
    """What people typed on one row; the texts are free and "" where nothing was typed.

    `version` counts the stored edits of the row: 0 = never touched, 1 = the first edit. A sheet that goes out carries
    the version it shows, so that an edit coming back can be told from one made on an older state.
    """

    compliance: Compliance = Compliance.OPEN
    owner: str = ""
    response: str = ""
    note: str = ""
    version: int = 0

    @property
    def empty(self) -> bool:
        """True where no person's word would be lost by forgetting this."""
        return not (self.compliance or self.owner or self.response or self.note)

    def same_words(self, other: RowWork) -> bool:
        """True where both say the same, whatever their versions."""
        return replace(self, version=0) == replace(other, version=0)


@dataclass(frozen=True, slots=True)
class RowEdit:
    """One row as it came back from a sheet.

    `typed` is what stands in the sheet; `typed.version` is the version the sheet was written from (0 where the sheet
    does not say). `base` is what the sheet showed when it was written, None where the sheet does not keep it.
    """

    row_id: str
    typed: RowWork
    base: RowWork | None = None


NO_WORK = RowWork()


WORDS = ("compliance", "owner", "response", "note")


@dataclass(frozen=True, slots=True)
class Clash:
    """Two people gave one field of a row different words: `kept` is in force, `typed` came later from a sheet."""

    row_id: str
    field: str
    kept: str
    typed: str


def merge(edit: RowEdit, current: RowWork) -> tuple[RowWork, tuple[Clash, ...]]:
    """`current` with the changes somebody made in a sheet; a field changed on both sides stays and is a clash.

    What the sheet showed when it was written tells a change from a field left alone; a sheet that does not say
    is taken as written from an empty row, so that it can add words and not remove any.
    """
    base = edit.base or NO_WORK
    merged, clashes = current, []
    for name in WORDS:
        shown, kept, typed = (getattr(work, name) for work in (base, current, edit.typed))
        if typed in (shown, kept):
            continue
        if kept == shown:
            merged = replace(merged, **{name: typed})
        else:
            clashes.append(Clash(edit.row_id, name, str(kept), str(typed)))
    return merged, tuple(clashes)
