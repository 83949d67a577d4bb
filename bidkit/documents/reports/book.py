"""A workbook of a report: the look of the other sheets with the words of `reports.csv`."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from bidkit.documents.model import DealHeader
from bidkit.documents.reports.wording import say
from bidkit.documents.sheets import Book
from bidkit.kernel.language import Language

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  the file format has no zone, and equal input gives equal bytes
DATE, MONEY, SHARE = {"num_format": "yyyy-mm-dd"}, {"num_format": "#,##0.00"}, {"num_format": "0%"}
GOOD, BAD, FAINT = "#2F6B4F", "#B91C1C", "#6B7280"
TOTAL = {"bold": True, "bg_color": "#EEF2F6"}


class ReportBook(Book):
    """A workbook that is about no single deal; `title` and `aside` stand at the top of every printed page."""

    def __init__(self, workbook: xlsxwriter.Workbook, title: str, aside: str, language: Language) -> None:
        super().__init__(workbook, DealHeader(title, "", aside, language), language)

    def say(self, code: str) -> str:
        """The label `code` of `schemas/codelists/reports.csv`; `title` is the report's own."""
        return self.deal.code if code == "title" else say(code, self.language)

    def notes(self, lines: tuple[tuple[str, str], ...]) -> Worksheet:
        """The last sheet: labels with texts, one a row."""
        sheet = self.sheet("sheet.basis", tab=FAINT)
        self.width(sheet, 0, 24)
        self.width(sheet, 1, 100)
        for row, (name, text) in enumerate(lines):
            self.text(sheet, row, 0, name, bold=True)
            self.text(sheet, row, 1, text)
        return sheet


def written(title: str, aside: str, language: Language, fill: Callable[[ReportBook], None]) -> bytes:
    """The finished workbook that `fill` puts its sheets into; texts never become formulas or links."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"title": title, "created": _CREATED})
    book = ReportBook(workbook, title, aside, language)
    fill(book)
    book.close()
    return buffer.getvalue()
