"""The desk of a bid manager: an invented tender, our facts, and people who edit the files."""

from __future__ import annotations

import copy
import io
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bidkit.documents.office import Office
from bidkit.requirements.model import Requirement
from bidkit.store import Store
from bidkit.usecases.bids.build import BuiltBid, build_bid
from bidkit.usecases.matrix import loaded_tender
from bidkit.usecases.responding import respond

CODE = "D-5"
FACTS = [
    {"kind": "legal_name", "subject": "云岭自控", "attribute": "投标人名称", "value": "云岭自控工程有限公司"},
    {"kind": "legal_name", "subject": "云岭自控", "attribute": "统一社会信用代码", "value": "91530000MA0000000X"},
    {"kind": "certificate", "subject": "云岭自控", "attribute": "质量管理体系", "value": "有效"},
    {"kind": "price", "subject": "采集终端", "attribute": "成本价", "value": "1234.56"},
]


def saved(document: Document) -> bytes:
    """The bytes of a document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def a_tender() -> bytes:
    """An invented tender: demands of three kinds, two forms, no deviation table."""
    document = docx.Document()
    document.add_heading("第一章 招标公告", 1)
    document.add_paragraph("项目名称：泵站改造项目")
    document.add_paragraph("项目编号：BZ-2027-07")
    document.add_paragraph("投标有效期：自投标截止之日起 90 日历天。")
    document.add_heading("第二章 资格要求", 1)
    document.add_paragraph("1. 投标人应当具有独立承担民事责任的能力，提供营业执照复印件，否则投标无效。")
    document.add_heading("第三章 采购需求", 1)
    document.add_heading("一、技术要求", 2)
    for number, demand in enumerate(
        (
            "采集终端断网后应当缓存不少于 30 天的数据。",
            "控制柜防护等级应当不低于 IP55。",
            "★平台应当支持不少于 200 个用户同时在线，不满足的投标无效。",
            "液位计的测量误差应当不大于 3 毫米。",
        ),
        1,
    ):
        document.add_paragraph(f"{number}. {demand}")
    document.add_heading("二、商务要求", 2)
    document.add_paragraph("1. 质保期应当不少于 36 个月，自终验合格之日起计算。")
    document.add_heading("第四章 投标文件格式", 1)
    document.add_paragraph("投标函")
    document.add_paragraph("致：____________（采购人名称）")
    document.add_paragraph("我方参加（项目名称）投标，投标总价（大写）：________，投标有效期：________。")
    document.add_paragraph("投标人名称（盖章）：________")
    document.add_paragraph("售后服务承诺书")
    document.add_paragraph("我方承诺按招标文件的要求提供售后服务。")
    document.add_paragraph("投标人名称（盖章）：________")
    return saved(document)


def no_office() -> AbstractContextManager[Office | None]:
    """A machine without LibreOffice."""
    return nullcontext(None)


def build(store: Store, folder: Path, **changes: Any) -> BuiltBid:
    """The bid of the deal, built by Bo without LibreOffice."""
    values: dict[str, Any] = {"code": CODE, "folder": folder, "actor": "bo", "open_office": no_office}
    return build_bid(store, **values | changes)


def rows_of(store: Store, word: str = "", code: str = CODE) -> list[Requirement]:
    """The rows of the tender that hold a word."""
    with store.read() as work:
        _, tender, _ = loaded_tender(work, code)
    return [row for row in tender.requirements if word in row.text]


def answer(store: Store, row: Requirement, text: str, code: str = CODE, **more: str) -> None:
    """Li answers a row."""
    respond(store, code=code, answers={row.id: {"answer": text, **more}}, actor="li")


def answered(store: Store, row: Requirement, code: str = CODE) -> str:
    """What the store says to a row."""
    with store.read() as work:
        return work.responses.of(work.deals.get(code))[row.id].answer


class Word:
    """Somebody's Word: a file opened, edited and saved under the same name or another."""

    def __init__(self, path: Path, name: str = "张三") -> None:
        self._path = path
        self.document = docx.Document(str(path))
        self.document.core_properties.last_modified_by = name
        self._name = name

    def save(self, path: Path | None = None) -> Path:
        self.document.save(str(path or self._path))
        return path or self._path

    def _texts(self) -> list[Any]:
        return list(self.document.element.body.iter(qn("w:t")))

    def replace(self, old: str, new: str) -> None:
        """Types `new` over `old`, wherever it stands first."""
        found = next(t for t in self._texts() if old in (t.text or ""))
        found.text = found.text.replace(old, new)

    def paragraph_after(self, words: str, text: str) -> None:
        """A new paragraph behind the one that holds `words`."""
        self._place(words).addnext(_paragraph(text))

    def picture_after(self, words: str, png: bytes) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.add_run().add_picture(io.BytesIO(png))
        self._place(words).addnext(paragraph._p)

    def table_after(self, words: str, *cells: str) -> None:
        table = self.document.add_table(1, len(cells))
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text
        self._place(words).addnext(table._tbl)

    def track_insertion(self, words: str, text: str) -> None:
        """A tracked insertion at the end of the paragraph that holds `words`."""
        mark = OxmlElement("w:ins")
        mark.set(qn("w:id"), "9001")
        mark.set(qn("w:author"), self._name)
        mark.set(qn("w:date"), "2027-01-01T00:00:00Z")
        mark.append(copy.deepcopy(_paragraph(text)[0]))
        self._place(words).append(mark)

    def _place(self, words: str) -> Any:
        for paragraph in self.document.element.body.iter(qn("w:p")):
            own = "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
            if words in own and paragraph.find(f".//{qn('w:hyperlink')}") is None:
                return paragraph
        raise AssertionError(f"no paragraph says {words!r}")


def _paragraph(text: str) -> Any:
    paragraph, run, words = (OxmlElement(f"w:{name}") for name in ("p", "r", "t"))
    words.text = text
    run.append(words)
    paragraph.append(run)
    return paragraph


def all_text(path: Path) -> str:
    """Everything written in the body of a file, deleted words included."""
    body = docx.Document(str(path)).element.body
    return "".join(t.text or "" for t in body.iter(qn("w:t"), qn("w:delText")))


def pictures(path: Path) -> set[bytes]:
    """The pictures a file holds."""
    parts = docx.Document(str(path)).part.package.iter_parts()
    return {part.blob for part in parts if part.content_type.startswith("image/")}


def comments(path: Path) -> list[str]:
    """The texts of the comments of a file."""
    return [comment.text for comment in docx.Document(str(path)).comments]
