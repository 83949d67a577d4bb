"""An amendment as a workbook: a summary, and a sheet for each table."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter

from bidkit.documents.amendment.model import Amendment, Receipt
from bidkit.documents.amendment.sections import Section, say, sections, summary
from bidkit.documents.model import DealHeader
from bidkit.documents.sheets import KNOCKOUT, Book
from bidkit.kernel.language import Language

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed, zoneless stamp: equal input gives equal bytes
_ON_SUMMARY = frozenset({"facts", "dues", "decisions"})
_OWN_SHEET = ("unplaced", "rows", "answers", "deviations", "text")


class AmendmentBook(Book):
    """A workbook with the words of `amendment.csv`."""

    def say(self, code: str) -> str:
        """The label of a sheet, a column or anything else of the report."""
        return say(code, self.language)


def write_amendment_xlsx(
    amendment: Amendment, deal: DealHeader, language: Language, receipt: Receipt | None = None
) -> bytes:
    """An .xlsx of what changed and whose work to look at. Equal input gives equal bytes; texts are never formulas."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    title = say("file.title", language, deal=deal.code, number=amendment.number)
    workbook.set_properties({"title": title, "created": _CREATED})
    book = AmendmentBook(workbook, deal, language)
    made = {section.code: section for section in sections(amendment, language)}
    _summary(book, summary(amendment, deal, receipt, language), [made[c] for c in made if c in _ON_SUMMARY])
    for code in _OWN_SHEET:
        if code in made:
            _table(book, made[code])
    book.close()
    return buffer.getvalue()


def _summary(book: Book, lines: tuple[tuple[str, str], ...], below: list[Section]) -> None:
    sheet = book.sheet("sheet.summary")
    for column, width in enumerate((28, 52, 52, 16)):
        book.width(sheet, column, width)
    book.text(sheet, 0, 0, book.say("title"), bold=True, font_size=14, border=0, text_wrap=False)
    row = 2
    for name, text in lines:
        book.text(sheet, row, 0, name, bold=True)
        book.text(sheet, row, 1, text)
        row += 1
    for section in below:
        row += 1
        book.text(
            sheet, row, 0, book.say(f"heading.{section.code}"), bold=True, font_size=12, border=0, text_wrap=False
        )
        for column, (code, _) in enumerate(section.columns):
            sheet.write_string(row + 1, column, book.say(f"column.{code}"), book.heading())
        for at, cells in enumerate(section.rows, start=row + 2):
            for column, text in enumerate(cells):
                book.text(sheet, at, column, text)
        row += 2 + len(section.rows)


def _table(book: Book, section: Section) -> None:
    sheet = book.sheet(f"sheet.{section.code}")
    book.table(sheet, tuple((f"column.{code}", width) for code, width in section.columns))
    knockout = next((at for at, (code, _) in enumerate(section.columns) if code == "knockout"), None)
    for row, cells in enumerate(section.rows, start=1):
        look = {"bg_color": KNOCKOUT} if knockout is not None and cells[knockout] else {}
        for column, text in enumerate(cells):
            book.text(sheet, row, column, text, **look)
    sheet.autofilter(0, 0, max(len(section.rows), 1), len(section.columns) - 1)
