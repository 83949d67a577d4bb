"""A thin layer over the workbook writer: cached formats and cells that can only hold what they should."""

from __future__ import annotations

from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bidkit.documents.cells import cell_text, clean, looks_like_formula, width_of
from bidkit.documents.model import DealHeader
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label

INK, LINE = "#1F2937", "#D5DAE1"
HEAD, HEAD_EDIT = "#1F3A5F", "#B7791F"
EDIT, KNOCKOUT, MUTED = "#FFFBEB", "#FDE8E8", "#6B7280"

_FONTS = {Language.ZH: "Microsoft YaHei", Language.EN: "Calibri"}
_LINE_HEIGHTS = {Language.ZH: 16.5, Language.EN: 13.5}  # points of one line of ten-point text
_TALLEST = 409.0  # points a row may have
_SLACK = 0.93  # ten-point text in columns measured in eleven-point figures, less what words leave at line ends
_A4 = 9


class GrowingSheet(Worksheet):  # type: ignore[misc]  # the library is untyped
    """A sheet whose rows have a height and still grow when somebody types more.

    Some programs do not measure rows when they open a file, so each row needs a height; the library would also
    write that a person fixed it, which stops the row from growing.
    """

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        if tag == "row":
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, list(attributes))


class Book:
    """A workbook being written in one language; every sheet made here has the same page set-up."""

    def __init__(self, workbook: xlsxwriter.Workbook, deal: DealHeader, language: Language) -> None:
        self.workbook, self.deal, self.language = workbook, deal, language
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._widths: dict[tuple[str, int], float] = {}
        self._lines: dict[tuple[str, int], int] = {}
        self._levels: dict[tuple[str, int], int] = {}

    def say(self, code: str) -> str:
        """The label `code` of `schemas/codelists/matrix.csv` in the book's language."""
        return label("matrix", code, self.language)

    def format(self, **properties: Any) -> Format:
        """The cell format with these properties over the book's own font, wrapping and thin lines."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {
                "font_name": _FONTS[self.language],
                "font_size": 10,
                "font_color": INK,
                "text_wrap": True,
                "valign": "top",
                "border": 1,
                "border_color": LINE,
            }
            self._formats[key] = self.workbook.add_format(base | properties)
        return self._formats[key]

    def heading(self, edit: bool = False) -> Format:
        """The format of a header cell; `edit` for columns people fill in."""
        return self.format(bold=True, font_color="#FFFFFF", bg_color=HEAD_EDIT if edit else HEAD, valign="vcenter")

    def sheet(self, code: str, *, tab: str = HEAD, paper: int = _A4) -> Worksheet:
        """A new sheet named after label `code`: landscape, one page wide, page numbers in the footer."""
        sheet = self.workbook.add_worksheet(self.say(code), worksheet_class=GrowingSheet)
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.set_header(f"&L&9{_header(self.deal.code)} {_header(self.deal.name)}&R&9{_header(self.deal.customer)}")
        sheet.set_footer(f"&L&9{_header(self.say('title'))} · &A&R&9{self.say('page.footer')}")
        sheet.set_tab_color(tab)
        return sheet

    def text(self, sheet: Worksheet, row: int, column: int, text: str, **properties: Any) -> str:
        """Writes `text` as text whatever it looks like; gives back what stands in the cell."""
        text = cell_text(text, self.language)
        if looks_like_formula(text):
            properties["quote_prefix"] = True
        if text:
            sheet.write_string(row, column, text, self.format(**properties))
            self._measure(sheet, row, column, text, properties.get("font_size", 10) / 10)
        else:
            sheet.write_blank(row, column, None, self.format(**properties))
        return text

    def value(self, sheet: Worksheet, row: int, column: int, value: str | float | None, **properties: Any) -> None:
        """Writes a number as a number, None as an empty cell, everything else as text."""
        if isinstance(value, str) or value is None:
            self.text(sheet, row, column, value or "", **properties)
        else:
            sheet.write_number(row, column, value, self.format(**properties))

    def table(
        self, sheet: Worksheet, columns: tuple[tuple[str, int], ...], *, edit: frozenset[str] = frozenset()
    ) -> None:
        """Header row 1 from (label code, width) pairs, frozen, repeated on every printed page."""
        for index, (code, width) in enumerate(columns):
            self.width(sheet, index, width)
            sheet.write_string(0, index, self.say(code), self.heading(edit=code in edit))
        sheet.set_row(0, 30)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    def width(self, sheet: Worksheet, column: int, width: float) -> None:
        """Makes a column `width` characters wide; before anything is written into it."""
        sheet.set_column(column, column, width)
        self._widths[sheet.name, column] = width

    def fold_column(self, sheet: Worksheet, column: int, width: float) -> None:
        """Puts a column into a closed group; what stands there does not make rows higher."""
        sheet.set_column(column, column, width, None, {"level": 1, "hidden": True})
        self._widths.pop((sheet.name, column), None)

    def fold(self, sheet: Worksheet, row: int, level: int) -> None:
        """Puts a row into the sheet's outline; level 0 is always visible."""
        self._levels[sheet.name, row] = level

    def close(self) -> None:
        """Gives every row the height its text needs and finishes the file."""
        for sheet in self.workbook.worksheets():
            rows = {row for name, row in (*self._lines, *self._levels) if name == sheet.name}
            for row in sorted(rows):
                height = min(self._lines.get((sheet.name, row), 1) * _LINE_HEIGHTS[self.language] + 3, _TALLEST)
                level = self._levels.get((sheet.name, row), 0)
                sheet.set_row(row, height, None, {"level": level} if level else {})
        self.workbook.close()

    def _measure(self, sheet: Worksheet, row: int, column: int, text: str, scale: float) -> None:
        width = self._widths.get((sheet.name, column))
        if width:
            lines = sum(max(1, ceil(width_of(part) * _SLACK * scale / width)) for part in text.split("\n"))
            self._lines[sheet.name, row] = max(ceil(lines * scale), self._lines.get((sheet.name, row), 1))


def _header(text: str, limit: int = 70) -> str:
    kept: list[str] = []
    used = 0
    for sign in ("&&" if c == "&" else c for c in " ".join(clean(text).split())):
        used += len(sign)
        if used > limit:
            return "".join(kept) + "…"
        kept.append(sign)
    return "".join(kept)
