"""The record as a workbook: verdicts are typed into the yellow columns."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

from bidkit.contract.verdicts import VerdictKind
from bidkit.documents.cells import clean
from bidkit.documents.contract_review.base import as_text
from bidkit.documents.contract_review.lines import (
    EDITABLE,
    INPUT_COLUMNS,
    OPINION_COLUMNS,
    TERM_COLUMNS,
    finding_lines,
    head_rows,
    input_rows,
    open_rows,
    opinion_rows,
    say,
    term_rows,
)
from bidkit.documents.contract_review.model import RecordPaper
from bidkit.documents.sheets import EDIT, KNOCKOUT, MUTED, Book
from bidkit.vocabulary.tables import labels

BASE_SHEET = "_bidkit"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed, zoneless stamp: equal input gives equal bytes
_WIDTHS = {
    "number": 5,
    "weight": 8,
    "outcome": 11,
    "finding": 38,
    "clause": 8,
    "texts": 46,
    "basis": 20,
    "owner": 10,
    "money": 12,
    "suggestion": 28,
    "verdict": 12,
    "reason": 26,
    "text": 30,
    "id": 19,
}
COLUMNS = tuple(_WIDTHS)
_GRAVE = frozenset({"fatal", "serious"})


class _RecordBook(Book):
    """A book that knows the words of records."""

    def say(self, code: str) -> str:
        """The record's own word, else that of the matrix."""
        return say(code, self.language) if code in labels("contract_record") else super().say(code)


def write_record_xlsx(paper: RecordPaper) -> bytes:
    """An .xlsx with findings, terms, opinions and inputs; equal input gives equal bytes. Texts are never formulas."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"title": clean(paper.deal.code), "created": _CREATED})
    book = _RecordBook(workbook, paper.deal, paper.language)
    _findings(book, paper)
    widths = (18, 30, 30, 30, 30, 8, 12)
    _plain(book, "part.terms", TERM_COLUMNS, widths, term_rows(paper))
    _plain(book, "part.opinions", OPINION_COLUMNS, (16, 22, 60, 16, 14), opinion_rows(paper))
    _plain(book, "part.inputs", INPUT_COLUMNS, (14, 60, 70), input_rows(paper))
    _summary(book, paper)
    hidden = workbook.add_worksheet(BASE_SHEET)
    for row, text in enumerate(as_text(paper, finding_lines(paper))):
        hidden.write_string(row, 0, text)
    hidden.very_hidden()
    book.close()
    return buffer.getvalue()


def _findings(book: Book, paper: RecordPaper) -> None:
    sheet = book.sheet("part.findings")
    columns = tuple((f"column.{name}", width) for name, width in _WIDTHS.items())
    book.table(sheet, columns, edit=frozenset(f"column.{name}" for name in EDITABLE))
    lines = finding_lines(paper)
    for row, line in enumerate(lines, start=1):
        for at, name in enumerate(COLUMNS):
            look: dict[str, object] = {"bg_color": EDIT} if name in EDITABLE else {}
            if name in ("weight", "outcome") and line.weight_code in _GRAVE:
                look = {"bg_color": KNOCKOUT, "bold": True}
            if name == "id":
                look = {"font_color": MUTED}
            book.text(sheet, row, at, getattr(line, name), **look)
    if lines:
        words = [say(f"verdict.{kind.value}", paper.language) for kind in VerdictKind]
        at = COLUMNS.index("verdict")
        sheet.data_validation(1, at, len(lines), at, {"validate": "list", "source": words})
        sheet.autofilter(0, 0, len(lines), len(COLUMNS) - 1)
    sheet.freeze_panes(1, COLUMNS.index("clause"))


def _plain(book: Book, title: str, names: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
    sheet = book.sheet(title)
    book.table(sheet, tuple((f"column.{name}", width) for name, width in zip(names, widths, strict=True)))
    for number, row in enumerate(rows, start=1):
        for at, text in enumerate(row):
            book.text(sheet, number, at, text)


def _summary(book: Book, paper: RecordPaper) -> None:
    sheet = book.sheet("part.open")
    book.width(sheet, 0, 22)
    book.width(sheet, 1, 90)
    rows = [*head_rows(paper), *((str(at), text) for at, text in enumerate(open_rows(paper), start=1))]
    for row, (name, value) in enumerate(rows):
        book.text(sheet, row, 0, name, bold=True)
        book.text(sheet, row, 1, value)
    if not paper.open:
        book.text(sheet, len(rows), 1, book.say("nothing.open"))
