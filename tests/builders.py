"""Invented values for any test: each builder gives a whole value, keyword arguments replace fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.ingest.package import read_package
from bidkit.kernel.anchor import Anchor, Box
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import NothingFound
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import content_id, sha256_of
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import Bound, DayType, Quantity
from bidkit.requirements.model import (
    Binds,
    EvaluationCriterion,
    FactValue,
    Force,
    KeyFact,
    Kind,
    MarkMeaning,
    Requirement,
    Solicitation,
)
from bidkit.usecases.parse import Reading, read_files
from bidkit.usecases.watch import NOBODY, Watcher

NOON = datetime(2026, 5, 4, 12, 0, 0, 250, tzinfo=UTC)


@dataclass
class SteppingClock:
    """A clock that starts at NOON and is a second later each time it is asked."""

    time: datetime = NOON

    def now(self) -> datetime:
        """The next second."""
        self.time += timedelta(seconds=1)
        return self.time


def an_anchor(**changes: Any) -> Anchor:
    """A place on page 12 of an invented tender."""
    anchor = Anchor(
        sha256_of(b"tender"),
        "招标文件.pdf",
        7,
        12,
        3,
        40,
        ("第五章 采购需求", "二、技术要求"),
        Box(72.0, 100.5, 523.25, 130.0),
    )
    return replace(anchor, **changes)


def a_quantity(**changes: Any) -> Quantity:
    """At least 30 working days from delivery, of 5 per thousand of the price."""
    quantity = Quantity(
        Decimal("30.50"), "day", Bound.AT_LEAST, Decimal(60), "合同总价", "到货之日", DayType.WORKING, start=2, end=6
    )
    return replace(quantity, **changes)


def a_requirement(number: int = 1, **changes: Any) -> Requirement:
    """A technical knockout with every field filled."""
    row = Requirement(
        id=f"req-{number:012x}",
        text=f"★第 {number} 台泵站终端断网后应缓存不少于 30 天的数据。",
        anchor=an_anchor(block=number),
        kind=Kind.TECHNICAL,
        force=Force.MANDATORY,
        knockout=True,
        binds=Binds.CONTRACTOR,
        lead_in="设备须满足下列要求：",
        clause=f"2.{number}",
        mark="★",
        points=2.5,
        section=("第五章 采购需求", "二、技术要求"),
        quantities=(a_quantity(),),
        evidence_asked=("检测报告",),
        confidence=0.875,
        why=("应 / modal", "★ / legend"),
    )
    return replace(row, **changes)


def a_solicitation(*rows: Requirement, **changes: Any) -> Solicitation:
    """A tender of these rows, two of them without any, with something in every other part."""
    rows = rows or (
        a_requirement(1),
        a_requirement(2, lead_in=None, clause=None, mark=None, points=None, quantities=()),
    )
    weights = {"price": 30, "technical": 62.5}
    value = Solicitation(
        language=Language.ZH,
        requirements=rows,
        legend=(MarkMeaning("★", "knockout", "标“★”的条款不满足的，投标无效。", an_anchor(), inherits=True),),
        facts=(
            KeyFact(
                "budget",
                FactValue(4_800_000, "480 万元", an_anchor()),
                (FactValue(5_000_000.5, "另一处", an_anchor()),),
            ),
            KeyFact("weights", FactValue(weights, "评分", an_anchor(box=None, page=None))),
            KeyFact("joint_venture_allowed", FactValue(False, "不接受联合体", an_anchor())),
        ),
        criteria=(EvaluationCriterion(rows[0].id, "技术方案", 10.0, "technical", an_anchor()),),
        findings=(Finding("fact-conflict", Severity.WARN, (("key", "budget"), ("value", "480")), (an_anchor(),)),),
    )
    return replace(value, **changes)


def a_document(text: str = "投标人须提交报价。\n交货期 30 天。", name: str = "tender.txt") -> SourceDocument:
    """A document with one paragraph for each line of `text`."""
    sha256 = sha256_of(text.encode())
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, line, Anchor(sha256, name, index)) for index, line in enumerate(text.splitlines())
    )
    return SourceDocument(name, sha256, "text/plain", blocks)


def a_deal(code: str = "D-1", **changes: Any) -> Deal:
    """A deal with the water office."""
    return replace(Deal(code, "智慧泵站监测平台", "青澜市水务中心", Language.ZH, NOON), **changes)


def rows_of(documents: Sequence[SourceDocument]) -> Solicitation:
    """A stand-in for the extraction that any reader can follow: a paragraph with "must" or 须 in it is a row."""
    rows = [
        a_requirement(id=content_id("req", block.text), text=block.text, anchor=block.anchor)
        for document in documents
        for block in document.blocks
        if "must" in block.text or "须" in block.text
    ]
    if not rows:
        raise NothingFound("no requirement found", where=documents[0].name, next_step="check the file")
    return a_solicitation(*rows)


def read_simply(paths: Sequence[Path], watcher: Watcher = NOBODY) -> Reading:
    """Real reading of files with the stand-in extraction."""
    package = read_files(paths, watcher)
    return Reading(package, rows_of(package.documents))


def a_package(*paths: Path) -> Any:
    """The files at `paths` as read."""
    return read_package(paths)


def a_tender_file(folder: Path, name: str = "tender.txt", *demands: str) -> Path:
    """A text file in `folder` with one demand a paragraph."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    lines = demands or ("Offers must be signed by hand.", "Pumps must run for 30 days.", "The weather is fine.")
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return path
