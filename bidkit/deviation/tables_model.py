"""The values of a deviation table: the tender's own form, what the tender says about it, and the rows it must have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bidkit.deviation.cues import Words
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.language import Language


class Table(StrEnum):
    """Which deviation table: 技术, 商务, 实质性条款 or 合同条款."""

    TECHNICAL = "technical"
    COMMERCIAL = "commercial"
    SUBSTANTIVE = "substantive"
    CONTRACT = "contract"


class Role(StrEnum):
    """What a column of a deviation table holds."""

    NUMBER = "number"
    ITEM = "item"
    CLAUSE = "clause"
    REQUIREMENT = "requirement"
    RESPONSE = "response"
    DIRECTION = "direction"
    NOTE = "note"
    PROOF = "proof"
    OTHER = "other"


class Listing(StrEnum):
    """Whether a table lists every requirement or only what deviates."""

    ALL = "all"
    DEVIATIONS = "deviations"


class Copying(StrEnum):
    """What the tender says about repeating its text as the response."""

    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"
    UNSAID = "unsaid"


class Blank(StrEnum):
    """What the tender makes of a table without entries."""

    REJECTS = "rejects"
    ACCEPTS = "accepts"
    UNSAID = "unsaid"


class Origin(StrEnum):
    """Where the rows come from: printed in the tender's form, or put together by its rules."""

    ISSUED = "issued"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column of a form: grid column `at`, `span` wide, headed `title` as printed."""

    at: int
    span: int
    title: str
    role: Role


@dataclass(frozen=True, slots=True)
class TableForm:
    """A blank deviation table that the tender issues.

    `tables` are the tables it serves (two where technical and commercial terms share one form). `place` is the
    reader's number of the table, `header` the block of its header, `rows` the blocks of its other rows.
    `instructions` are the paragraphs around it, with their anchors. `anchor` is the place of its header;
    `title_label` the number a word processor prints before the title.
    """

    tables: tuple[Table, ...]
    title: str
    columns: tuple[FormColumn, ...]
    place: int
    header: int
    rows: tuple[int, ...]
    anchor: Anchor
    instructions: tuple[tuple[str, Anchor], ...] = ()
    language: Language = Language.ZH
    title_label: str = ""

    def column(self, role: Role) -> FormColumn | None:
        """The first column with this role, None where the form has none."""
        return next((column for column in self.columns if column.role is role), None)

    def columns_of(self, role: Role) -> tuple[FormColumn, ...]:
        """Every column with this role, left to right."""
        return tuple(column for column in self.columns if column.role is role)


@dataclass(frozen=True, slots=True)
class Said:
    """A rule with the words of the tender it rests on."""

    rule: str
    text: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class TableRules:
    """What the tender says about one table; `said` holds its words, an empty `said` means the house default.

    `words` are the words the direction column is filled in with. `closing` is the statement printed below the table.
    `row_is_unit` says that a printed row, and nothing else, counts as one item; `number_is_unit` that every
    numbered line of a cell does. `moved` says that ★ rows leave the
    other tables for the substantive one.
    """

    listing: Listing
    copying: Copying
    blank: Blank
    words: Words
    proof_asked: bool = False
    missing_is_negative: bool = False
    no_negative: bool = False
    row_is_unit: bool = False
    number_is_unit: bool = False
    moved: bool = False
    closing: str = ""
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviationRow:
    """One row of a deviation table before anybody answered it.

    `id` stays the same across readings of the same text. `item` names the goods or topic (levels joined by " > "),
    `clause` is the number as printed with its mark, `requirement` the tender's words with every mark kept, lines
    apart. `printed_row` is the row of the tender's own table it is printed in, None for a derived row. `band` is true
    for a row that only titles the rows below it and needs no answer. `requirement_ids` are the requirement rows it
    answers, none where the tender only printed it in the form.
    """

    id: str
    table: Table
    item: str
    clause: str
    requirement: str
    anchor: Anchor
    mark: str = ""
    knockout: bool = False
    band: bool = False
    origin: Origin = Origin.DERIVED
    printed_row: int | None = None
    requirement_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviationTable:
    """One table with its form (None: the house form), its rules and its rows in order."""

    table: Table
    form: TableForm | None
    rules: TableRules
    rows: tuple[DeviationRow, ...]
