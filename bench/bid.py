"""A bid of 300 pages and 2,000 response rows: built, brought up to date after edits, beside docxtpl alone.

`python -m bench.bid` prints seconds; `--layout` also lays the file out in LibreOffice and counts its pages.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import time
from datetime import UTC, datetime

import docx
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from bidkit.documents.bid.build import build_volume
from bidkit.documents.bid.facts import BidFacts
from bidkit.documents.bid.merge import merge
from bidkit.documents.bid.model import BidPart, ResponseRow, Responses, Text, Volume
from bidkit.documents.bid.pages import settle
from bidkit.documents.bid.pull import pull
from bidkit.documents.office import office
from bidkit.kernel.language import Language

ROWS, PROSE_PARTS = 2_000, 60
_WHEN = datetime(2027, 1, 1, tzinfo=UTC)
_SENTENCE = "本节说明第{n}项工作的组织方式、质量控制点与交付成果，责任到人，按周检查，发现偏差即时纠正并留存记录。"
_FACTS = BidFacts(project_name="青禾市智慧泵站改造项目", project_no="QHZB-2027-018", bidder="云岭自控工程有限公司")


def volume(revision: int = 1) -> Volume:
    """The invented bid; a later `revision` rewords every tenth answer."""
    rows = tuple(_row(number, revision) for number in range(ROWS))
    chunks = [rows[at : at + 250] for at in range(0, ROWS, 250)]
    tables = [
        BidPart(f"part-rows-{i}", revision, f"逐条响应（{i}）", (Responses(c, "响应表"),)) for i, c in enumerate(chunks)
    ]
    prose = [
        BidPart(f"part-prose-{i}", 1, f"专项方案{i}", tuple(Text(_SENTENCE.format(n=n) * 4) for n in range(14)), 2)
        for i in range(PROSE_PARTS)
    ]
    return Volume("tech", "技术部分", "bid-technical", (*tables, BidPart("part-plans", 1, "专项方案"), *prose))


def _row(number: int, revision: int) -> ResponseRow:
    newer = revision if number % 10 == 0 else 1
    return ResponseRow(
        f"req-{number:05d}",
        newer,
        f"3.{number}",
        f"第{number}项：设备防护等级不低于IP55，并提供由有资质的第三方机构出具的检测报告。",
        f"响应。所投设备防护等级为IP56（第{newer}版），检测报告见附件，优于招标文件要求。",
        "正偏离",
        f"检测报告 YL-{number:05d}",
        "part-plans",
    )


def edited(data: bytes) -> bytes:
    """The file after a person typed into every seventh answer and added a paragraph to each part."""
    document = docx.Document(io.BytesIO(data))
    answers = [t for t in document.element.body.iter(qn("w:t")) if (t.text or "").startswith("响应。")]
    for at, text in enumerate(answers):
        if at % 7 == 0:
            text.text = f"{text.text}另附现场照片。"
    for control in list(document.element.body.iterchildren(qn("w:sdt"))):
        control.addnext(document.add_paragraph("投标经理补充说明。")._p)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def docxtpl_alone() -> bytes:
    """The same table filled by docxtpl: a row loop in one table, no controls, no page fields, nothing read back."""
    document = docx.Document()
    table = document.add_table(4, 6)
    table.cell(1, 0).text = "{%tr for r in rows %}"
    for at, name in enumerate(("number", "requirement", "response", "compliance", "evidence", "proof")):
        table.rows[2].cells[at].text = f"{{{{ r.{name} }}}}"
    table.cell(3, 0).text = "{%tr endfor %}"
    buffer = io.BytesIO()
    document.save(buffer)
    template = DocxTemplate(io.BytesIO(buffer.getvalue()))
    template.render({"rows": [dataclasses.asdict(_row(n, 1)) for n in range(ROWS)]}, autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def timed(name: str, act: object) -> object:
    """What `act` gives; its seconds are printed under `name`."""
    start = time.perf_counter()
    result = act()  # type: ignore[operator]
    print(f"{name:<48}{time.perf_counter() - start:8.2f} s", flush=True)
    return result


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--layout", action="store_true")
    options = parser.parse_args()
    timed("docxtpl alone, the table only", docxtpl_alone)
    base = timed("build", lambda: build_volume(volume(), _FACTS, Language.ZH).docx)
    theirs = edited(base)  # type: ignore[arg-type]
    timed("read people's edits back", lambda: pull(theirs, "bid.docx", base))  # type: ignore[arg-type]
    ours = timed("build the next revision", lambda: build_volume(volume(2), _FACTS, Language.ZH).docx)
    result = timed(
        "merge",
        lambda: merge(base, theirs, ours, when=_WHEN, language=Language.ZH),  # type: ignore[arg-type]
    )
    print(f"conflicts to decide: {result.conflicts}")  # type: ignore[attr-defined]
    if options.layout:
        with office() as program:
            done = timed("true page numbers", lambda: settle(result.docx, "bid.docx", program))  # type: ignore[attr-defined]
            print(f"pages: {done.pages.total}, layouts: {done.passes}")  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
