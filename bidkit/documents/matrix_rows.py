"""The requirement sheet: every row of the tender, with columns for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from bidkit.documents.matrix_columns import COLUMNS, EDITABLE, FROZEN_COLUMNS, PLACE, PRINTED_UP_TO, Column, RowView
from bidkit.documents.response_cells import choices, printed
from bidkit.documents.sheets import EDIT, KNOCKOUT, MUTED, Book
from bidkit.respond.response import Compliance
from bidkit.vocabulary.tables import label

BASE_SHEET = "_base"
BASE_COLUMNS = ("id", "version", *EDITABLE)
_A3 = 8
_LOW_CONFIDENCE = 0.6
_COLOURS = {
    Compliance.FULL: ("#D9F2E3", "#14532D"),
    Compliance.PARTIAL: ("#FEF0C7", "#7A4B00"),
    Compliance.NONE: ("#F8B4B4", "#7F1D1D"),
    Compliance.NOT_APPLICABLE: ("#E5E7EB", "#374151"),
}


def write_rows(book: Book, views: Sequence[RowView]) -> None:
    """The requirement sheet, opened first."""
    sheet = book.sheet("sheet.requirements", paper=_A3)
    _header(book, sheet)
    for row, view in enumerate(views, start=1):
        for index, column in enumerate(COLUMNS):
            book.value(sheet, row, index, column.value(view), **_look(column, view))
    last = max(len(views), 1)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.print_area(0, 0, last, PRINTED_UP_TO)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(COLUMNS) - 1)}{last + 1}"})
    _choices(book, sheet, last)
    _colours(book, sheet, last)
    sheet.activate()


def column_range(book: Book, code: str, rows: int) -> str:
    """The absolute range of one column's cells in the requirement sheet, for formulas elsewhere."""
    name = xl_col_to_name(PLACE[code], col_abs=True)
    return f"'{book.say('sheet.requirements')}'!{name}$2:{name}${max(rows, 1) + 1}"


def _header(book: Book, sheet: Worksheet) -> None:
    book.table(
        sheet, tuple((f"column.{c.code}", c.width) for c in COLUMNS), edit=frozenset(f"column.{c}" for c in EDITABLE)
    )
    for index, column in enumerate(COLUMNS):
        if column.folded:
            book.fold_column(sheet, index, column.width)
    sheet.set_column(len(COLUMNS), len(COLUMNS), None, None, {"collapsed": True})
    sheet.freeze_panes(1, FROZEN_COLUMNS)
    sheet.set_zoom(90)


def _look(column: Column, view: RowView) -> dict[str, Any]:
    look: dict[str, Any] = {}
    if column.look == "edit":
        look["bg_color"] = EDIT
    elif view.requirement.knockout:
        look["bg_color"] = KNOCKOUT
    if column.look in ("tag", "number", "percent"):
        look["align"] = "center"
    if column.look == "percent":
        look["num_format"] = "0%"
    if column.code == "knockout" and view.requirement.knockout:
        look |= {"bold": True, "font_color": "#B91C1C"}
    if column.folded or column.code in ("lead_in", "section", "file", "binds"):
        look["font_color"] = MUTED
    return look


def _choices(book: Book, sheet: Worksheet, last: int) -> None:
    for code in ("compliance", "state"):
        words = choices(code, book.language)
        rule = {
            "validate": "list",
            "source": words,
            "input_message": book.say("choice.hint"),
            "error_title": book.say(f"column.{code}"),
            "error_message": book.say("choice.error").format(words=" / ".join(words)),
        }
        sheet.data_validation(1, PLACE[code], last, PLACE[code], rule)
    owner = PLACE["owner"]
    sheet.data_validation(
        1,
        owner,
        last,
        owner,
        {
            "validate": "list",
            "source": f"='{book.say('sheet.lists')}'!$A$2:$A$60",
            "input_message": book.say("owner.hint"),
            "show_error": False,
        },
    )


def _colours(book: Book, sheet: Worksheet, last: int) -> None:
    place = PLACE["compliance"]
    for code, (fill, ink) in _COLOURS.items():
        text = label("compliance", code, book.language)
        look = book.workbook.add_format({"bg_color": fill, "font_color": ink, "bold": True})
        sheet.conditional_format(
            1, place, last, place, {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": look}
        )
    doubtful = book.workbook.add_format({"font_color": "#B45309", "bold": True})
    place = PLACE["confidence"]
    sheet.conditional_format(
        1, place, last, place, {"type": "cell", "criteria": "<", "value": _LOW_CONFIDENCE, "format": doubtful}
    )


def write_base(book: Book, views: Sequence[RowView]) -> None:
    """A hidden sheet of what the columns for people showed when written, and the version of each row.

    With it an edit can be told from a cell nobody touched, also when the stored row has changed meanwhile.
    """
    sheet = book.workbook.add_worksheet(BASE_SHEET)
    sheet.very_hidden()
    for index, name in enumerate(BASE_COLUMNS):
        sheet.write_string(0, index, name)
    for row, view in enumerate(views, start=1):
        shown = printed(view.response, book.language)
        sheet.write_string(row, 0, view.requirement.id)
        sheet.write_number(row, 1, view.response.version)
        for index, code in enumerate(EDITABLE, start=2):
            book.text(sheet, row, index, shown[code])
