"""The comparable terms of a document, each with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.ingest.read import read_file
from bidkit.terms.extract import FillState, TermReading, extract_terms

_TEXT = """# 设备采购合同

## 第一条 付款方式

合同签订后支付合同总价的30%，验收合格后支付合同总价的60%，质保期满后支付合同总价的10%。

## 第二条 交货

2.1 乙方应于合同签订后 45 日内将设备运至甲方指定地点。

## 第三条 质量保证

3.1 质保期为验收合格之日起____年。
3.2 接到甲方通知后2小时内响应。

## 第四条 违约责任

4.1 乙方逾期交货的，每逾期一日按合同总价的0.5‰支付违约金，累计不超过合同总价的5%。
4.2 甲方逾期付款的，每日按未付款项的0.3‰支付违约金。

## 第五条 争议解决

争议由甲方所在地人民法院管辖。
"""


def _readings(tmp_path: Path, text: str) -> tuple[TermReading, ...]:
    file = tmp_path / "contract.md"
    file.write_text(text, encoding="utf-8")
    return extract_terms(read_file(file))


def test_terms_come_in_reading_order_with_value_and_state(tmp_path: Path) -> None:
    found = _readings(tmp_path, _TEXT)
    assert [
        (r.term, r.state.value, r.value.text if r.value else None) for r in found if r.term != "payment_stages"
    ] == [
        ("delivery", "filled", "45 日"),
        ("warranty", "not filled", None),
        ("response_time", "filled", "2小时"),
        ("ld_supplier", "filled", "0.5‰"),
        ("ld_cap", "filled", "5%"),
        ("ld_buyer", "filled", "0.3‰"),
        ("law_venue", "filled", "甲方所在地人民法院"),
    ]
    stages = next(r for r in found if r.term == "payment_stages")
    assert stages.value is not None
    assert [share.percent for share in stages.value.shares] == [30, 60, 10]


def test_the_anchor_leads_to_the_value(tmp_path: Path) -> None:
    file = tmp_path / "contract.md"
    file.write_text(_TEXT, encoding="utf-8")
    document = read_file(file)
    for reading in extract_terms(document):
        text = document.blocks[reading.anchor.block].text[reading.anchor.start : reading.anchor.end]
        assert reading.value is None or text == reading.value.text


def test_a_label_without_value_is_not_filled_and_a_heading_is_not_a_label(tmp_path: Path) -> None:
    found = _readings(tmp_path, "质保期：\n\n交货期：\n\n付款方式：\n\n按月支付，双方另有约定的除外。\n")
    assert [(r.term, r.state) for r in found] == [
        ("warranty", FillState.NOT_FILLED),
        ("delivery", FillState.NOT_FILLED),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Notices are deemed received two days after mailing if sent by overnight commercial delivery.",
        "The parties will resolve the dispute within 15 days.",
        'In this agreement "including" means including without limitation; all liability stays as it is.',
    ],
)
def test_a_word_that_means_something_else_gives_no_term(text: str, tmp_path: Path) -> None:
    assert _readings(tmp_path, text) == ()
