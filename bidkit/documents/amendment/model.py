"""One amendment of a deal's tender: what was issued, what changed, and whose work has to be looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bidkit.kernel.anchor import Anchor
from bidkit.requirements.changes import ChangeKind, What
from bidkit.requirements.changes.carry import RowFate
from bidkit.requirements.model import Kind
from bidkit.respond.response import Compliance, State
from bidkit.terms.model import Direction


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """A file that came with the addendum; `sha256` names its bytes in storage."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class OrderedChange:
    """One change of the tender's text. `placed` is false where the place it names was not found in the tender.

    `instruction` is the addendum's own sentence, "" where the tender was issued anew. `old` and `new` are "" where the
    piece did not or does not stand; a place said to be changed without saying how has no `new`.
    """

    kind: ChangeKind
    what: What
    also: tuple[What, ...]
    old: str
    new: str
    section: tuple[str, ...]
    instruction: str
    placed: bool
    anchor: Anchor | None


@dataclass(frozen=True, slots=True)
class RowChange:
    """A requirement row that is not as it was. `row_id` is its id in the new revision, of a removed one the old id.

    `old` and `new` are the row as it binds, with its mark, lead-in and points where these differ. `anchor` is its place
    now, of a removed row where it stood.
    """

    row_id: str
    fate: RowFate
    old: str
    new: str
    clause: str
    kind: Kind
    knockout: bool
    anchor: Anchor
    what: What | None = None
    also: tuple[What, ...] = ()


@dataclass(frozen=True, slots=True)
class FactChange:
    """A key fact that changed, each side in the words of the deal's language; "" where it is not stated."""

    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TouchedAnswer:
    """Somebody's work on a row that changed or went: as it was before, kept with the row.

    `state` and `due_on` are those from before; `owner` is "" where nobody has the row.
    """

    row_id: str
    fate: RowFate
    owner: str
    state: State
    compliance: Compliance
    answer: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class TouchedDeviation:
    """A row of a deviation table with work on it that changed or went.

    `row_id` is its id now, "" where it is gone; `old_id` the one its entry was made under. `approved_by` had approved
    it; their approval does not count any more.
    """

    old_id: str
    row_id: str
    table: str
    clause: str
    old: str
    new: str
    direction: Direction | None
    approved_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DueMove:
    """A row whose day came from the work plan and moved with the deadline."""

    row_id: str
    old: date
    new: date


@dataclass(frozen=True, slots=True)
class EarlierDecision:
    """A decision on the bid that was taken before the change."""

    id: str
    gate: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Amendment:
    """Everything one addendum, or several issued together, changed. `number` counts the deal's amendments from 1.

    `base` is the tender's revision before, `revision` the one after. `reissued` are old documents that a new issue
    replaces, `listed` new ones read as lists of changes. `rows` are only the rows that are not as they were, in the
    order of the tender. `statements` are the deviation tables of which somebody's word "no deviation" fell.
    """

    number: int
    base: int
    revision: int
    on: date
    by: str
    files: tuple[IssuedFile, ...]
    reissued: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    changes: tuple[OrderedChange, ...] = ()
    rows: tuple[RowChange, ...] = ()
    facts: tuple[FactChange, ...] = ()
    answers: tuple[TouchedAnswer, ...] = ()
    deviations: tuple[TouchedDeviation, ...] = ()
    statements: tuple[str, ...] = ()
    dues: tuple[DueMove, ...] = ()
    decisions: tuple[EarlierDecision, ...] = ()

    @property
    def unplaced(self) -> tuple[OrderedChange, ...]:
        """Ordered changes a person has to find the place of."""
        return tuple(change for change in self.changes if not change.placed)

    @property
    def row_ids(self) -> frozenset[str]:
        """The ids of the rows that bind otherwise, are new or are gone: what was made from them is out of date."""
        return frozenset(row.row_id for row in self.rows if row.fate is not RowFate.MOVED)

    def count(self, fate: RowFate) -> int:
        """How many rows met this fate."""
        return sum(row.fate is fate for row in self.rows)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A person's word that the addendum with this number was received and taken into account."""

    number: int
    person: str
    on: date
