"""A piece: the smallest stretch of a tender that could be a requirement row, with everything that governs it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """The form a piece has on the page."""

    SENTENCE = "sentence"
    ITEM = "item"  # an item of a printed list
    TABLE_ROW = "table_row"  # a whole row of a table
    CELL_LINE = "cell_line"  # one paragraph or sentence of a cell that holds several
    SCORE_ROW = "score_row"  # a row of a scoring table
    HEADING = "heading"  # a heading, kept because some headings demand something


@dataclass(frozen=True, slots=True)
class Piece:
    """A candidate row.

    `block`, `start` and `end` say where the text stands. `label` is the printed number, `mark` the sign printed at
    it. `lead_in` is the governing sentence and `lead_label` its own number; `after` the text right behind the list
    or table the piece belongs to. `trail` holds the headings and list titles above, outermost first. `header` are
    the column headers of its table, `caption` the line that introduces the table, `table` the table's number.
    `column_mark` is a mark printed in the header of the column the text stands in. `has_items` says a deeper list
    follows, `first` and `count` where in its paragraph a sentence stands, `group` joins pieces of one list or table.
    """

    text: str
    block: int
    start: int
    end: int
    page: int | None
    shape: Shape
    label: str = ""
    mark: str = ""
    lead_in: str = ""
    lead_label: str = ""
    after: str = ""
    trail: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    caption: str = ""
    table: int | None = None
    column_mark: str = ""
    has_items: bool = False
    first: bool = True
    count: int = 1
    group: int = 0
    cells: tuple[str, ...] = ()
    bold: bool = False
