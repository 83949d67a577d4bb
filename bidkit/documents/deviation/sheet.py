"""Deviation tables as a workbook: one sheet a table, drop-downs for the direction, what was shown kept beside it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from bidkit.deviation.cues import Words
from bidkit.deviation.entries import NO_ENTRY
from bidkit.deviation.tables_model import DeviationRow
from bidkit.documents.deviation.base import as_properties
from bidkit.documents.deviation.layout import OURS, TYPED, heading, shown
from bidkit.documents.deviation.model import DeviationPaper
from bidkit.documents.model import DealHeader
from bidkit.documents.sheets import EDIT, KNOCKOUT, MUTED, Book
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label

BASE_SHEET = "_shown"
COLUMNS = (*OURS, *TYPED, "id")
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed, zoneless stamp: equal input gives equal bytes
_WIDTHS = {
    "number": 6,
    "item": 20,
    "clause": 10,
    "requirement": 52,
    "response": 40,
    "offered": 16,
    "direction": 12,
    "proof": 18,
    "note": 24,
    "id": 20,
}
_SHEET_NAME = 31  # characters a sheet's name may have


def write_deviation_xlsx(papers: Sequence[DeviationPaper], deal: DealHeader, language: Language) -> bytes:
    """An .xlsx file with one sheet for each table, every row of the table in order, also where few are printed.

    This is the sheet people work in: nothing is left out, nothing is judged for them. Directions are chosen from the
    tender's own words. Texts are never formulas. Equal input gives equal bytes; no author is named.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"title": label("deviation", "title", language), "created": _CREATED})
    book = Book(workbook, deal, language)
    names: set[str] = set()
    for paper in papers:
        _sheet(book, paper, _name(paper, language, names))
    _base(book, papers)
    book.close()
    return buffer.getvalue()


def _sheet(book: Book, paper: DeviationPaper, name: str) -> None:
    sheet = book.workbook.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 4)
    sheet.repeat_rows(0)
    sheet.set_row(0, 30)
    for index, field in enumerate(COLUMNS):
        book.width(sheet, index, _WIDTHS[field])
        sheet.write_string(0, index, heading(field, book.language), book.heading(edit=field in TYPED))
    book.fold_column(sheet, COLUMNS.index("id"), _WIDTHS["id"])
    number, words = 0, paper.table.rules.words
    for at, row in enumerate(paper.table.rows, start=1):
        if row.band:
            book.text(sheet, at, 0, "", bold=True)
            book.text(sheet, at, COLUMNS.index("requirement"), row.requirement, bold=True, bg_color="#E7ECF3")
            continue
        number += 1
        _row(book, sheet, at, row, shown(row, paper.entries.get(row.id, NO_ENTRY), number, words, offered_apart=True))
    last = len(paper.table.rows)
    if last:
        _directions(sheet, last, words, book.language)
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)


def _row(book: Book, sheet: Worksheet, at: int, row: DeviationRow, texts: dict[str, str]) -> None:
    for index, field in enumerate(COLUMNS):
        if field == "id":
            book.text(sheet, at, index, row.id, font_color=MUTED)
        elif field in TYPED:
            book.text(sheet, at, index, texts[field], bg_color=EDIT, locked=False)
        else:
            look = {"bg_color": KNOCKOUT} if row.knockout and field == "requirement" else {}
            book.text(sheet, at, index, texts[field], **look)


def _directions(sheet: Worksheet, last: int, words: Words, language: Language) -> None:
    allowed = [words.positive, words.none, words.negative, words.unclear]
    column = COLUMNS.index("direction")
    hint = label("deviation", "hint.direction", language).format(words=" / ".join(allowed))
    sheet.data_validation(
        1,
        column,
        last,
        column,
        {
            "validate": "list",
            "source": allowed,
            "input_title": heading("direction", language),
            "input_message": hint[:255],
            "error_title": heading("direction", language),
            "error_message": hint[:255],
        },
    )


def _base(book: Book, papers: Sequence[DeviationPaper]) -> None:
    sheet = book.workbook.add_worksheet(BASE_SHEET)
    sheet.very_hidden()
    entries, texts = {}, {}
    for paper in papers:
        for row in paper.table.rows:
            if not row.band:
                entries[row.id] = paper.entries.get(row.id, NO_ENTRY)
                texts[row.id] = shown(row, entries[row.id], 0, paper.table.rules.words, offered_apart=True)
    for at, (name, value) in enumerate(as_properties(entries, texts, TYPED).items()):
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, value)


def _name(paper: DeviationPaper, language: Language, used: set[str]) -> str:
    plain = label("deviation", f"table.{paper.table.table.value}", language)[: _SHEET_NAME - 3]
    name, number = plain, 1
    while name in used:
        number += 1
        name = f"{plain} {number}"
    used.add(name)
    return name
