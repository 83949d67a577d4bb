from __future__ import annotations

import pytest

from bidkit.requirements.numbering import read_lead
from bidkit.requirements.outline import Unit, parents


def above(*lines: str) -> list[str]:
    """For every line the line that stands above it, "" for none."""
    units = []
    for number, line in enumerate(lines):
        lead = read_lead(line)
        units.append(Unit(lead, line[lead.end :], number, lead.end))
    return ["" if parent < 0 else lines[parent] for parent in parents(units)]


def test_a_list_of_another_kind_below_an_item_is_a_deeper_list() -> None:
    lines = ["一、水泵", "1、流量", "（1）每小时", "（2）每天", "2、扬程", "二、阀门"]

    assert above(*lines) == ["", "一、水泵", "1、流量", "1、流量", "一、水泵", ""]


def test_a_number_with_more_parts_stands_below_one_with_fewer() -> None:
    lines = ["1. Scope", "1.1 Pumps", "1.1.1 Flow", "1.2 Pipes", "2. Price"]

    assert above(*lines) == ["", "1. Scope", "1.1 Pumps", "1. Scope", ""]


def test_a_list_that_starts_again_below_the_next_item_belongs_to_that_item() -> None:
    lines = ["一、资格", "1、法人", "2、信誉", "二、服务", "1、巡检"]

    assert above(*lines)[-1] == "二、服务"


@pytest.mark.parametrize(
    ("first", "items"),
    [
        ("Offers shall include:", ["• a price list", "• a drawing"]),
        ("The bidder shall provide the following", ["a. A licence.", "b. A price list."]),
        ("投标人须提供：", ["①报价单", "②图纸"]),
        ("投标文件应包括以下内容", ["1、报价单；", "2、图纸。"]),
    ],
    ids=["bullets behind a colon", "following, no colon", "Chinese colon", "以下, no colon"],
)
def test_a_plain_line_that_announces_a_list_stands_above_its_items(first: str, items: list[str]) -> None:
    assert above(first, *items) == ["", first, first]


def test_a_paragraph_behind_a_finished_list_does_not_belong_to_it() -> None:
    lines = ["Offers shall include:", "• a price list", "• a drawing", "The buyer pays monthly."]

    assert above(*lines)[-1] == ""


def test_a_plain_paragraph_below_a_numbered_clause_belongs_to_the_clause() -> None:
    lines = ["1.1 Pumps", "The pump shall run.", "1.2 Pipes"]

    assert above(*lines) == ["", "1.1 Pumps", ""]


def test_an_announcement_does_not_govern_a_clause_that_outranks_it() -> None:
    lines = ["投标文件须包括以下内容：", "①报价单", "②图纸", "1.1 交货期30天。"]

    assert above(*lines)[-1] == ""


def test_plain_paragraphs_stand_below_nothing() -> None:
    assert above("水泵须防水。", "阀门须镀锌。") == ["", ""]
    assert above() == []
