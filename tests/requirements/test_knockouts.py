from __future__ import annotations

import pytest

from bidkit.requirements.knockouts import TenderRules, knockout_reasons, tender_rules
from bidkit.requirements.marks import read_legend
from bidkit.requirements.model import Kind
from bidkit.requirements.piece import Piece, Shape
from bidkit.requirements.segment import segment
from tests.requirements.builders import a_piece, a_tender, piece_with

NO_RULES = TenderRules((), eligibility_rejects=False, marked_trails=())
STAR = "标“★”的条款不满足的，投标无效。"


def rejects(piece: Piece, kind: Kind = Kind.TECHNICAL, rules: TenderRules = NO_RULES) -> bool:
    return knockout_reasons(piece, kind, rules) != ()


def rules_of(*lines: str) -> TenderRules:
    document = a_tender(*lines)
    return tender_rules(segment(document), read_legend([document]))


@pytest.mark.parametrize(
    "text",
    [
        "逾期送达的投标文件将被拒收。",
        "未按要求密封的，其投标无效。",
        "未提供检测报告的作无效投标处理。",
        "本项目不接受联合体投标。",
        "该条款不得负偏离。",
        "提交虚假材料的，取消其投标资格。",
        "评标委员会应当否决其投标。",
        "提供虚假材料的投标无效。",
        "Late bids will be rejected.",
        "Proposals received after noon will not be considered.",
        "Missing forms may result in disqualification.",
        "A bid without a bond is non-responsive.",
        "Late offers are returned unopened.",
        "The buyer may reject any bid that contains no price.",
    ],
)
def test_a_row_that_says_a_bid_is_rejected_is_a_knockout(text: str) -> None:
    (reason,) = knockout_reasons(a_piece(text), Kind.TECHNICAL, NO_RULES)

    assert reason.startswith("own words: ")


@pytest.mark.parametrize(
    "text",
    [
        "超出期限的质疑无效。",
        "投标人不足三家的，本项目废标。",
        "采购人应废标后重新招标。",
        "复印件无效，须提供原件。",
        "相应内容视为无效。",
        "中标后拒不签约的，取消其中标资格。",
        "不得以此为由作投标无效处理。",
        "The city reserves the right to reject any or all bids.",
        "The buyer may cancel the tender.",
        "The office may accept or reject any proposal.",
        "Deliverables that are rejected shall be replaced.",
        "水泵须防水。",
        "The pump shall be painted blue.",
    ],
)
def test_words_that_only_look_like_a_rejection_of_the_bid_are_none(text: str) -> None:
    assert not rejects(a_piece(text))


@pytest.mark.parametrize(
    ("lead_in", "text"),
    [
        ("有下列情形之一的，投标无效：", "未盖章；"),
        ("未提供下列材料的作无效投标处理：", "营业执照；"),
        ("A bid shall be rejected if it:", "is unsigned;"),
    ],
)
def test_an_item_is_rejected_by_the_sentence_that_governs_it(lead_in: str, text: str) -> None:
    assert rejects(a_piece(text, lead_in=lead_in))
    assert not rejects(a_piece(text, lead_in="投标文件包括："))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("营业执照；", "以上缺一项的，按无效投标处理。"),
        ("a licence", "Failure to provide any of the above will lead to rejection of the bid."),
    ],
)
def test_an_item_is_rejected_by_the_sentence_behind_its_list(text: str, after: str) -> None:
    assert rejects(a_piece(text, shape=Shape.ITEM, after=after))
    assert not rejects(a_piece(text, shape=Shape.SENTENCE, after=after))
    assert not rejects(a_piece(text, shape=Shape.ITEM, after="开标在周五。"))


def test_a_row_is_rejected_by_the_caption_or_header_of_its_table() -> None:
    row = {"shape": Shape.TABLE_ROW, "table": 0}

    assert rejects(a_piece("营业执照 | 复印件", caption="资格性审查表", **row))
    assert rejects(a_piece("Licence | Copy", header=("No.", "Mandatory requirements"), **row))
    assert not rejects(a_piece("营业执照 | 复印件", caption="设备清单", **row))
    assert not rejects(a_piece("营业执照", caption="资格性审查表"))


def test_a_row_below_a_title_of_rejections_is_one() -> None:
    assert rejects(a_piece("未盖章", trail=("无效投标的情形",)))
    assert not rejects(a_piece("未盖章", trail=("无效投标的情形", "说明")))


ELIGIBLE = ("一、申请人的资格要求：", "1、独立法人；")


@pytest.mark.parametrize(
    "rule",
    [
        "未通过资格审查的，投标无效。",
        "不具备资格条件的投标将被否决。",
        "Bids that do not meet the eligibility criteria shall be rejected.",
    ],
)
def test_failing_eligibility_rejects_when_the_tender_says_so_anywhere(rule: str) -> None:
    piece = piece_with("独立法人", *ELIGIBLE)

    assert rejects(piece, Kind.QUALIFICATION, rules_of(*ELIGIBLE, rule))


def test_failing_eligibility_rejects_nobody_when_the_tender_does_not_say_so() -> None:
    piece = piece_with("独立法人", *ELIGIBLE)

    assert not rejects(piece, Kind.QUALIFICATION, rules_of(*ELIGIBLE, "开标在周五。"))


def test_the_eligibility_rule_does_not_reject_for_other_demands() -> None:
    rules = rules_of("未通过资格审查的，投标无效。")

    assert not rejects(a_piece("水泵须防水。"), Kind.TECHNICAL, rules)
    assert not rejects(a_piece("水泵须防水。"), Kind.QUALIFICATION, rules)


def test_a_mark_rejects_only_by_the_legend() -> None:
    piece = a_piece("水泵须防水。", mark="★")

    assert rejects(piece, rules=rules_of(STAR))
    assert not rejects(piece, rules=rules_of("标“★”的条款为重要参数，每项扣2分。"))
    assert not rejects(piece)


def test_another_mark_than_the_legends_does_not_reject() -> None:
    assert not rejects(a_piece("水泵须防水。", mark="▲"), rules=rules_of(STAR))


@pytest.mark.parametrize("heading", ["# ★二、供电", "★二、供电"], ids=["heading", "list title"])
def test_a_mark_on_a_heading_covers_what_is_below_it_and_nothing_behind(heading: str) -> None:
    lines = (STAR, heading, "1、电压220伏。", heading.replace("★二、供电", "三、供水"), "1、水压稳定。")
    rules = rules_of(*lines)

    assert rejects(piece_with("电压", *lines), rules=rules)
    assert not rejects(piece_with("水压", *lines), rules=rules)


def test_a_sentence_may_mark_its_whole_section() -> None:
    lines = (STAR, "# 供电", "本节内容均为★号条款。", "1、电压220伏。", "# 供水", "1、水压稳定。")
    rules = rules_of(*lines)

    assert rejects(piece_with("电压", *lines), rules=rules)
    assert not rejects(piece_with("水压", *lines), rules=rules)


def test_a_mark_on_a_column_covers_its_rows() -> None:
    piece = piece_with("水泵", ("=序号", "货物", "★技术参数"), ("1", "水泵", "流量不小于20升"))

    assert rejects(piece, rules=rules_of(STAR))
