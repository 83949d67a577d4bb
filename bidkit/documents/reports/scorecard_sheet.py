"""The process scorecard of one or more persons as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from bidkit.documents.reports.book import DATE, FAINT, TOTAL, ReportBook, written
from bidkit.documents.reports.model import ScoreSheet
from bidkit.documents.reports.wording import say
from bidkit.kernel.language import Language
from bidkit.vocabulary.stages import StageModel

_NAMES = 24


def write_scorecard_sheet(sheets: Sequence[ScoreSheet], model: StageModel, language: Language) -> bytes:
    """An .xlsx file: every assessment item with how often each person brought it home, then every single proof.

    An item nobody brought home is a line with zeros. Equal input gives equal bytes; texts are never formulas.
    """
    first, last = (sheets[0].first, sheets[0].last) if sheets else (None, None)
    period = f"{first} – {last}" if first else say("unknown", language)
    aside = f"{say('scorecard.period', language)} {period}"

    def fill(book: ReportBook) -> None:
        _items(book, sheets, model)
        _proofs(book, sheets)
        people = ", ".join(sheet.person for sheet in sheets)
        book.notes(
            (
                (say("scorecard.person", language), people),
                (say("scorecard.period", language), period),
                ("", say("scorecard.rule", language)),
            )
        )

    return written(say("scorecard.title", language), aside, language, fill)


def _items(book: ReportBook, sheets: Sequence[ScoreSheet], model: StageModel) -> None:
    sheet = book.sheet("sheet.scorecard")
    book.table(sheet, (("column.stage", 30), ("column.code", 10), ("column.item", 56)))
    for column, person in enumerate(sheets, start=3):
        book.width(sheet, column, 14)
        sheet.write_string(0, column, person.person[:_NAMES], book.heading())
    sheet.freeze_panes(1, 3)
    items = sheets[0].items if sheets else ()
    for row, item in enumerate(items, start=1):
        stage = model.stages[item.stage - 1]
        book.text(sheet, row, 0, f"{stage.number} {stage.label.of(book.language)}")
        book.text(sheet, row, 1, item.item, font_color=FAINT)
        book.text(sheet, row, 2, item.text)
        for column, person in enumerate(sheets, start=3):
            count = len(person.items[row - 1].proofs)
            book.value(sheet, row, column, count, **({"bold": True} if count else {"font_color": FAINT}))
    last = len(items) + 1
    for column, text in enumerate(("", "", say("scorecard.total", book.language))):
        book.text(sheet, last, column, text, **TOTAL)
    for column, person in enumerate(sheets, start=3):
        book.value(sheet, last, column, sum(len(item.proofs) for item in person.items), **TOTAL)
    if items and sheets:
        bar = {"type": "data_bar", "bar_color": "#8FB0D3"}
        sheet.conditional_format(1, 3, len(items), 2 + len(sheets), bar)


def _proofs(book: ReportBook, sheets: Sequence[ScoreSheet]) -> None:
    sheet = book.sheet("sheet.proofs")
    heads = (("scorecard.person", 16), ("column.code", 10), ("column.item", 50))
    book.table(sheet, (*heads, ("column.date", 12), ("column.deal", 18), ("column.proof", 50)))
    lines = [(person, item, made) for person in sheets for item in person.items for made in item.proofs]
    for row, (person, item, made) in enumerate(lines, start=1):
        for column, text in enumerate((person.person, item.item, item.text)):
            book.text(sheet, row, column, text)
        sheet.write_datetime(row, 3, made.on, book.format(**DATE))
        book.text(sheet, row, 4, made.deal)
        book.text(sheet, row, 5, "\n".join(made.proofs))
    if lines:
        sheet.autofilter(0, 0, len(lines), 5)
