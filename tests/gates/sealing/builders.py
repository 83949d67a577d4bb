"""An invented bid that is in order in every respect, and ways to spoil or starve it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bidkit.gates.sealing.model import (
    Addendum,
    FormState,
    OwnNames,
    Properties,
    Situation,
    Stranger,
    Volume,
    VolumeKind,
)
from bidkit.ingest.model import Block, BlockKind, Cell, Line, SourceDocument, TablePlace, TrackedChange
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import sha256_of
from bidkit.kernel.language import Language
from bidkit.requirements.model import (
    Binds,
    EvaluationCriterion,
    FactValue,
    Force,
    KeyFact,
    Kind,
    Requirement,
    Solicitation,
)
from bidkit.respond.company import Assignment, CompanyFact, FactKind, Source
from bidkit.respond.response import Compliance, Response

BIDDER = "云杉数据科技有限公司"
PROJECT = "湖东片区泵站远程监测平台建设项目"
NUMBER = "HDPQ-ZB-2027-018"
NOW = datetime(2027, 4, 6, 1, 0, tzinfo=UTC)
TENDER_PLACE = Anchor("0" * 64, "招标文件.docx", 3, path=("第三章",))
OURS = Properties(author=BIDDER, company=BIDDER, title="投标文件", program="Microsoft Office Word")

Row = Sequence[str]


def a_document(name: str, *content: str | list[Row], **changes: Any) -> SourceDocument:
    """Paragraphs and tables; "# " begins a heading, "~ " a comment, "^ " a page header, "> " a line of contents."""
    sha256, blocks, tables = sha256_of(name.encode()), [], 0
    path: tuple[str, ...] = ()
    kinds = {"# ": BlockKind.HEADING, "~ ": BlockKind.COMMENT, "^ ": BlockKind.FURNITURE, "> ": BlockKind.TOC_LINE}
    for piece in content:
        if isinstance(piece, str):
            kind = kinds.get(piece[:2], BlockKind.PARAGRAPH)
            text = piece if kind is BlockKind.PARAGRAPH else piece[2:]
            path = (text,) if kind is BlockKind.HEADING else path
            blocks.append(Block(kind, text, Anchor(sha256, name, len(blocks), path=path)))
            continue
        heads = tuple(piece[0])
        for number, row in enumerate(piece):
            cells = tuple(Cell(column, (Line(text),)) for column, text in enumerate(row))
            place = TablePlace(tables, number, len(row), number == 0, heads if number else ())
            anchor = Anchor(sha256, name, len(blocks), path=path)
            blocks.append(Block(BlockKind.TABLE_ROW, " | ".join(row), anchor, cells=cells, place=place))
        tables += 1
    return replace(SourceDocument(name, sha256, "application/docx", tuple(blocks)), **changes)


def a_volume(kind: VolumeKind, *content: str | list[Row], **changes: Any) -> Volume:
    """A volume of these pieces, with properties of ours."""
    name = changes.pop("name", f"{kind.value}.docx")
    told = {key: changes.pop(key) for key in ("findings", "changes") if key in changes}
    document = a_document(name, *content, **told)
    return replace(Volume(name, document.sha256, kind, document, properties=OURS), **changes)


LETTER = "我方愿以投标总价（大写）捌拾伍万陆仟元整（小写：856000.00元）承担本项目，投标有效期90日历天。"
COMMERCIAL: tuple[str | list[Row], ...] = (
    "# 商务部分",
    f"项目名称：{PROJECT}",
    f"项目编号：{NUMBER}",
    "# 投标函",
    LETTER,
    f"投标人（盖章）：{BIDDER}",
    "日期：2027年4月8日",
    "我方已按要求提交投标保证金18000元。",
    "我方已收悉第1号补充说明。",
    [["评审内容", "对应页码"], ["营业执照", "3"]],
)
COMMERCIAL_PAGES = ("商务部分", "评审内容 对应页码\n营业执照 3", "营业执照")
TECHNICAL: tuple[str | list[Row], ...] = ("# 技术部分", "监测终端断网后缓存45天的数据，恢复后自动补传。")
PRICES: list[Row] = [
    ("序号", "名称", "数量", "单价（元）", "合价（元）"),
    ("1", "监测终端", "20", "20000.00", "400000.00"),
    ("2", "监测平台软件", "1", "400000.00", "400000.00"),
    ("合计", "", "", "", "800000.00"),
    ("增值税 7%", "", "", "", "56000.00"),
    ("价税合计", "", "", "", "856000.00"),
]
PRICE: tuple[str | list[Row], ...] = ("# 报价部分", "投标总价：856000.00元", PRICES)
LICENCE = CompanyFact(
    FactKind.LICENCE,
    BIDDER,
    "营业执照",
    "长期",
    valid_to=date(2030, 1, 1),
    source=Source("1" * 64, "licence.pdf", 1),
    verified_on=date(2027, 3, 1),
)


def a_row(number: int, text: str, **changes: Any) -> Requirement:
    """A knockout row on technical matters."""
    row = Requirement(
        f"req-{number:012x}",
        text,
        replace(TENDER_PLACE, block=number),
        Kind.TECHNICAL,
        Force.MANDATORY,
        True,
        Binds.BIDDER,
        clause=f"3.{number}",
    )
    return replace(row, **changes)


ROWS = (
    a_row(1, "监测终端断网后应缓存不少于30天的数据。"),
    a_row(2, "提供营业执照。", kind=Kind.QUALIFICATION),
    a_row(3, "技术方案完整、可行。", force=Force.SCORED, knockout=False, points=10.0),
    a_row(4, "技术部分采用暗标，不得出现投标人名称。", kind=Kind.SUBMISSION, knockout=False),
    a_row(5, "未被列入失信被执行人名单。", kind=Kind.QUALIFICATION, knockout=False),
    a_row(6, "投标人应上传加密投标文件。", kind=Kind.SUBMISSION, knockout=False),
)
FACTS = {
    "project_name": PROJECT,
    "project_number": NUMBER,
    "price_ceiling": 900000,
    "bid_validity_days": 90,
    "bid_security": 18000,
    "copies": "正本1份、副本3份",
    "submission_deadline": "2027-04-08T09:30",
}


def a_tender(rows: Sequence[Requirement] = ROWS, **facts: Any) -> Solicitation:
    """A tender of these rows; a fact of None is not stated."""
    stated = {key: value for key, value in {**FACTS, **facts}.items() if value is not None}
    return Solicitation(
        Language.ZH,
        tuple(rows),
        (),
        tuple(KeyFact(key, FactValue(value, str(value), TENDER_PLACE)) for key, value in stated.items()),
        (EvaluationCriterion(ROWS[2].id, "技术方案", 10.0, "technical", TENDER_PLACE),),
    )


def answered(**changes: Any) -> Response:
    """A full answer with its proof and owner."""
    response = Response(Compliance.FULL, "45天", "我公司承诺满足", f"第12页 {LICENCE.id}", "li.na")
    return replace(response, **changes)


def a_situation(**changes: Any) -> Situation:
    """A bid in order: three volumes, every row answered, everything known."""
    situation = Situation(
        a_tender(),
        (
            a_volume(VolumeKind.COMMERCIAL, *COMMERCIAL, pages=COMMERCIAL_PAGES),
            a_volume(VolumeKind.TECHNICAL, *TECHNICAL, anonymous=True, properties=Properties(program="Word")),
            a_volume(VolumeKind.PRICE, *PRICE),
        ),
        NOW,
        own=OwnNames(PROJECT, NUMBER, "湖东水务运行中心", "云岭招标咨询有限公司", BIDDER),
        responses={row.id: answered() for row in ROWS},
        strangers=(Stranger("西山市燃气集团", "D-7"), Stranger("西山门站数据采集系统采购项目", "D-7")),
        facts={LICENCE.id: LICENCE},
        assignments=(Assignment("陈敏", "项目经理", PROJECT, date(2027, 5, 1), date(2027, 12, 1)),),
        forms=(FormState("投标函", "bid_letter", "commercial.docx", (), TENDER_PLACE),),
        deviation_rows=2,
        deviation_blockers=(),
        value_findings=(),
        addenda=(Addendum(2, ("补充说明.pdf",), date(2027, 3, 20)),),
        tender_text="监测终端断网后应缓存不少于30天的数据",
    )
    return replace(situation, **changes)


def with_commercial(*more: str | list[Row], without: str = "", **changes: Any) -> Situation:
    """The bid with pieces added to its commercial volume, or those that hold `without` taken out."""
    kept = [piece for piece in COMMERCIAL if not (without and isinstance(piece, str) and without in piece)]
    pages = changes.pop("pages", COMMERCIAL_PAGES)
    volume = a_volume(VolumeKind.COMMERCIAL, *kept, *more, pages=pages, **changes)
    return a_situation(volumes=(volume, *a_situation().volumes[1:]))


def with_technical(*more: str | list[Row], **changes: Any) -> Situation:
    """The bid with pieces added to its technical volume."""
    first, technical, last = a_situation().volumes
    changed = a_volume(VolumeKind.TECHNICAL, *TECHNICAL, *more, anonymous=True, properties=technical.properties)
    return a_situation(volumes=(first, replace(changed, **changes), last))


def with_prices(rows: Sequence[Row], total: str = "投标总价：856000.00元") -> Situation:
    """The bid with another price table and total in its price volume."""
    volume = a_volume(VolumeKind.PRICE, "# 报价部分", total, list(rows))
    return a_situation(volumes=(*a_situation().volumes[:2], volume))


def priced(**amounts: str) -> list[Row]:
    """The price table with the amount of rows replaced, by their label or name."""
    return [(*row[:4], amounts.get(row[0], amounts.get(row[1], row[4]))) for row in PRICES]


def unread() -> Situation:
    """The bid with one volume nobody can read."""
    volumes = a_situation().volumes
    return a_situation(volumes=(*volumes[:2], replace(volumes[2], document=None, refusal="scan", properties=None)))


def no_bid() -> Situation:
    """The tender without any volume."""
    return a_situation(volumes=())


def a_change() -> TrackedChange:
    """A tracked insertion in the first block."""
    return TrackedChange("inserted", "新增一句", "王工", "2027-04-01T00:00:00Z", 0)


def a_finding(code: str, **values: str) -> Finding:
    """A blocking finding of another room."""
    return Finding(code, Severity.BLOCK, tuple(values.items()), (TENDER_PLACE,))
