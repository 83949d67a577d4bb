"""Invented deviation tables in the tender's own form, answered and ready to print."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import docx
from docx.document import Document

from bidkit.deviation.entries import RowEntry
from bidkit.deviation.rows import deviation_tables
from bidkit.deviation.tables_model import DeviationTable, Table
from bidkit.documents.deviation.model import DeviationPaper
from bidkit.ingest.read import read_bytes
from bidkit.kernel.language import Language
from bidkit.requirements.solicitation import read_solicitation
from bidkit.terms.model import Direction
from tests.deviation.builders import BLANK_ROW, GUIDE, HEADER, Part, a_docx, needs

PRINTED = (
    HEADER,
    ("（一）终端",),
    ("1", "网关", "▲1.1 缓存不少于 30 天", "", "", ""),
    ("2", "网关", "电源：220V", "", "", ""),
)
BLANK: list[Part] = ["## 四、技术要求偏离表", "投标人名称：", ("", (HEADER, BLANK_ROW, BLANK_ROW)), *GUIDE]
ISSUED: list[Part] = ["## 四、技术要求偏离表", ("", PRINTED)]
ANSWERS = (
    RowEntry("缓存 60 天\n含断电保护", "60 天", Direction.POSITIVE, "见检测报告", "P12", 3),
    RowEntry("满足，IP67", "IP67", Direction.NONE, "", "P15", 1),
    RowEntry("=1+1 的文本", "", Direction.NEGATIVE, "@另议", "", 2),
)


@dataclass(frozen=True, slots=True)
class Tender:
    """A tender's Word file and the technical table found in it."""

    data: bytes
    table: DeviationTable


def a_tender_with(form: list[Part]) -> Tender:
    """The pump station tender with this form."""
    data = a_docx([*needs(), *form, "## 五、其他", "## 六、合同"])
    document = read_bytes(data, "tender.docx")
    tables = deviation_tables([document], read_solicitation([document]))
    return Tender(data, next(table for table in tables if table.table is Table.TECHNICAL))


def answered(table: DeviationTable, *, language: Language = Language.ZH) -> DeviationPaper:
    """The table with an answer for each row, taken from ANSWERS in turn."""
    rows = [row for row in table.rows if not row.band]
    entries = {row.id: ANSWERS[number % len(ANSWERS)] for number, row in enumerate(rows)}
    return DeviationPaper(table, entries, language, "智慧泵站", "QL-2026-01", "青澜仪表有限公司")


def opened(data: bytes) -> Document:
    """The file as python-docx sees it."""
    return docx.Document(io.BytesIO(data))


def grid(data: bytes) -> list[list[str]]:
    """The texts of the only table, controls included, merged cells as often as they cover columns."""
    (table,) = opened(data).element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tbl")
    out = []
    for row in table.iter(f"{W}tr"):
        cells = []
        for cell in row.iter(f"{W}tc"):
            pieces = ["\n" if node.tag == f"{W}br" else node.text or "" for node in cell.iter(f"{W}t", f"{W}br")]
            cells.append("".join(pieces))
        out.append(cells)
    return out


def with_text(data: bytes, old: str, new: str) -> bytes:
    """The file after somebody typed `new` over `old`."""
    document = opened(data)
    found = [node for node in document.element.body.iter(f"{W}t") if node.text == old]
    assert found
    found[0].text = new
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(entry: RowEntry, **fields: object) -> RowEntry:
    """The entry with other words."""
    return replace(entry, **fields)


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
