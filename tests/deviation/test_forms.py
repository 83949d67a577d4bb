from __future__ import annotations

import pytest

from bidkit.deviation.forms import find_forms, role_of
from bidkit.deviation.issued import is_blank
from bidkit.deviation.tables_model import Role, Table
from tests.deviation.builders import BLANK_ROW, BUSINESS, HEADER, Part, a_tender


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("序号", Role.NUMBER),
        ("招标文件条目号（页码）", Role.CLAUSE),
        ("招标文件的商务条款", Role.REQUIREMENT),
        ("磋商文件规定的技术和服务要求", Role.REQUIREMENT),
        ("投标文件对应要求的服务承诺", Role.RESPONSE),
        ("技术要求响应", Role.RESPONSE),
        ("偏离情况（+/-/=）", Role.DIRECTION),
        ("有无偏离", Role.DIRECTION),
        ("详细内容所对应电子响应文件名称", Role.PROOF),
        ("偏离说明", Role.NOTE),
        ("商务需求项", Role.ITEM),
        ("Technical specification", Role.REQUIREMENT),
        ("Compliance (Yes/No)", Role.DIRECTION),
        ("Bidder's response", Role.RESPONSE),
        ("Remarks", Role.NOTE),
        ("单价（元）", Role.OTHER),
    ],
)
def test_a_column_is_told_by_its_title(title: str, role: Role) -> None:
    assert role_of(title) is role


@pytest.mark.parametrize(
    ("title", "header", "tables"),
    [
        ("四、技术要求偏离表", HEADER, (Table.TECHNICAL,)),
        ("五、商务要求偏离表", BUSINESS, (Table.COMMERCIAL,)),
        ("实质性条款响应情况表", ("序号", "条款内容", "投标响应", "偏离情况"), (Table.SUBSTANTIVE,)),
        ("合同条款偏离表", ("序号", "招标文件要求", "投标文件内容", "偏离情况"), (Table.CONTRACT,)),
        (
            "采购需求偏离表",
            ("序号", "招标文件要求", "投标响应内容", "偏离情况"),
            (Table.TECHNICAL, Table.COMMERCIAL),
        ),
        (
            "Technical Compliance Sheet",
            ("S. No.", "Specification", "Compliance (Yes/No)", "Remarks"),
            (Table.TECHNICAL,),
        ),
    ],
)
def test_a_form_is_known_by_title_and_header(title: str, header: tuple[str, ...], tables: tuple[Table, ...]) -> None:
    forms = find_forms(
        a_tender("# 第四章 投标文件格式", f"## {title}", "项目名称：", ("", (header, ("1",) * len(header))))
    )
    assert [form.tables for form in forms] == [tables]


@pytest.mark.parametrize(
    "part",
    [
        ("", (("序号", "评分项", "权重", "响应情况"), ("1", "方案", "10", ""))),
        ("", (("序号", "资格要求", "响应文件所在页码"), ("1", "营业执照", ""))),
        ("", (("序号", "货物名称", "数量", "单位"), ("1", "网关", "3", "台"))),
    ],
    ids=["scoring", "index", "goods"],
)
def test_other_tables_are_no_deviation_forms(part: Part) -> None:
    assert find_forms(a_tender("# 第四章 投标文件格式", "资格审查索引表", part)) == ()


def test_a_form_keeps_the_instructions_around_it_and_stops_at_the_next_form() -> None:
    document = a_tender(
        "# 第四章 投标文件格式",
        "## 四、技术要求偏离表",
        "投标人名称：",
        ("", (HEADER, BLANK_ROW)),
        "《技术要求偏离表》编制指引：",
        "1、逐条填写，不得遗漏。",
        "格式五：售后服务承诺函",
        "我方承诺如下。",
    )
    (form,) = find_forms(document)
    assert [text for text, _ in form.instructions] == [
        "投标人名称：",
        "《技术要求偏离表》编制指引：",
        "1、逐条填写，不得遗漏。",
    ]


@pytest.mark.parametrize("text", ["", "……", "（填写相关内容）", "***", "/", "[insert requirement]"])
def test_an_invitation_to_fill_is_no_requirement(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["主机", "电源：220V", "IP67"])
def test_a_short_requirement_is_one(text: str) -> None:
    assert not is_blank(text)
