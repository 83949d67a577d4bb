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
