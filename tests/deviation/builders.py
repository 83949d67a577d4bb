"""Invented tenders with deviation forms, made as Word files and read as the product reads them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.shared import Cm

from bidkit.deviation.rows import deviation_tables
from bidkit.deviation.tables_model import DeviationTable, Table
from bidkit.ingest.model import SourceDocument
from bidkit.ingest.read import read_bytes
from bidkit.requirements.solicitation import read_solicitation

Rows = Sequence[Sequence[str]]
Part = str | tuple[str, Rows]

HEADER = ("序号", "货物名称", "招标技术要求", "投标技术响应", "偏离情况", "说明")
BUSINESS = ("序号", "商务需求项", "招标商务要求", "投标商务响应", "偏离情况", "说明")
SUBSTANTIVE = ("序号", "实质性条款具体内容", "投标响应", "偏离情况", "说明")
LEGEND = "带“★”的指标为实质性条款，如出现负偏离，作投标无效处理。"
UNIT = "评分时，如对一项招标技术要求（以划分框为准）存在两处负偏离的，只作一项负偏离扣分。"

TECHNICAL_NEEDS: Rows = (
    ("序号", "货物名称", "招标技术要求"),
    ("1", "泵站网关", "1.1 断网后缓存数据不少于 30 天。"),
    ("1", "泵站网关", "★1.2 防护等级不低于 IP67，提供检测报告。"),
    ("2", "液位计", "2.1 量程 0～20m，误差不超过 ±0.2%。"),
)
BUSINESS_NEEDS: Rows = (
    ("序号", "商务需求项", "招标商务要求"),
    ("1", "关于交货", "1.1 中标人应在合同签订后 45 日内交货并安装完毕。"),
    ("2", "关于保修", "★2.1 免费保修期不少于 3 年，自验收合格之日起计算。"),
)
BLANK_ROW = ("1", "***设备", "（填写相关内容）", "", "", "")
GUIDE = (
    "《技术要求偏离表》编制指引：",
    "1、“投标技术响应”一栏必须一一对照“招标技术要求”填写，不能不合理照搬照抄招标文件的技术要求。",
    "2、要求提供证明资料的，应当在“说明”一栏中列明证明资料的位置。",
)


def needs(*more: Part) -> list[Part]:
    """The needs of an invented pump station: legend, technical rows, business rows."""
    return [
        "# 第三章 用户需求书",
        "## 三、技术要求",
        LEGEND,
        UNIT,
        ("", TECHNICAL_NEEDS),
        "## 四、商务要求",
        ("", BUSINESS_NEEDS),
        *more,
        "# 第四章 投标文件格式",
    ]


def a_docx(parts: Sequence[Part]) -> bytes:
    """A Word file: "# " starts a heading, a pair is a table whose cells that repeat the one above are merged."""
    document: Document = docx.Document()
    for part in parts:
        if isinstance(part, tuple):
            _table(document, part[1])
        elif part.startswith("#"):
            level = len(part) - len(part.lstrip("#"))
            document.add_heading(part.lstrip("# "), level)
        else:
            document.add_paragraph(part)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_tender(*parts: Part, name: str = "tender.docx") -> SourceDocument:
    """The file as read."""
    return read_bytes(a_docx(parts), name)


def tables_of(*parts: Part) -> dict[Table, DeviationTable]:
    """The deviation tables of a tender made of `parts`."""
    document = a_tender(*parts)
    return {table.table: table for table in deviation_tables([document], read_solicitation([document]))}


def demands(table: DeviationTable) -> list[str]:
    """The requirement texts of a table in order."""
    return [row.requirement for row in table.rows]


def _table(document: Document, rows: Rows) -> None:
    width = max(len(row) for row in rows)
    table = document.add_table(rows=len(rows), cols=width)
    table.style = "Table Grid"
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
            table.cell(at, column).width = Cm(16 / width)
        if len(row) < width:
            table.cell(at, 0).merge(table.cell(at, width - 1)).text = row[0]
