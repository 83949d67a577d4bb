"""Values that their cell, their list or the lines around them make harder to read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from bidkit.ingest.model import SourceDocument
from bidkit.requirements.facts import find_facts
from bidkit.vocabulary.tables import table
from tests.requirements.facts.builders import a_document


def _with_header(document: SourceDocument, block: int) -> SourceDocument:
    """The document with one row marked as header, as readers mark it."""
    blocks = list(document.blocks)
    place = blocks[block].place
    assert place is not None
    blocks[block] = replace(blocks[block], place=replace(place, header=True))
    return replace(document, blocks=tuple(blocks))


def _values(*documents: SourceDocument) -> dict[str, Any]:
    facts, _ = find_facts(documents)
    return {fact.key: fact.winner.value for fact in facts}


def _every_value(document: SourceDocument, key: str) -> list[Any]:
    facts, _ = find_facts([document])
    return [value.value for fact in facts if fact.key == key for value in (fact.winner, *fact.alternatives)]


def test_an_amount_counts_although_conditions_follow_in_its_cell() -> None:
    row = ("投标保证金", "人民币 4 万元整，应从投标人基本账户转出，有效期不得少于投标有效期。")
    assert _values(a_document("# 投标人须知前附表", row))["bid_security"] == 40000


def test_a_limit_on_the_amount_is_no_amount() -> None:
    row = ("投标保证金", "不得超过项目预算的 2%，且不得超过 50 万元。")
    assert "bid_security" not in _values(a_document("# 投标人须知前附表", row))


def test_the_columns_of_an_empty_form_are_no_values() -> None:
    document = a_document(
        "项目名称：芦塘泵房改造",
        "# 类似项目表",
        ("序号", "项目名称", "业主单位", "合同金额（万元）"),
        ("1", "", "", ""),
    )
    document = _with_header(document, 2)
    assert _every_value(document, "project_name") == ["芦塘泵房改造"]
    assert _every_value(document, "buyer") == []


def test_a_validity_stated_otherwise_in_the_instructions_is_a_finding() -> None:
    document = a_document(
        "# 投标人须知前附表",
        ("投标有效期", "60 日历天"),
        "# 投标人须知",
        "投标有效期为投标截止之日起 80 日历天。",
    )
    _, findings = find_facts([document])
    assert [dict(f.values)["other"] for f in findings if f.code == "fact-conflict"] == ["80"]


def test_days_to_sign_and_days_beyond_the_validity_are_not_the_validity() -> None:
    document = a_document(
        "# Request for Proposals",
        "# Instructions to Proposers",
        "A bond valid for 30 days beyond the validity of the proposal must be enclosed.",
        "It is forfeited if the proposer withdraws during the validity period or fails to sign within 15 days.",
        "Proposals must remain valid for 75 days.",
    )
    assert _every_value(document, "bid_validity_days") == [75]


def test_the_opening_and_its_place_share_a_cell() -> None:
    document = a_document(
        "# Request for Proposals",
        "# Key information",
        ("Item", "Detail"),
        ("Public opening", "9 March 2031, 10:30, Room 4, 2 Heron Street, Marshby"),
    )
    values = _values(document)
    assert values["opening_time"] == "2031-03-09T10:30"
    assert values["opening_place"] == "Room 4, 2 Heron Street, Marshby"


def test_a_sentence_may_split_the_points_three_ways() -> None:
    document = a_document(
        "# Request for Proposals",
        "# Evaluation criteria",
        "The maximum is 100 points: technical 50 points, price 35 points and commercial 15 points.",
    )
    assert _values(document)["weights"] == {"technical": 50, "price": 35, "commercial": 15}


def test_points_are_summed_by_group_where_no_header_names_their_column() -> None:
    document = a_document(
        "# 第三章 评标标准",
        ("序号", "", "", "评分因素"),
        ("1.投标报价", "投标报价 40\n分", "", "按公式计算"),
        ("2.技术部分", "供货方案", "45分", "方案完整得45分"),
        ("3.综合部分", "业绩", "15分", "每个业绩得5分"),
    )
    assert _values(document)["weights"] == {"price": 40, "technical": 45, "commercial": 15}


def test_the_time_of_day_stated_elsewhere_completes_a_date() -> None:
    document = a_document(
        "# Request for Proposals",
        "# Schedule of Events",
        ("Event", "Date"),
        ("Proposals due", "March 9, 2031"),
        "# Submission of proposals",
        "Proposals must be received no later than 2:00 PM on March 9, 2031.",
    )
    assert _values(document)["submission_deadline"] == "2031-03-09T14:00"


def test_a_term_is_read_with_its_options() -> None:
    document = a_document(
        "# Request for Proposals",
        "# Terms and conditions",
        "This contract shall start on signature and extend for a period of thirty (30) months after it.",
        "The City may execute up to two (2) renewal options for a period not to exceed twelve (12) months each.",
    )
    assert _values(document)["delivery_period"] == (
        "for a period of thirty (30) months after it; "
        "up to two (2) renewal options for a period not to exceed twelve (12) months each"
    )


def test_copies_of_every_volume_are_read() -> None:
    price, technical = "价格文件一式3份，其中正本1份，副本2份", "技术文件一式5份，其中正本1份，副本4份"
    document = a_document("# 第二章 供应商须知", f"{price}。", f"{technical}。")
    assert _values(document)["copies"] == f"{price}；{technical}"


def test_a_list_of_payments_is_read_without_the_steps_below_its_items() -> None:
    document = a_document(
        "# Request for Proposals",
        "# Terms and conditions",
        "i. 70% of the contract value after acceptance:",
        "a. Audit of the code",
        "ii. 30% of the contract value after two months of use",
        pages=[1, 1, 1, 1, 1],
    )
    assert _values(document)["payment_terms"] == (
        "i. 70% of the contract value after acceptance: ii. 30% of the contract value after two months of use"
    )


def test_a_title_set_alike_over_two_lines_is_one_title_and_its_second_line_no_buyer() -> None:
    document = a_document(
        "# Request for Proposals for Selection of a Builder",
        "# of the Heron Valley Water Authority Portal, 2031",
        "# For",
        "# Department of Wetlands",
        pages=[1, 1, 1, 1],
    )
    values = _values(document)
    assert values["project_name"] == "Selection of a Builder of the Heron Valley Water Authority Portal, 2031"
    assert values["buyer"] == "Department of Wetlands"


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        pytest.param(("招标编号：QLH2031-15-35-103",), "QLH2031-15-35-103", id="digits like a date"),
        pytest.param(("项目编号：QL-H-2031-77", "# 采购需求", "项目编号：QL-H-2031-"), "QL-H-2031-77", id="a blank"),
    ],
)
def test_a_number_is_neither_a_date_nor_a_form_to_fill(lines: tuple[str, ...], number: str) -> None:
    assert _every_value(a_document(*lines), "project_number") == [number]


def test_an_issuer_printed_below_its_label_is_read_with_its_division() -> None:
    document = a_document(
        "# Request for Proposals",
        "ISSUED BY:",
        "Department of Wetlands",
        "Division of Public Ponds",
        "PRIMARY CONTACT:",
    )
    assert _values(document)["buyer"] == "Department of Wetlands, Division of Public Ponds"


def test_every_addition_matches_its_example() -> None:
    rows = table("cues/fact_additions.csv", ("key", "language", "pattern", "example"))
    assert [row["example"] for row in rows if not re.search(row["pattern"], row["example"], re.IGNORECASE)] == []
