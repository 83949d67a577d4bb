"""What a reader makes of a file: blocks in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding


class BlockKind(StrEnum):
    """What part of a page a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE_ROW = "table_row"
    TOC_LINE = "toc_line"
    FURNITURE = "furniture"  # running header, footer, page number
    FOOTNOTE = "footnote"
    COMMENT = "comment"  # a reviewer's note, never part of the tender's text
    FORM_FIELD = "form_field"  # value of a PDF form field


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; `label` is the number or mark Word renders ("1.2.3", "（一）", "★"), not part of `text`.

    Labels typed by hand into the paragraph stay in `text`; only numbers that a word processor renders are here.
    `page` is set where the paragraph starts on a later page than the table row it belongs to.
    """

    text: str
    label: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a logical row.

    `column` is the first grid column (0-based), `span` how many it covers. `lines` are the paragraphs of the cell.
    `continued` marks the lower part of a vertically merged cell: `lines` then repeat the text of the first part.
    """

    column: int
    lines: tuple[Line, ...]
    span: int = 1
    continued: bool = False

    @property
    def text(self) -> str:
        """The text of every paragraph, one a line, without the rendered labels."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where in a table a row stands.

    `table` numbers the tables of the document from 0 (a nested table has its own number), `row` is 0-based.
    `columns` is the width of the grid. `header` marks header rows, also those repeated after a page break.
    `header_texts` are the texts of the header row that governs this row, by grid column; empty without a header.
    """

    table: int
    row: int
    columns: int
    header: bool = False
    header_texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document in reading order.

    `text` of a TABLE_ROW is its non-continued cell texts joined by " | " (line breaks inside a cell kept);
    of everything else the paragraph's text without the rendered `label`. `level` is the outline level of a
    heading (1 = outermost) or the list depth of a paragraph (0 = none). `style` is the paragraph style's name
    ("" where unknown), `bold` whether all of it is bold. `anchor.block` is this block's own index.
    """

    kind: BlockKind
    text: str
    anchor: Anchor
    label: str = ""
    level: int = 0
    style: str = ""
    bold: bool = False
    cells: tuple[Cell, ...] = ()
    place: TablePlace | None = None


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """A pending revision in a Word file: kept insertions are in the text, deletions are only here."""

    kind: str  # "inserted" | "deleted" | "moved_from" | "moved_to"
    text: str
    author: str
    date: str
    block: int


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One file as read: `blocks` in reading order, `pages` None where the format has none.

    `changes` are the pending revisions of a Word file; `findings` what a person should know about the reading
    (tracked deletions left out, pages without text, a wrong extension that was corrected, …).
    """

    name: str
    sha256: str
    media_type: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    changes: tuple[TrackedChange, ...] = ()
    findings: tuple[Finding, ...] = ()
