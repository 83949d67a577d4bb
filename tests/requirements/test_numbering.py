from __future__ import annotations

import pytest

from bidkit.requirements.numbering import read_lead, shape_of


@pytest.mark.parametrize(
    ("text", "label", "mark", "words"),
    [
        ("★2.1 交货期", "2.1", "★", "交货期"),
        ("1.1★交货期", "1.1", "★", "交货期"),
        ("1) ▲ 功率不小于5kW", "1)", "▲", "功率不小于5kW"),
        ("▲2)响应时间", "2)", "▲", "响应时间"),
        ("（1）★供电电压", "（1）", "★", "供电电压"),
        ("★（一）资格", "（一）", "★", "资格"),
        ("*重要参数", "", "*", "重要参数"),
        ("#1 pump", "", "#", "1 pump"),
        ("★★防水", "", "★", "防水"),
    ],
)
def test_a_mark_is_read_before_behind_or_without_a_number(text: str, label: str, mark: str, words: str) -> None:
    lead = read_lead(text)

    assert (lead.label, lead.mark, text[lead.end :]) == (label, mark, words)


@pytest.mark.parametrize(
    ("text", "label", "shape"),
    [
        ("第三章 采购需求", "第三章", "chapter"),
        ("第二部分 供货", "第二部分", "chapter"),
        ("第四节 交货", "第四节", "section"),
        ("第十条 付款", "第十条", "article"),
        ("一、总则", "一、", "cn"),
        ("（二）供货", "（二）", "cn-paren"),
        ("1、质保", "1、", "dot"),
        ("1.质保", "1.", "dot"),
        ("3. Warranty", "3.", "dot"),
        ("2.1、参数", "2.1、", "dec2"),
        ("2．1 全角", "2．1", "dec2"),
        ("1.2.3 Pumps", "1.2.3", "dec3"),
        ("A.1 Scope", "A.1", "letter-dec"),
        ("A. Scope", "A.", "letter"),
        ("b) valves", "b)", "letter"),
        ("(a) pumps", "(a)", "letter-paren"),
        ("(iv) pipes", "(iv)", "roman-paren"),
        ("iv. pipes", "iv.", "roman"),
        ("（3）阀门", "（3）", "paren"),
        ("4)阀门", "4)", "half-paren"),
        ("①供电", "①", "circle"),
        ("• a price list", "•", "bullet"),
        ("- a drawing", "-", "bullet"),
        ("* a stamp", "*", "bullet"),
    ],
)
def test_a_typed_number_tells_which_list_it_belongs_to(text: str, label: str, shape: str) -> None:
    lead = read_lead(text)

    assert (lead.label, lead.shape, lead.mark) == (label, shape, "")
    assert shape_of(label) == shape


@pytest.mark.parametrize(
    "text",
    [
        "2.5米以上的围栏",
        "2.5 米以上的围栏",
        "1.5倍工资",
        "1.1万元保证金",
        "2.0 mg/L of chlorine",
        "3.5 mm cable",
        "3.2 GB of storage",
        "30天内交货",
        "24小时值班",
        "100%验收",
        "12:00 noon",
        "2026.05.01 交货",
        "1/2 inch",
        "A scope",
        "# note",
    ],
)
def test_a_value_or_a_plain_word_is_no_number(text: str) -> None:
    lead = read_lead(text)

    assert (lead.label, lead.shape, lead.mark, lead.end) == ("", "", "", 0)


@pytest.mark.parametrize(
    ("rendered", "label", "shape", "mark"),
    [
        ("1.2.3", "1.2.3", "dec3", ""),
        ("（一）", "（一）", "cn-paren", ""),
        ("★", "", "bullet", "★"),
        ("★1.", "1.", "dot", "★"),
        ("\uf0b7", "\uf0b7", "bullet", ""),
    ],
)
def test_a_number_the_word_processor_renders_counts_like_a_typed_one(
    rendered: str, label: str, shape: str, mark: str
) -> None:
    lead = read_lead("水泵须防水。", rendered)

    assert (lead.label, lead.shape, lead.mark, lead.end) == (label, shape, mark, 0)


def test_a_mark_typed_behind_a_rendered_number_is_cut_off_with_it() -> None:
    lead = read_lead("★水泵须防水。", "3.2")

    assert (lead.label, lead.mark, lead.end) == ("3.2", "★", 1)


def test_only_the_first_number_is_the_label() -> None:
    text = "1、（一）水泵"

    lead = read_lead(text)

    assert (lead.label, text[lead.end :]) == ("1、", "（一）水泵")


def test_nothing_has_no_number() -> None:
    assert shape_of("") == ""
    assert read_lead("").end == 0


@pytest.mark.parametrize(
    "text",
    ["2.2人员配置", "2.3 年度报告", "3.2台账管理", "3.4日常维护", "4.1分包", "4.2 A bidder shall sign."],
)
def test_a_word_that_only_begins_like_a_unit_leaves_the_number_a_number(text: str) -> None:
    assert read_lead(text).label == text[:3]
