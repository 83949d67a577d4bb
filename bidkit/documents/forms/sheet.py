"""A form as an Excel workbook that people fill in and `read_form_xlsx` reads back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from bidkit.documents.cells import CELL_LIMIT, clean
from bidkit.documents.forms.layout import LIST_COLUMN, Entries, Rows, blocks, has_rows, is_read_only
from bidkit.documents.forms.model import FormPaper
from bidkit.documents.forms.origin import origin_properties
from bidkit.documents.forms.plain import plain_value
from bidkit.documents.forms.sheet_cells import TICK, Cell, Part, cell_of, parts_of
from bidkit.documents.forms.typed import Words, named
from bidkit.documents.forms.word import header_facts, notes, requirement_mark
from bidkit.documents.sheets import EDIT, MUTED, Book
from bidkit.kernel.language import Language
from bidkit.vocabulary.forms import Field, FieldType
from bidkit.vocabulary.tables import label, labels

ORIGIN_SHEET = "bidkit"
READ_ONLY = "="
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed, zoneless stamp: equal input gives equal bytes
_UNFIT = re.compile(r"[\[\]:*?/\\']")
_ROOM = 25  # blank rows under a table
_REACH = 1000  # rows a choice is offered in
_GREY = "#F3F4F6"
_WIDTHS = {FieldType.TEXT: 40, FieldType.STRING: 22, FieldType.REF: 24, FieldType.DATETIME: 24, FieldType.FILE: 30}


def write_form_xlsx(paper: FormPaper, language: Language) -> bytes:
    """The form as .xlsx: a sheet of labelled entries, a sheet for each table, choices as lists, typed cells.

    An amount and its currency stand in cells of their own. A field with a text too long for a cell is left out.
    Texts are never formulas. Equal input gives equal bytes; the file names no author and no machine.
    """
    paper = replace(paper, hidden=paper.hidden | _too_long(paper))
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    book = _FormBook(workbook, paper, language)
    title = paper.definition.label.of(language)
    workbook.set_properties({"title": f"{title} {clean(paper.deal.code)}", "created": _CREATED})
    for name, value in origin_properties(paper.origin):
        workbook.set_custom_property(name, value, "text")
    found = blocks(paper.definition, paper.hidden)
    book.entries([block for block in found if isinstance(block, Entries)])
    for block in found:
        if isinstance(block, Rows):
            book.rows(block)
    book.finish()
    book.close()
    return buffer.getvalue()


class _FormBook(Book):
    """A workbook with one form in it."""

    def __init__(self, workbook: xlsxwriter.Workbook, paper: FormPaper, language: Language) -> None:
        super().__init__(workbook, paper.deal, language)
        self.paper, self.words = paper, Words(language, paper.names)
        self._names: dict[str, str] = {"title": paper.definition.label.of(language)}
        self._lists: dict[tuple[str, ...], str] = {}
        self._formats_of = {
            FieldType.DATE: "yyyy-mm-dd",
            FieldType.DATETIME: "yyyy-mm-dd hh:mm",
            FieldType.PERCENT: "0.######%",
            FieldType.INT: "0",
        }

    def say(self, code: str) -> str:
        """The label `code` of `schemas/codelists/forms.csv`, or the name given to a sheet of its own."""
        return self._names.get(code) or label("forms", code, self.language)

    def entries(self, runs: Sequence[Entries]) -> None:
        """The first sheet: what the form is about, what is known, and an entry a line."""
        sheet = self.sheet("sheet.entries")
        for column, width in enumerate((30, 60, 46, 4)):
            self.width(sheet, column, width)
        sheet.set_column(3, 3, 4, None, {"hidden": True})
        sheet.set_row(0, 28)
        sheet.merge_range(0, 0, 0, 2, self.say("title"), self.format(bold=True, font_size=15, border=0))
        facts = [(self.say(f"header.{code}"), text) for code, text in header_facts(self.paper, self.words)]
        facts += [
            (fact.label, f"{fact.text} ({fact.source})" if fact.source else fact.text) for fact in self.paper.known
        ]
        row = 1
        for row, (name, text) in enumerate(facts, start=1):
            self.text(sheet, row, 0, name, font_color=MUTED, bg_color=_GREY)
            self.text(sheet, row, 1, text, font_color=MUTED, bg_color=_GREY)
        row += 2
        for column, code in enumerate(("sheet.field", "sheet.entry", "sheet.hint")):
            sheet.write_string(row, column, self.say(code), self.heading(edit=column == 1))
        for field in (field for run in runs for line in run.rows for field in line):
            for part in parts_of(field):
                row += 1
                self._entry(sheet, row, part)
        for text in notes(self.paper, self.words):
            row += 1
            sheet.merge_range(row + 1, 0, row + 1, 2, text, self.format(border=0, font_color=MUTED, font_size=9))

    def rows(self, block: Rows) -> None:
        """A sheet with the field's rows under the labels of its columns."""
        field = block.field
        code = f"rows:{field.key}"
        self._names[code] = self._sheet_name(field.label.of(self.language))
        sheet = self.sheet(code)
        parts = [part for column in block.columns for part in parts_of(column)]
        for column, part in enumerate(parts):
            self.width(sheet, column, _WIDTHS.get(part.field.type, 16) if not block.is_list else 80)
            mark = requirement_mark(part.field)
            text = field.label.of(self.language) if block.is_list else part.label(self.language)
            sheet.write_string(0, column, f"{text} {mark}".strip(), self.heading(edit=not is_read_only(field)))
            self._offer(sheet, part, 1, column, _REACH)
        sheet.set_row(0, 30)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        found = plain_value(field, self.paper.values.get(field.key)) or []
        given: list[Any] = found if isinstance(found, list) else []
        for row, values in enumerate([*given, *[{}] * _ROOM], start=1):
            values = {LIST_COLUMN: values} if block.is_list and values != {} else values
            for column, part in enumerate(parts):
                value = values.get(part.field.key) if isinstance(values, dict) else None
                self._cell(sheet, row, column, part, cell_of(part, value, self.words), locked=is_read_only(field))

    def finish(self) -> None:
        """The sheets people do not see: the choices, and where the file comes from."""
        sheet = self.workbook.add_worksheet(self.say("sheet.lists"))
        for column, texts in enumerate(self._lists):
            for row, text in enumerate(texts):
                sheet.write_string(row, column, text)
        sheet.hide()
        origin = self.workbook.add_worksheet(ORIGIN_SHEET)
        for row, (name, value) in enumerate(origin_properties(self.paper.origin)):
            origin.write_string(row, 0, name)
            origin.write_string(row, 1, value)
        origin.very_hidden()

    def _entry(self, sheet: Any, row: int, part: Part) -> None:
        field = part.field
        locked = is_read_only(field)
        self.text(
            sheet, row, 0, f"{part.label(self.language)} {requirement_mark(field)}".strip(), bold=True, bg_color=_GREY
        )
        cell = cell_of(part, self.paper.values.get(field.key), self.words)
        self._cell(sheet, row, 1, part, cell, locked=locked)
        self._offer(sheet, part, row, 1, row)
        self.text(sheet, row, 2, field.hint.of(self.language) if field.hint else "", font_color=MUTED)
        sheet.write_string(row, 3, (READ_ONLY if locked else "") + part.key)

    def _cell(self, sheet: Any, row: int, column: int, part: Part, cell: Cell, *, locked: bool) -> None:
        look: dict[str, Any] = {"bg_color": _GREY if locked else EDIT}
        number_format = self._formats_of.get(part.field.type) if not part.name else None
        if number_format and not isinstance(cell, str):
            look["num_format"] = number_format
        elif not part.is_number:
            look["num_format"] = "@"
        if isinstance(cell, date):
            write = sheet.write_datetime
            write(row, column, cell, self.format(**look, align="left"))
        elif isinstance(cell, float):
            sheet.write_number(row, column, cell, self.format(**look, align="left"))
        else:
            self.text(sheet, row, column, cell or "", **look)

    def _offer(self, sheet: Any, part: Part, first: int, column: int, last: int) -> None:
        """Choices as a list; free ids and limits of numbers as advice."""
        texts, strict = self._choices(part)
        if texts:
            rule: dict[str, Any] = {
                "validate": "list",
                "source": self._range(tuple(texts)),
                "error_type": "stop" if strict else "information",
            }
        elif part.field.type is FieldType.INT:
            low, high = part.field.minimum, part.field.maximum
            rule = {
                "validate": "integer",
                "criteria": "between",
                "minimum": low if low is not None else -(10**9),
                "maximum": high if high is not None else 10**12,
                "error_type": "stop",
            }
        else:
            return
        sheet.data_validation(first, column, last, column, rule)

    def _choices(self, part: Part) -> tuple[list[str], bool]:
        field = part.field
        if part.option:
            return [TICK], True
        if part.name == "currency":
            return list(labels("currencies")), False
        if part.name == "bound":
            return [">=", "<=", ">", "<", "="], False
        if field.type is FieldType.BOOL:
            return [self.say("yes"), self.say("no")], True
        if field.type is FieldType.ENUM:
            return [option.label.of(self.language) for option in field.options], True
        known = dict.fromkeys(one for kind in field.ref for one in self.paper.choices.get(kind, ()))
        return [named(one, self.paper.names) for one in known], False

    def _range(self, texts: tuple[str, ...]) -> str:
        if texts not in self._lists:
            column = xl_col_to_name(len(self._lists))
            self._lists[texts] = f"='{self.say('sheet.lists')}'!${column}$1:${column}${len(texts)}"
        return self._lists[texts]

    def _sheet_name(self, text: str) -> str:
        name = _UNFIT.sub(" ", text).strip()[:31].strip() or "-"
        taken = {sheet.name.casefold() for sheet in self.workbook.worksheets()}
        number = 2
        while name.casefold() in taken:
            name = f"{name[:27]} {number}"
            number += 1
        return name


def _too_long(paper: FormPaper) -> frozenset[str]:
    """The fields that hold a text no cell can hold."""
    return frozenset(
        field.key
        for field in paper.definition.fields
        if any(len(text.encode("utf-16-le")) // 2 > CELL_LIMIT for text in _texts(field, paper.values.get(field.key)))
    )


def _texts(field: Field, value: Any) -> Iterable[str]:
    if not has_rows(field):
        return [value] if isinstance(value, str) else []
    items = value if isinstance(value, list | tuple) else []
    return [
        text
        for item in items
        for text in (item.values() if isinstance(item, dict) else [item])
        if isinstance(text, str)
    ]
