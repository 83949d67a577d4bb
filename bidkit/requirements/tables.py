"""What kind of table it is, which column holds the demand, and which only numbers the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bidkit.ingest.model import Block, Cell
from bidkit.requirements.numbering import SURE_MARKS
from bidkit.requirements.points import says_maximum
from bidkit.vocabulary.cues import pattern_of

_NUMBER = re.compile(
    r"^[（(]?(?:[A-Z]{0,4}[-.]?\d{1,4}(?:[.\-]\d{1,3}){0,4}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[.、）)]?$"
)
_POINTS = re.compile(r"^\s*\d{1,4}(?:\.\d+)?\s*(?:分|%|％|points?|marks?|max)?\s*$", re.IGNORECASE)
_LONG = 60
_SIGNS = "".join(sorted(SURE_MARKS))


@dataclass(frozen=True, slots=True)
class TableSense:
    """How to read the rows of one table: `scores` for scoring tables, `prose` where a cell may hold many demands."""

    scores: bool
    prose: bool

    def number_of(self, cells: Sequence[Cell]) -> str:
        """The printed number of a row without its mark, from its first cell; "" when the first cell is no number."""
        return cells[0].text.strip().strip(_SIGNS) if len(cells) > 1 and self.is_number(cells[0]) else ""

    def is_number(self, cell: Cell) -> bool:
        """Whether the cell only counts the rows."""
        text = cell.text.strip()
        return cell.column == 0 and bool(_NUMBER.match(text.strip(_SIGNS)))

    def content_cell(self, cells: Sequence[Cell]) -> Cell | None:
        """The cell that holds the demand: the longest that is no number; None for a row of numbers only."""
        wordy = [cell for cell in cells if not self.is_number(cell)]
        return max(wordy, key=lambda cell: len(cell.text), default=None)

    def is_band(self, row: Block) -> bool:
        """Whether the row only gives another band of the criterion above: the column of maxima goes on over it."""
        header = row.place.header_texts if row.place else ()
        maxima = [at for at, title in enumerate(header) if pattern_of("maximum_column").search(title)]
        goes_on = any(cell.continued and cell.column in maxima for cell in row.cells)
        return self.scores and goes_on and not any(says_maximum(c.text) for c in row.cells if not c.continued)

    def column_mark(self, cell: Cell, header: Sequence[str]) -> str:
        """A mark printed in the header of the cell's column, "" without one."""
        title = header[cell.column] if cell.column < len(header) else ""
        return next((sign for sign in title if sign in SURE_MARKS), "")


def sense_of(rows: Sequence[Block], caption: str) -> TableSense:
    """How to read a table, judged from its header, its caption and the look of its columns."""
    place = rows[0].place
    header = " ".join(place.header_texts) if place and place.header_texts else ""
    head_rows = " ".join(row.text for row in rows if row.place and row.place.header)
    words = f"{header} {head_rows}"
    scores = bool(pattern_of("table_score").search(words)) or (
        bool(pattern_of("table_score").search(caption)) and _has_points_column(rows)
    )
    longest = max((len(cell.text) for row in rows for cell in row.cells), default=0)
    return TableSense(scores=scores, prose=not scores and longest > _LONG)


def _has_points_column(rows: Sequence[Block]) -> bool:
    counted = sum(1 for row in rows if any(_POINTS.match(cell.text) and cell.column > 0 for cell in row.cells))
    return counted * 2 >= len(rows)
