"""Invented bids for the tests."""

from __future__ import annotations

import struct
import zlib
from datetime import date
from decimal import Decimal

from bidkit.documents.bid.facts import BidFacts, Period
from bidkit.documents.bid.model import (
    BidPart,
    Picture,
    ResponseRow,
    Responses,
    SeeAlso,
    Subheading,
    Table,
    Text,
    TextStyle,
    Volume,
)
from bidkit.kernel.quantity import Money


def some_facts() -> BidFacts:
    """Facts of an invented bid, all of them known."""
    return BidFacts(
        project_name="青禾市智慧泵站改造项目",
        project_no="QHZB-2027-018",
        lot="第一包",
        buyer="青禾市水务集团有限公司",
        agency="青禾招标代理有限公司",
        bidder="云岭自控工程有限公司",
        bidder_address="云岭市高新区创业路8号",
        postcode="650000",
        phone="0871-0000 0000",
        email="bid@example.com",
        credit_code="91530000MA0000000X",
        bank="云岭银行高新支行",
        account="0000 1111 2222 3333",
        legal_rep="李青",
        legal_rep_title="总经理",
        legal_rep_id_no="530000198001010000",
        agent="王禾",
        agent_title="销售经理",
        agent_id_no="530000199001010000",
        prepared_by="王禾",
        reviewed_by="赵山",
        approved_by="李青",
        version="1.2",
        bid_on=date(2027, 3, 5),
        total=Money(Decimal("3286500.50"), "CNY"),
        security=Money(Decimal(60000), "CNY"),
        validity=Period(days=90),
        delivery=Period(days=120),
        warranty=Period(months=36),
    )


def a_row(number: int, *, revision: int = 1, response: str = "") -> ResponseRow:
    """One response row of an invented tender."""
    return ResponseRow(
        f"req-{number:04d}",
        revision,
        f"3.{number}",
        f"第{number}台控制柜防护等级不低于IP55，并提供检测报告。",
        response or f"响应：第{number}台控制柜防护等级为IP56。",
        "正偏离",
        f"检测报告 YL-{number:03d}",
        "part-proof" if number % 2 else "",
    )


def a_volume(rows: int = 6, **changed: BidPart) -> Volume:
    """A technical volume of five parts; `changed` replaces parts by their id with hyphens as underscores."""
    parts = (
        BidPart(
            "part-overview",
            1,
            "项目理解与总体方案",
            (
                Text("青禾市现有泵站建成年代不一，自动化水平参差。"),
                Subheading("总体架构"),
                Text("现场层：传感器与就地控制柜；", TextStyle.BULLET),
                Text("控制层：冗余控制器；", TextStyle.BULLET),
                Picture(a_png(120, 60), "系统架构", 80),
                SeeAlso("检测报告见{ref}。", "part-proof"),
            ),
        ),
        BidPart("part-response", 1, "技术要求逐条响应", (Responses(tuple(map(a_row, range(1, rows + 1))), "响应表"),)),
        BidPart("part-plan", 1, "进度计划", (Table(("阶段", "工期"), (("设计", "20日"), ("制造", "60日")), "进度"),)),
        BidPart("part-service", 1, "售后服务", (Text("质保期三年。"), Text("两小时内响应，四小时内到场。"))),
        BidPart("part-proof", 1, "检测报告", (Text("检测报告复印件如下。"),), new_page=True),
    )
    return Volume("tech", "技术部分", "bid-technical", tuple(changed.get(p.id.replace("-", "_"), p) for p in parts))


def a_png(width: int, height: int, red: int = 40) -> bytes:
    """A picture of one colour."""
    raw = b"".join(b"\0" + bytes((red, 90, 170)) * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
