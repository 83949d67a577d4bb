"""The check as a workbook: results, faults, questions to people, files."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from bidkit.documents.model import DealHeader
from bidkit.documents.sealing.model import SealingView
from bidkit.documents.sealing.wording import say
from bidkit.documents.sheets import MUTED, Book
from bidkit.kernel.language import Language

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  the file format has no zone, and equal input gives equal bytes
_A3 = 8
_GOOD, _BAD, _WARN = "#2F6B4F", "#B91C1C", "#B45309"
_COLOURS = {"passed": _GOOD, "failed": _BAD, "not_checked": _WARN, "ask": _WARN, "not_applicable": MUTED}


class _SealingBook(Book):
    """A workbook with the words of the check."""

    def say(self, code: str) -> str:
        """The label `code` of `schemas/codelists/sealing.csv`."""
        return say("title.findings" if code == "title" else code, self.language)


def write_findings(view: SealingView, language: Language) -> bytes:
    """An .xlsx file; equal input gives equal bytes, texts never become formulas."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"title": say("title.findings", language), "created": _CREATED})
    deal = view.deal
    book = _SealingBook(workbook, DealHeader(deal.code, deal.name, deal.customer, language), language)
    _results(book, view)
    _faults(book, view)
    _questions(book, view)
    _files(book, view)
    book.close()
    return buffer.getvalue()


def _results(book: Book, view: SealingView) -> None:
    sheet = book.sheet("sheet.results", tab=_GOOD if view.clear else _BAD, paper=_A3)
    heads = (("head.group", 12), ("head.rule", 44), ("head.severity", 8), ("head.outcome", 13), ("head.reason", 44))
    book.table(sheet, (*heads, ("head.count", 10), ("head.source", 44), ("head.id", 22)))
    for row, line in enumerate(view.rules, start=1):
        colour = {"font_color": _COLOURS[line.outcome], "bold": line.outcome == "failed"}
        book.text(sheet, row, 0, line.group)
        book.text(sheet, row, 1, line.title)
        book.text(sheet, row, 2, line.severity)
        book.text(sheet, row, 3, line.outcome_text, **colour)
        book.text(sheet, row, 4, line.why)
        book.value(sheet, row, 5, line.count or None)
        book.text(sheet, row, 6, line.source)
        book.text(sheet, row, 7, line.rule, font_color=MUTED)
    _end(sheet, len(view.rules), 7)
    book.text(sheet, len(view.rules) + 2, 1, view.verdict, bold=True, font_color=_GOOD if view.clear else _BAD)
    book.text(sheet, len(view.rules) + 3, 1, view.checked, font_color=MUTED)


def _faults(book: Book, view: SealingView) -> None:
    sheet = book.sheet("sheet.faults", tab=_BAD, paper=_A3)
    heads = (("head.severity", 8), ("head.rule", 30), ("head.reason", 56), ("head.place", 32), ("head.clause", 32))
    book.table(sheet, (*heads, ("head.fix", 40), ("head.source", 24), ("head.waived", 30), ("head.id", 18)))
    for row, line in enumerate(view.faults, start=1):
        void: dict[str, Any] = {"font_color": MUTED} if line.waived else {}
        weight = void or {"font_color": _BAD if line.blocks else _WARN, "bold": line.blocks}
        book.text(sheet, row, 0, line.severity, **weight)
        for column, text in enumerate(
            (line.title, line.reason, line.place, line.clause, line.fix, line.source), start=1
        ):
            book.text(sheet, row, column, text, **void)
        book.text(sheet, row, 7, line.waived)
        book.text(sheet, row, 8, line.id, font_color=MUTED)
    _end(sheet, len(view.faults), 8)


def _questions(book: Book, view: SealingView) -> None:
    sheet = book.sheet("sheet.questions", tab=_WARN, paper=_A3)
    heads = (("head.rule", 30), ("head.question", 64), ("head.place", 32), ("head.clause", 32), ("head.answer", 30))
    book.table(sheet, (*heads, ("head.by", 12), ("head.on", 12), ("head.id", 18)))
    for row, line in enumerate(view.questions, start=1):
        texts = (line.title, line.question, line.place, line.clause, line.answer, line.by, line.on)
        for column, text in enumerate(texts):
            book.text(sheet, row, column, text)
        book.text(sheet, row, 7, line.id, font_color=MUTED)
    _end(sheet, len(view.questions), 7)


def _files(book: Book, view: SealingView) -> None:
    sheet = book.sheet("sheet.files", tab=MUTED)
    book.table(sheet, (("head.files", 60), ("head.volume", 16), ("head.hash", 70)))
    for row, line in enumerate(view.files, start=1):
        for column, text in enumerate((line.name, line.volume, line.sha256)):
            book.text(sheet, row, column, text)


def _end(sheet: Worksheet, rows: int, last: int) -> None:
    if rows:
        sheet.autofilter(0, 0, rows, last)
