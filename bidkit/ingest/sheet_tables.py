"""The tables of a sheet: where one ends and the next begins, and which row is the header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bidkit.ingest.build import RawRow, row_text, table_drafts
from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.model import Cell

_VALUE = re.compile(r"^[\s\d.,，%％$¥￥€£\-–—/:]*$|_{2,}|^\{\{|\d{4}-\d{2}-\d{2}")
_NO_HEADING = re.compile(r"[。；;:：!！?？]\s*$")
_LONGEST = 90
_SEARCHED = 25


def sheet_tables(rows: Sequence[RawRow]) -> list[list[RawRow]]:
    """The rows as tables, without empty rows; rows below a gap go on with a table that has a header.

    A gap ends a table where what follows opens with a header of its own or is no more than notes in one column.
    """
    tables: list[list[RawRow]] = []
    for part in _parts(rows):
        if tables and header_at(tables[-1]) is not None and _goes_on(part):
            tables[-1].extend(part)
        else:
            tables.append(part)
    return tables


def drafts_of(rows: Sequence[RawRow], table: int) -> list[Draft]:
    """The rows of one table as drafts, padded to the width of their header, with the header's texts."""
    drafts = table_drafts(rows, table)
    place = header_at(rows)
    if place is None:
        return drafts
    if not any(draft.header for draft in drafts[: place + 1]):
        _govern(drafts, place)
    width = max(cell.column + cell.span for cell in drafts[place].cells)
    for draft in drafts[place:]:
        _pad(draft, width)
    return drafts


def header_at(rows: Sequence[RawRow]) -> int | None:
    """The place of the header row: short distinct labels, no values, over rows at least as wide; None without one."""
    for place, row in enumerate(rows[:_SEARCHED]):
        below = [_texts(other) for other in rows[place + 1 :]]
        labels = _texts(row)
        if len(labels) < 2 or not _is_label_row(labels):
            continue
        widest = max((len(texts) for texts in below), default=0)
        if widest < 2 or len(labels) * 2 < widest:
            continue
        if len(labels) > 2 or _are_values(labels, below):
            return place
    return None


def _parts(rows: Sequence[RawRow]) -> list[list[RawRow]]:
    parts: list[list[RawRow]] = [[]]
    for row in rows:
        if _texts(row):
            parts[-1].append(row)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def _goes_on(part: Sequence[RawRow]) -> bool:
    return len(_texts(part[0])) > 1 and not _is_label_row(_texts(part[0])) and header_at(part) is None


def _texts(row: RawRow) -> list[str]:
    return [" ".join(line.text for line in cell.lines) for cell in row.cells if cell.lines]


def _is_label_row(texts: Sequence[str]) -> bool:
    return len(set(texts)) == len(texts) and all(
        len(text) <= _LONGEST and not _VALUE.search(text) and not _NO_HEADING.search(text) for text in texts
    )


def _are_values(labels: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether two columns hold values under labels, and are not labels beside values as in a form."""
    pairs = [texts for texts in below if len(texts) == len(labels)]
    if len(pairs) < 2:
        return False
    numbers = sum(bool(_VALUE.search(texts[-1])) for texts in pairs)
    length = sum(len(texts[-1]) for texts in pairs) / len(pairs)
    return numbers * 2 >= len(pairs) or length >= 2 * len(labels[-1])


def _pad(draft: Draft, width: int) -> None:
    """Adds the empty cells a row has up to `width`: what a bidder is to fill in is part of the row."""
    end = max((cell.column + cell.span for cell in draft.cells), default=0)
    if len(draft.cells) > 1 and end < width:
        draft.cells = (*draft.cells, *(Cell(column, ()) for column in range(end, width)))
        draft.text = row_text(draft.cells)


def _govern(drafts: list[Draft], place: int) -> None:
    """Marks the header row and hands its texts to it and the rows below, down to a header that is marked already."""
    header = drafts[place]
    header.header = True
    texts = [""] * header.columns
    for cell in header.cells:
        for column in range(cell.column, min(cell.column + cell.span, header.columns)):
            texts[column] = " ".join(cell.text.split())
    for draft in drafts[place:]:
        if draft is not header and draft.header:
            return
        draft.header_texts = tuple(texts)
