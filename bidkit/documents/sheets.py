"""A thin layer over the workbook writer: cached formats and cells that can only hold what they should."""

from __future__ import annotations

from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bidkit.documents.cells import cell_text, clean, looks_like_formula
from bidkit.documents.model import DealHeader
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label

INK, LINE = "#1F2937", "#D5DAE1"
HEAD, HEAD_EDIT = "#1F3A5F", "#B7791F"
EDIT, KNOCKOUT, MUTED = "#FFFBEB", "#FDE8E8", "#6B7280"

_FONTS = {Language.ZH: "Microsoft YaHei", Language.EN: "Calibri"}
_A4 = 9


class Book:
    """A workbook being written in one language; every sheet made here has the same page set-up."""

    def __init__(self, workbook: xlsxwriter.Workbook, deal: DealHeader, language: Language) -> None:
        self.workbook, self.deal, self.language = workbook, deal, language
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

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
        sheet = self.workbook.add_worksheet(self.say(code))
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
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, self.say(code), self.heading(edit=code in edit))
        sheet.set_row(0, 30)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)


def _header(text: str, limit: int = 70) -> str:
    kept: list[str] = []
    used = 0
    for sign in ("&&" if c == "&" else c for c in " ".join(clean(text).split())):
        used += len(sign)
        if used > limit:
            return "".join(kept) + "…"
        kept.append(sign)
    return "".join(kept)
