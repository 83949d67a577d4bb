from typing import Any

import pytest

from bidkit.ingest.model import SourceDocument
from bidkit.requirements.facts import facts_as_json, find_facts
from tests.requirements.facts.builders import a_document


def _values(*documents: SourceDocument) -> dict[str, Any]:
    facts, _ = find_facts(documents)
    return {fact.key: fact.winner.value for fact in facts}


NOTICE = (
    "# 第一章 招标公告",
    "一、项目基本情况",
    "项目编号：QL-2031-018",
    "项目名称：青芦县灯塔维护服务项目",
    "预算金额：人民币 126.5 万元",
    "最高限价：1,200,000.00 元",
    "本项目（否）接受联合体投标。",
    "四、提交投标文件截止时间、开标时间和地点",
    "时间：2031年6月18日9时30分（北京时间）",
    "开标地点：青芦县芦花路8号开标室",
    "1.采购人信息",
    "名 称：青芦县航道中心",
    "2.采购代理机构信息",
    "名 称：白鹭招标咨询有限公司",
)


def test_a_standard_notice_gives_its_facts_by_label_and_by_the_heading_above() -> None:
    assert _values(a_document(*NOTICE)) == {
        "project_name": "青芦县灯塔维护服务项目",
        "project_number": "QL-2031-018",
        "buyer": "青芦县航道中心",
        "agency": "白鹭招标咨询有限公司",
        "budget": 1265000,
        "price_ceiling": 1200000,
        "submission_deadline": "2031-06-18T09:30",
        "opening_time": "2031-06-18T09:30",
        "opening_place": "青芦县芦花路8号开标室",
        "joint_venture_allowed": False,
    }


def test_the_data_sheet_gives_its_facts_by_neighbour_cells() -> None:
    document = a_document(
        "# 投标人须知前附表",
        ("条款号", "条款名称", "编列内容"),
        ("3.1", "投标有效期", "90 个日历日"),
        ("3.2", "投标保证金", "不要求提供"),
        ("3.3", "履约担保", "合同金额的5%"),
        ("3.4", "联合体投标", "□接受\n☑不接受"),
        ("3.5", "分包", "不允许，违者取消资格"),
        ("3.6", "投标文件份数", "正本壹份，副本贰份"),
        ("3.7", "评标方法", "☑综合评分法 □最低评标价法"),
        ("3.8", "交货期", "自合同签订之日起 45 日历天"),
        ("3.9", "质保期", "验收合格之日起 3 年"),
    )
    assert _values(document) == {
        "bid_validity_days": 90,
        "bid_security": 0,
        "performance_security": "5%",
        "joint_venture_allowed": False,
        "subcontracting_allowed": False,
        "copies": "正本壹份，副本贰份",
        "evaluation_method": "综合评分法",
        "delivery_period": "自合同签订之日起 45 日历天",
        "warranty": "验收合格之日起 3 年",
    }


def test_the_data_sheet_wins_over_the_contract_draft_and_the_other_value_is_kept() -> None:
    document = a_document(
        "# 第五章 合同条款",
        "质保期：验收合格后 12 个月。",
        "# 投标人须知前附表",
        ("质保期", "验收合格后 36 个月"),
    )
    facts, _ = find_facts([document])
    (warranty,) = facts
    assert (warranty.winner.value, [other.value for other in warranty.alternatives]) == (
        "验收合格后 36 个月",
        ["验收合格后 12 个月"],
    )


def test_money_that_is_not_the_budget_is_left_alone() -> None:
    document = a_document(
        "# 第一章 招标公告",
        "代理服务费预算：5000 元",
        "投标人注册资本不低于 500 万元",
        "近三年类似业绩合同金额不低于 300 万元",
    )
    assert "budget" not in _values(document)


def test_the_total_wins_over_the_amounts_of_its_lots() -> None:
    document = a_document(
        "# 第一章 招标公告",
        "预算金额：900,000.00 元",
        "包 1 预算见下",
        "预算金额：500,000.00 元",
        "包 2 预算见下",
        "预算金额：400,000.00 元",
    )
    assert _values(document)["budget"] == 900000


def test_ceilings_that_differ_by_lot_are_left_out() -> None:
    lots = [f"最高限价：{amount} 元" for amount in ("100,000.00", "250,000.00", "330,000.00")]
    assert "price_ceiling" not in _values(a_document("# 第一章 招标公告", *lots))


def test_a_unit_in_the_column_header_counts_for_the_bare_number_below() -> None:
    document = a_document("# 第一章 招标公告", ("序号", "采购项目", "采购预算（万元）"), ("1", "灯塔维护", "12.5"))
    assert _values(document)["budget"] == 125000


def test_blanks_and_references_elsewhere_are_no_values() -> None:
    document = a_document(
        "# 第六章 投标文件格式", "项目名称：________", "投标有效期：详见前附表", "开标时间：    年  月  日"
    )
    assert _values(document) == {}


GROUPS = [("1", "价格", "30"), ("2", "技术部分", "50"), ("3", "综合实力", "20")]
TREE = [
    ("1", "价格", "30"),
    ("2", "方案质量", "45"),
    ("2.1", "进度", "20"),
    ("2.2", "质量", "25"),
    ("3", "类似业绩", "25"),
]


@pytest.mark.parametrize(
    ("rows", "split"),
    [
        (GROUPS, {"price": 30, "technical": 50, "commercial": 20}),
        (TREE, {"price": 30, "technical": 45, "commercial": 25}),
    ],
    ids=["printed groups", "groups with their items below"],
)
def test_weights_add_up_to_the_whole(rows: list[tuple[str, ...]], split: dict[str, int]) -> None:
    document = a_document("# 第四章 评标办法", ("序号", "评分项", "权重(%)"), *rows)
    assert _values(document)["weights"] == split


def test_weights_that_do_not_add_up_are_left_out() -> None:
    document = a_document(
        "# 第四章 评标办法", ("序号", "评分项", "权重(%)"), ("1", "价格", "30"), ("2", "技术部分", "50")
    )
    assert "weights" not in _values(document)


def test_lots_are_counted_from_their_headings() -> None:
    document = a_document("# 第一章 招标公告", "标段划分：", "一标段：浮标；", "二标段：灯器；", "三标段：锚链；")
    assert _values(document)["lots"] == 3


def test_an_english_request_is_read_from_its_cover_and_schedule() -> None:
    document = a_document(
        "CITY OF LOWER QUILL",
        "DEPARTMENT OF HARBORS",
        "REQUEST FOR PROPOSALS",
        "FOR",
        "BEACON MAINTENANCE SERVICES",
        "RFP # 77-20310-4",
        "# 2. RFP Schedule of Events",
        ("Event", "Date"),
        ("Written Questions Deadline", "2:00 p.m. May 2, 2031"),
        ("Response Deadline", "2:00 p.m. May 20, 2031"),
        ("Bid Opening Date", "3:00 p.m. May 20, 2031"),
        "# 3. Instructions",
        "The proposal shall remain valid for at least 120 days after the deadline. Joint ventures will not be allowed.",
        "Subcontractors may be used to perform work under this contract.",
    )
    assert _values(document) == {
        "project_name": "BEACON MAINTENANCE SERVICES",
        "project_number": "77-20310-4",
        "buyer": "CITY OF LOWER QUILL, DEPARTMENT OF HARBORS",
        "submission_deadline": "2031-05-20T14:00",
        "opening_time": "2031-05-20T15:00",
        "question_deadline": "2031-05-02T14:00",
        "bid_validity_days": 120,
        "joint_venture_allowed": False,
        "subcontracting_allowed": True,
    }


def test_cells_that_a_narrow_column_broke_are_read_as_one_text() -> None:
    document = a_document(
        "供应商须知前附表",
        ("1.1", "项目\n名称", "青芦县灯塔与浮标联合维护\n服务项目（第二期）"),
        ("1.2", "采购人", "名称：青芦县\n航道中心\n地址：芦花路8号"),
        ("3.4", "投标文件的份\n数", "正本：壹份；副本：贰份；\n电子版：壹份"),
        pages=[3, 3, 3, 3],
    )
    assert _values(document) == {
        "project_name": "青芦县灯塔与浮标联合维护服务项目（第二期）",
        "buyer": "青芦县航道中心",
        "copies": "正本：壹份；副本：贰份； 电子版：壹份",
    }


def test_a_development_bank_data_sheet_is_read_from_its_sentences() -> None:
    document = a_document(
        "# Section II. Bid Data Sheet",
        ("ITB 1.1", "The Employer is: Ministry of Quarries of Vell"),
        ("ITB 4.1", "Maximum number of members in the JV shall be: 3"),
        ("ITB 19.1", "The bid validity period shall be 120 days."),
        ("ITB 20.1", "The amount and currency of the bid security shall be USD 20,000"),
        ("ITB 23.1", "The deadline for bid submission is:\nDate: 15 July 2031\nTime: 10:00 a.m."),
        ("ITB 26.1", "The bid opening shall take place at:\n4 Lime Street\nDate: 15 July 2031\nTime: 10:30 a.m."),
    )
    assert _values(document) == {
        "buyer": "Ministry of Quarries of Vell",
        "joint_venture_allowed": True,
        "bid_validity_days": 120,
        "bid_security": 20000,
        "submission_deadline": "2031-07-15T10:00",
        "opening_time": "2031-07-15T10:30",
        "opening_place": "4 Lime Street",
    }


def test_a_portal_sheet_with_the_day_first_is_read_as_its_country_writes() -> None:
    document = a_document(
        ("Bid Number", "SALT/2031/B/1234567"),
        ("Bid End Date/Time", "08-06-2031 15:00:00"),
        ("Bid Opening Date/Time", "18-06-2031 15:30:00"),
        ("Bid Offer Validity (From End Date)", "90 (Days)"),
        ("EMD Amount", "50000"),
        ("ePBG Percentage(%)", "3.00"),
    )
    assert _values(document) == {
        "project_number": "SALT/2031/B/1234567",
        "submission_deadline": "2031-06-08T15:00",
        "opening_time": "2031-06-18T15:30",
        "bid_validity_days": 90,
        "bid_security": 50000,
        "performance_security": "3%",
    }


def test_two_values_of_equal_standing_are_a_finding_with_both_places() -> None:
    document = a_document("# 投标人须知前附表", ("投标有效期", "90 天"), ("投标有效期", "120 天"))
    _, findings = find_facts([document])
    (finding,) = findings
    assert finding.code == "fact-conflict"
    assert dict(finding.values) == {"key": "bid_validity_days", "value": "90", "other": "120"}
    assert [anchor.block for anchor in finding.anchors] == [1, 2]


def test_a_later_document_wins_only_where_the_first_is_silent() -> None:
    first = a_document("# 第一章 招标公告", "预算金额：100,000.00 元", name="first.docx")
    second = a_document("# 第一章 招标公告", "预算金额：200,000.00 元", "项目编号：ZZ-9-2031", name="second.docx")
    values = _values(first, second)
    assert (values["budget"], values["project_number"]) == (100000, "ZZ-9-2031")


def test_the_anchor_holds_the_printed_value() -> None:
    document = a_document("# 第一章 招标公告", "预算金额：人民币 126.5 万元")
    facts, _ = find_facts([document])
    anchor = facts[0].winner.anchor
    assert document.blocks[anchor.block].text[anchor.start : anchor.end] == "人民币 126.5 万元"


def test_facts_print_as_value_page_text_and_alternatives() -> None:
    document = a_document("# 第一章 招标公告", "项目编号：QL-2031-018", pages=[1, 2])
    printed = facts_as_json(*find_facts([document]))
    assert printed["facts"]["project_number"] == {
        "value": "QL-2031-018",
        "doc": "tender.docx",
        "page": 2,
        "text": "项目编号：QL-2031-018",
        "alternatives": [],
    }


def test_a_document_without_facts_gives_none() -> None:
    assert find_facts([a_document("灯塔的历史很长。")]) == ((), ())
