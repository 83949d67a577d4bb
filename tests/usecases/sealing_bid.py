"""An invented tender and a clean bid for it, as Word files: what the check before sealing has to find in order."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
from docx.document import Document

BIDDER = "云杉数据科技有限公司"
PROJECT = "湖东片区泵站远程监测平台建设项目"
NUMBER = "HDPQ-ZB-2027-018"
BUYER = "湖东水务运行中心"

_TENDER = (
    ("1", "第一章 招标公告"),
    ("", f"项目名称：{PROJECT}"),
    ("", f"项目编号：{NUMBER}"),
    ("", f"采购人：{BUYER}"),
    ("", "最高限价：900000 元，投标报价超过最高限价的，投标无效。"),
    ("", "投标截止时间：2026年6月8日09时30分（北京时间）。"),
    ("1", "第二章 投标人须知"),
    ("", "投标有效期：自投标截止之日起90日历天，投标有效期不足的，投标无效。"),
    ("", "投标保证金：人民币 18000 元。"),
    ("", "技术部分不得出现报价，否则投标无效。"),
    ("1", "第三章 采购需求"),
    ("", "★监测终端在断网后应能缓存不少于30天的数据。"),
    ("", "平台应提供分级告警功能。"),
    ("1", "第四章 评标办法"),
    ("", "带★号的条款为实质性要求，不满足的，投标无效。"),
    ("1", "第五章 投标文件格式"),
    ("", "投标函"),
    ("", f"致：{BUYER}"),
    ("", "我方愿以投标总价（大写）________（小写：________元）承担本项目，投标有效期90日历天。"),
    ("", "投标人（盖章）：________"),
    ("", "日期：    年    月    日"),
)
_LETTER = (
    "投标函",
    f"致：{BUYER}",
    "我方愿以投标总价（大写）捌拾伍万陆仟元整（小写：856000.00元）承担本项目，投标有效期90日历天。",
    f"投标人（盖章）：{BIDDER}",
    "日期：2026年6月8日",
)
_PRICES = (
    ("序号", "名称", "数量", "单价（元）", "合价（元）"),
    ("1", "监测终端", "20", "21300.00", "426000.00"),
    ("2", "监测平台软件", "1", "380000.00", "380000.00"),
    ("3", "培训", "2", "25000.00", "50000.00"),
    ("合计", "", "", "", "856000.00"),
)


def written(fill: Callable[[Document], None], author: str = BIDDER) -> bytes:
    """A Word file that `fill` writes into."""
    document = docx.Document()
    fill(document)
    properties = document.core_properties
    properties.author, properties.last_modified_by, properties.comments, properties.title = author, author, "", ""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def tender() -> bytes:
    """The tender with one form."""

    def fill(document: Document) -> None:
        for level, text in _TENDER:
            if level:
                document.add_heading(text, int(level))
            else:
                document.add_paragraph(text)

    return written(fill, "湖东水务")


def commercial(letter: Sequence[str] = _LETTER) -> bytes:
    """The commercial volume with the bid letter."""

    def fill(document: Document) -> None:
        document.add_heading("商务部分", 1)
        document.add_paragraph(f"项目名称：{PROJECT}")
        document.add_paragraph(f"项目编号：{NUMBER}")
        for line in letter:
            document.add_paragraph(line)
        document.add_heading("投标保证金", 2)
        document.add_paragraph("我方已按要求提交投标保证金18000元，凭证附后。")

    return written(fill)


def technical(*more: str) -> bytes:
    """The technical volume."""

    def fill(document: Document) -> None:
        document.add_heading("技术部分", 1)
        document.add_paragraph(f"项目名称：{PROJECT}")
        document.add_paragraph("监测终端内置存储，断网后缓存45天的数据，恢复后自动补传。")
        document.add_paragraph("平台按级别、区域和设备类型设置告警，告警可逐级升级。")
        for text in more:
            document.add_paragraph(text)
        document.add_paragraph(f"投标人（盖章）：{BIDDER}")

    return written(fill)


def indexed(rows: Sequence[Sequence[str]]) -> bytes:
    """A volume of three pages with this index: the profile stands on the second, the finances on the third."""

    def fill(document: Document) -> None:
        document.add_heading("资格证明文件", 1)
        table = document.add_table(len(rows), 2)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_page_break()
        document.add_heading("企业基本情况", 1)
        document.add_paragraph("我公司从事水务监测。")
        document.add_page_break()
        document.add_paragraph("财务状况见审计报告。")

    return written(fill)


def price(rows: Sequence[Sequence[str]] = _PRICES, total: str = "投标总价：856000.00元") -> bytes:
    """The price volume with its table."""

    def fill(document: Document) -> None:
        document.add_heading("报价部分", 1)
        document.add_paragraph(f"项目名称：{PROJECT}")
        document.add_paragraph(total)
        table = document.add_table(len(rows), len(rows[0]))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
        document.add_paragraph(f"投标人（盖章）：{BIDDER}")

    return written(fill)


def clean_bid(folder: Path) -> list[Path]:
    """The three volumes as files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {"商务部分.docx": commercial(), "技术部分.docx": technical(), "报价部分.docx": price()}
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in made]
