"""What changed between two versions of a contract."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bidkit.kernel.anchor import Anchor


class ContractChangeKind(StrEnum):
    """What happened to a clause."""

    CHANGED = "changed"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"


class Place(StrEnum):
    """Where in a document a text stands; everything but BODY is easily overlooked."""

    BODY = "body"
    TABLE = "table"
    MARGIN = "margin"  # running header or footer
    NOTE = "note"
    COMMENT = "comment"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value that is another one now; `kind` is "amount", "number", "date" or "blank", `unit` a code or "".

    `old` and `new` are verbatim, "" where the value stands on one side only. "blank": one side is left to be filled.
    """

    kind: str
    old: str
    new: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the two texts that differs, verbatim, with offsets into `old` and `new` of its change."""

    old: str
    new: str
    old_start: int
    new_start: int


@dataclass(frozen=True, slots=True)
class ContractChange:
    """One change a reader of the new version must see.

    `tracked` says that the new version shows it as a pending revision; `authors` are whose. `old` and `new` are the
    whole clause texts with their numbers, "" on the side where the clause does not stand. `old_anchor` is None for
    an insertion, `new_anchor` None for a deletion. A moved clause may carry edits too.
    """

    kind: ContractChangeKind
    old: str
    new: str
    tracked: bool
    place: Place = Place.BODY
    value_changes: tuple[ValueChange, ...] = ()
    edits: tuple[Edit, ...] = ()
    authors: tuple[str, ...] = ()
    old_anchor: Anchor | None = None
    new_anchor: Anchor | None = None
    old_number: str = ""
    new_number: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes, silent (untracked) ones first, then tracked ones, each in reading order of the new version."""

    old_name: str
    new_name: str
    old_sha256: str
    new_sha256: str
    changes: tuple[ContractChange, ...]

    @property
    def silent(self) -> tuple[ContractChange, ...]:
        """The changes the new version does not show."""
        return tuple(change for change in self.changes if not change.tracked)
