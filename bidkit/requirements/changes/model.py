"""What changed in a tender."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bidkit.kernel.anchor import Anchor


class ChangeKind(StrEnum):
    """What happened to a piece of a tender."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class What(StrEnum):
    """What about a piece is another now, the weightiest first."""

    DATE = "date"
    NUMBER = "number"
    STRENGTH = "strength"  # how strongly it binds: shall -> should
    MARK = "mark"  # ★ added or taken away
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class TenderChange:
    """One change. `old` and `new` are the texts before and after, "" where the piece did not or does not stand.

    `what` is the weightiest thing that changed, `also` everything else that did. `old_anchor` is the place in the old
    tender, `new_anchor` in the new one or in the addendum; None where there is none. `instruction` is the addendum's
    own sentence, "" for a re-issued tender. `section` is the heading trail of the piece, outermost first.
    """

    kind: ChangeKind
    old: str
    new: str
    what: What
    also: tuple[What, ...] = ()
    old_anchor: Anchor | None = None
    new_anchor: Anchor | None = None
    instruction: str = ""
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TenderDiff:
    """All changes in the order of the new documents.

    `kept` are names of old documents that were not issued again and stay as they are; `listed` of new ones that were
    read as lists of changes.
    """

    changes: tuple[TenderChange, ...]
    kept: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
