"""Sample source -> Word file with automatic numbering, table header rows and merged cells."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from markup import Node, pieces
from word_numbering import Numbering, put_in_list

MADE = datetime(2027, 3, 8, 9, 0)  # noqa: DTZ001  the file format stores no zone
_TEXT_WIDTH = Cm(16)
_FONTS = {"zh": ("Times New Roman", "宋体", "黑体"), "en": ("Calibri", "宋体", "黑体")}
_HEADINGS = {"h1": 0, "h2": 1, "h3": 2}
_LISTS = {"article": ("articles", 0), "part": ("clauses", 0), "clause": ("clauses", 1)}
_BOLD = ("article", "part")
_ITEMS = {"item": 0, "subitem": 1}


class WordSample:
    """Writes nodes into one document."""

    def __init__(self, language: str, header: str) -> None:
        self.language = language
        self.document = docx.Document()
        self.numbering = Numbering(self.document)
        self.lists: dict[str, int] = {}
        self.last = ""
        _page(self.document, header)
        _styles(self.document, *_FONTS[language])
        self.outline = self.numbering.instance(f"{language}_outline")
        for level in _HEADINGS.values():
            put_in_list(self.document.styles[f"Heading {level + 1}"].element.get_or_add_pPr(), self.outline, level)

    def write(self, nodes: list[Node]) -> None:
        """Appends the nodes in order."""
        for node in nodes:
            if node.kind == "table":
                self._table(node)
            else:
                self._paragraph(node)
            self.last = node.kind

    def _paragraph(self, node: Node) -> None:
        kind = node.kind
        if kind == "break":
            self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            return
        paragraph = self.document.add_paragraph(style=self._style(kind))
        for text, blank in pieces(node.text):
            run = paragraph.add_run(text)
            run.underline = blank or None
            run.bold = kind in _BOLD or None
        if kind == "centre":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for run in paragraph.runs:
                run.font.size = Pt(20)
        elif kind == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._number(paragraph, kind)

    def _style(self, kind: str) -> str:
        if kind in _HEADINGS:
            return f"Heading {_HEADINGS[kind] + 1}"
        return "toc 1" if kind == "toc" else "Normal"

    def _number(self, paragraph: Any, kind: str) -> None:
        if kind in _HEADINGS:
            self.lists.clear() if kind == "h1" else self.lists.pop("items", None)
        elif kind in _LISTS:
            name, level = _LISTS[kind]
            number = self.lists.setdefault(name, self._clauses(name))
            put_in_list(paragraph._p.get_or_add_pPr(), number, level)
            self.lists.pop("items", None)
        elif kind in _ITEMS:
            number = self.lists.setdefault("items", 0) or self.numbering.instance(f"{self.language}_items")
            self.lists["items"] = number
            put_in_list(paragraph._p.get_or_add_pPr(), number, _ITEMS[kind])
        elif kind == "star":
            put_in_list(paragraph._p.get_or_add_pPr(), self.numbering.instance("star"), 0)
        else:
            self.lists.pop("items", None)

    def _clauses(self, name: str) -> int:
        return self.lists.get(name) or self.numbering.instance(name)

    def _table(self, node: Node) -> None:
        columns = len(node.rows[0])
        table = self.document.add_table(rows=len(node.rows), cols=columns, style="Table Grid")
        table.autofit = False
        widths = [int(_TEXT_WIDTH * w / sum(node.widths)) for w in node.widths]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for r, (row, texts) in enumerate(zip(table.rows, node.rows, strict=True)):
            if len(texts) != columns:
                raise ValueError(f"row has {len(texts)} cells, the header {columns}: {texts}")
            for c, cell in enumerate(row.cells):
                cell.width = widths[c]
                self._cell(cell, texts[c], bold=r == 0)
        _header_row(table.rows[0])
        _merge(table, node.rows)
        self.document.add_paragraph()
        self.lists.pop("items", None)

    def _cell(self, cell: Any, text: str, *, bold: bool) -> None:
        if text in ("^", "<"):
            return
        for text_piece, blank in pieces(text):
            run = cell.paragraphs[0].add_run(text_piece)
            run.underline = blank or None
            run.bold = bold or None

    def data(self, title: str) -> bytes:
        """The finished file; equal input gives equal bytes."""
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = title, "", ""
        properties.created = properties.modified = MADE
        properties.last_modified_by = ""
        buffer = io.BytesIO()
        self.document.save(buffer)
        return fixed_zip(buffer.getvalue())


def fixed_zip(data: bytes) -> bytes:
    """The same archive with every entry stamped 1980, so that it does not change from run to run."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry))
    return buffer.getvalue()


def _page(document: Any, header: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    section.header.paragraphs[0].text = header
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = footer.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _styles(document: Any, latin: str, song: str, hei: str) -> None:
    styles = document.styles
    styles.add_style("toc 1", 1).base_style = styles["Normal"]
    for name, size, font in (
        ("Normal", 11, song),
        ("Heading 1", 18, hei),
        ("Heading 2", 14, hei),
        ("Heading 3", 12, hei),
    ):
        style = styles[name]
        style.font.name, style.font.size = latin, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), font)
        style.paragraph_format.line_spacing = 1.5
        style.paragraph_format.space_after = Pt(3)


def _header_row(row: Any) -> None:
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _merge(table: Any, rows: list[list[str]]) -> None:
    for r in range(len(rows) - 1, 0, -1):
        for c, text in enumerate(rows[r]):
            if text == "^" and (r + 1 == len(rows) or rows[r + 1][c] != "^"):
                top = r
                while rows[top][c] == "^":
                    top -= 1
                table.cell(top, c).merge(table.cell(r, c))
        joined = [c for c, text in enumerate(rows[r]) if text == "<"]
        if joined:
            table.cell(r, joined[0] - 1).merge(table.cell(r, joined[-1]))
    for row in table.rows:
        for cell in row.cells:
            for extra in cell.paragraphs[1:]:
                if not extra.text:
                    extra._p.getparent().remove(extra._p)
