"""What a bid is made of: volumes, parts, facts, prices."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bidkit.documents.bid.facts import Period
from bidkit.kernel.quantity import DayType, Money
from bidkit.store import Store
from bidkit.usecases.bids.compose import compose_bid
from bidkit.usecases.bids.facts import bid_facts, period_in
from bidkit.usecases.bids.rules import bid_rules
from bidkit.usecases.bids.sources import load_sources
from bidkit.usecases.bids.status import bid_status
from bidkit.usecases.company import save_facts
from tests.usecases.bids.desk import CODE, all_text, answer, build, rows_of
from tests.usecases.deals import submit

LINES = [
    {
        "no": "1",
        "name": "采集终端",
        "qty": "42",
        "unit_of_measure": "台",
        "unit_price": "5000.00",
        "line_amount": "210000.00",
    },
    {
        "no": "2",
        "name": "平台软件",
        "qty": "1",
        "unit_of_measure": "套",
        "unit_price": "300000.50",
        "line_amount": "300000.50",
    },
]


def test_the_words_of_a_tender_choose_how_the_bid_is_split() -> None:
    rules = bid_rules()
    assert rules.split_for(["投标文件应当装订成册。"]) is None
    three = rules.split_for(["投标文件由资格文件、商务技术文件、报价文件三部分组成。"])
    two = rules.split_for(["The technical proposal and the price proposal shall be sealed in separate envelopes."])
    assert three is not None
    assert [volume.id for volume in three.volumes] == ["qualification", "main", "price"]
    assert two is not None
    assert [volume.id for volume in two.volumes] == ["main", "price"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("终验合格之日起 3 年", Period(months=36)),
        ("合同签订之日起 180 日历天", Period(days=180)),
        ("15 个工作日", Period(days=15, day_type=DayType.WORKING)),
        ("9 months from contract signature", Period(months=9)),
        ("详见合同", None),
    ],
)
def test_a_period_is_read_from_the_words_that_state_it(text: str, period: Period | None) -> None:
    assert period_in(text) == period


def test_the_validity_we_offer_stands_before_the_one_asked_for(desk: Store) -> None:
    assert bid_facts(load_sources(desk, CODE))[0].validity == Period(days=90)
    answer(desk, rows_of(desk, "90 日历天")[0], "接受", offered="120 日历天")
    assert bid_facts(load_sources(desk, CODE))[0].validity == Period(days=120)


def test_two_values_of_one_fact_leave_a_blank_and_are_named(desk: Store) -> None:
    other = {"kind": "licence", "subject": "云岭自控", "attribute": "投标人名称", "value": "云岭自控股份有限公司"}
    save_facts(desk, facts=[other], actor="bo")
    facts, findings = bid_facts(load_sources(desk, CODE))
    assert facts.bidder == ""
    assert [f.code for f in findings] == ["bid-fact-ambiguous", "bid-price-none"]


def test_one_total_is_printed_everywhere_and_a_draft_is_none(desk: Store, tmp_path: Path) -> None:
    submit(desk, "price_schedule", code=CODE, rows=LINES, currency="CNY", state="draft")
    facts, findings = bid_facts(load_sources(desk, CODE))
    assert (facts.total, [f.code for f in findings]) == (None, ["bid-price-draft"])
    submit(desk, "price_schedule", code=CODE, rows=LINES, currency="CNY")
    assert bid_facts(load_sources(desk, CODE))[0].total == Money(Decimal("510000.50"), "CNY")
    build(desk, tmp_path)
    words = "人民币伍拾壹万元伍角"
    assert words in all_text(tmp_path / "报价部分.docx")
    assert words in all_text(tmp_path / "商务部分.docx")
    assert "510,000.50" not in all_text(tmp_path / "技术部分.docx")
    submit(desk, "price_schedule", code=CODE, rows=LINES, currency="CNY")
    assert [f.code for f in bid_facts(load_sources(desk, CODE))[1]] == ["bid-prices-several"]


def test_every_row_asked_for_stands_in_the_part_of_its_kind(desk: Store) -> None:
    composed = compose_bid(load_sources(desk, CODE))
    titles = {volume.id: [part.title for part in volume.parts if part.level == 1] for volume in composed.volumes}
    assert titles["commercial"][0] == "投标函"
    assert "售后服务承诺书" in titles["technical"]
    assert "技术要求逐条响应" in titles["technical"]
    assert "商务要求逐条响应" in titles["commercial"]
    assert "资格要求逐条响应" in titles["qualification"]


def test_a_proposal_states_a_range_and_never_a_firm_price(desk: Store, tmp_path: Path) -> None:
    (volume,) = build(desk, tmp_path, proposal=True).volumes
    assert "本节内容待编写" in all_text(volume.path)
    low, high = ({"amount": amount, "currency": "CNY"} for amount in ("400000", "600000"))
    submit(
        desk, "survey_report", code=CODE, price_given="range", price_low=low, price_high=high, background="泵站老化。"
    )
    submit(desk, "price_schedule", code=CODE, rows=LINES, currency="CNY")
    built = build(desk, tmp_path, proposal=True)
    text = all_text(volume.path)
    assert "¥400,000.00 至 ¥600,000.00" in text
    assert "泵站老化。" in text
    assert "510,000.50" not in text
    assert not any(finding.code.startswith("bid-price") for finding in built.findings)
    assert next(v.id for v in bid_status(desk, CODE)) == "proposal"


def test_the_solution_people_described_fills_its_parts_without_what_is_ours_alone(desk: Store, tmp_path: Path) -> None:
    plan = [{"phase": "实施", "start": "2027-05-01", "end": "2027-06-30", "deliverable": "平台", "owner": "zhao"}]
    submit(desk, "solution_description", code=CODE, architecture="三层架构。", implementation_plan=plan)
    build(desk, tmp_path)
    text = all_text(tmp_path / "技术部分.docx")
    assert "三层架构。" in text
    assert "2027年6月30日" in text
    assert "zhao" not in text
