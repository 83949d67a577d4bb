"""Which rows of a table are headers, and which header texts govern the rows below."""

from __future__ import annotations

import re
from functools import cache

from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.model import Cell
from bidkit.kernel.identity import squash
from bidkit.vocabulary.tables import table

_MAX_LETTERS = 40
_SENTENCE_END = re.compile(r"[。；;！？!?]|[.．]\s*$|[:：]\s*$")
_SHORT_WORD = re.compile(r"(?:[A-Z][a-z]{1,4}\.? ?){1,2}\.?")  # "Ref.", "Sl. No."
_VALUE = re.compile(r"^[\s\d.,，%％\-–—/～~＋+￥¥$()（）]*$|_{2,}|\d{4}\s*[年\-/.]")


@cache
def _words() -> re.Pattern[str]:
    rows = table("cues/table_headers.csv", ("pattern", "language", "example"))
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows), re.IGNORECASE)


def mark_headers(rows: list[Draft], repeats: list[bool]) -> None:
    """Sets `header` and `header_texts` on the rows of one table, in place.

    Header rows are those Word repeats on every page, else a first row of short distinct texts without sentence end;
    further ones are reprints of it and rows inside the table that open a new grid with a serial-number column.
    """
    if len(rows) < 2:
        return
    first = _leading_header(rows, repeats)
    texts: tuple[str, ...] = ()
    printed: set[str] = set()
    last_header = -2
    for place, row in enumerate(rows):
        row.header = place in first or _is_reprint(row, printed) or (place > 0 and _opens_grid(row))
        if row.header and not _is_banner(row):
            texts = _stacked(row, texts, continues=last_header == place - 1 and place in first)
            printed.add(squash(row.text))
            last_header = place
        row.header_texts = texts


def _leading_header(rows: list[Draft], repeats: list[bool]) -> frozenset[int]:
    marked = [place for place, repeated in enumerate(repeats) if repeated]
    if marked and marked[0] == 0:
        end = next((place for place, repeated in enumerate(repeats) if not repeated), len(rows))
        # Every row marked as repeated is a slip of the pen, not a table of headers.
        if end < len(rows):
            return frozenset(range(end))
    place = 0
    while place < len(rows) - 1 and _is_banner(rows[place]):
        place += 1
    if not _looks_like_header(rows[place]):
        return frozenset()
    end = place + 1
    while end < len(rows) - 1 and _hangs_under(rows[end]):
        end += 1
    return frozenset(range(place, end))


def _own(row: Draft) -> list[Cell]:
    return [cell for cell in row.cells if not cell.continued]


def _is_banner(row: Draft) -> bool:
    """One cell over the whole width: a title inside the table."""
    return len(row.cells) == 1 and row.columns > 1


def _looks_like_header(row: Draft) -> bool:
    texts = [cell.text.strip() for cell in _own(row)]
    filled = [text for text in texts if text]
    if len(filled) < 2 or len(filled) < len(texts) - 1 or len(set(filled)) < len(filled):
        return False
    if not all(_is_header_text(text) for text in filled):
        return False
    # Two columns may as well be a form's labels and values, so a word has to say it.
    return len(texts) > 2 or bool(_words().fullmatch(squash(texts[0])))


def _is_header_text(text: str) -> bool:
    if _words().fullmatch(squash(text)):
        return True
    if _SHORT_WORD.fullmatch(text):
        return True
    return len(text) <= _MAX_LETTERS and not _SENTENCE_END.search(text) and not _VALUE.search(text)


def _hangs_under(row: Draft) -> bool:
    """A second header row: part of it continues merged header cells, the rest are short header texts."""
    own = [cell.text.strip() for cell in _own(row)]
    return len(own) < len(row.cells) and bool(own) and all(text and _is_header_text(text) for text in own)


def _is_reprint(row: Draft, printed: set[str]) -> bool:
    return bool(printed) and squash(row.text) in printed and len(row.cells) > 1


def _opens_grid(row: Draft) -> bool:
    own = _own(row)
    if len(own) < 3 or not _looks_like_header(row):
        return False
    return bool(_words().fullmatch(squash(own[0].text)))


def _stacked(row: Draft, above: tuple[str, ...], *, continues: bool) -> tuple[str, ...]:
    """Header texts by grid column; a second header row adds to the first, a new header replaces what it covers."""
    texts = list(above) + [""] * (row.columns - len(above))
    for cell in row.cells:
        own = " ".join(cell.text.split())
        for column in range(cell.column, min(cell.column + cell.span, row.columns)):
            if cell.continued:
                texts[column] = texts[column] or own
            elif continues and texts[column] and own and own != texts[column]:
                texts[column] = f"{texts[column]} {own}"
            elif own or not continues:
                texts[column] = own
    return tuple(texts)
