from __future__ import annotations

from bidkit.deviation.rows import row_as_json
from bidkit.deviation.tables_model import Origin, Table
from tests.deviation.builders import (
    BLANK_ROW,
    BUSINESS,
    HEADER,
    SUBSTANTIVE,
    Part,
    demands,
    needs,
    tables_of,
)

TECHNICAL_FORM: list[Part] = ["## 四、技术要求偏离表", ("", (HEADER, BLANK_ROW))]
BUSINESS_FORM: list[Part] = ["## 五、商务要求偏离表", ("", (BUSINESS, ("1", "****", "（填写相关内容）", "", "", "")))]
SUBSTANTIVE_FORM: list[Part] = ["## 三、实质性条款响应情况表", ("", (SUBSTANTIVE, ("1", "……", "", "", "")))]
RATED = ["1.1 断网后缓存数据不少于 30 天。", "★1.2 防护等级不低于 IP67，提供检测报告。"]


def test_rows_printed_in_the_form_are_taken_exactly_as_issued() -> None:
    printed = (
        HEADER,
        ("（一）终端",),
        ("1", "网关", "▲1.1 缓存 30 天", "", "", ""),
        HEADER,
        ("2", "网关", "电源：220V", "", "", ""),
        ("3", "网关", "……", "", "", ""),
    )
    table = tables_of(*needs(), "## 四、技术要求偏离表", ("", printed))[Table.TECHNICAL]
    assert [(r.requirement, r.item, r.clause, r.mark, r.band) for r in table.rows] == [
        ("（一）终端", "", "（一）", "", True),
        ("▲1.1 缓存 30 天", "网关", "1.1", "▲", False),
        ("电源：220V", "网关", "2", "", False),
    ]
    assert {row.origin for row in table.rows} == {Origin.ISSUED}


def test_a_blank_form_gets_one_row_for_every_row_of_the_specification_table() -> None:
    tables = tables_of(*needs(), *TECHNICAL_FORM, *BUSINESS_FORM)
    assert demands(tables[Table.TECHNICAL]) == [*RATED, "2.1 量程 0～20m，误差不超过 ±0.2%。"]
    assert [row.item for row in tables[Table.TECHNICAL].rows] == ["泵站网关", "泵站网关", "液位计"]
    assert len(tables[Table.COMMERCIAL].rows) == 2


def test_only_the_tables_a_tender_has_forms_for_are_made() -> None:
    assert set(tables_of(*needs(), *TECHNICAL_FORM)) == {Table.TECHNICAL}


def test_a_blank_substantive_form_gets_the_marked_rows_and_the_others_keep_them() -> None:
    tables = tables_of(*needs(), *SUBSTANTIVE_FORM, *TECHNICAL_FORM, *BUSINESS_FORM)
    starred = ["★1.2 防护等级不低于 IP67，提供检测报告。", "★2.1 免费保修期不少于 3 年，自验收合格之日起计算。"]
    assert demands(tables[Table.SUBSTANTIVE]) == starred
    assert RATED[1] in demands(tables[Table.TECHNICAL])
    ids = [row.id for table in tables.values() for row in table.rows]
    assert len(set(ids)) == len(ids)


def test_marked_rows_leave_the_other_tables_where_the_tender_says_so() -> None:
    said = "带★的条款应填写于实质性条款响应情况表，不再在本表重复。"
    tables = tables_of(*needs(), *SUBSTANTIVE_FORM, *TECHNICAL_FORM, said)
    assert RATED[1] in demands(tables[Table.SUBSTANTIVE])
    assert demands(tables[Table.TECHNICAL]) == [RATED[0], "2.1 量程 0～20m，误差不超过 ±0.2%。"]


def test_a_row_in_the_tenders_own_list_of_substantive_terms_leaves_its_table() -> None:
    listed: Part = ("", (("序号", "实质性条款具体内容"), ("1", "技术要求-★1.2 防护等级不低于 IP67，提供检测报告。")))
    tables = tables_of(*needs("## 五、实质性条款", listed), *SUBSTANTIVE_FORM, *TECHNICAL_FORM)
    assert demands(tables[Table.SUBSTANTIVE]) == ["技术要求-★1.2 防护等级不低于 IP67，提供检测报告。"]
    assert RATED[1] not in demands(tables[Table.TECHNICAL])


def test_prose_clauses_are_rows_unless_the_tender_counts_printed_rows_only() -> None:
    prose: list[Part] = [
        "# 第三章 用户需求书",
        "## 三、技术要求",
        "1、投标人须提供 7×24 小时技术支持服务。",
        "2、系统应具备断点续传功能，恢复时间不超过 5 分钟。",
        "# 第四章 投标文件格式",
    ]
    rows = tables_of(*prose, *TECHNICAL_FORM)[Table.TECHNICAL].rows
    assert [(row.clause, row.requirement) for row in rows] == [
        ("1、", "1、投标人须提供 7×24 小时技术支持服务。"),
        ("2、", "2、系统应具备断点续传功能，恢复时间不超过 5 分钟。"),
    ]
    framed = tables_of(*needs("## 五、技术要求补充", "1、系统应具备断点续传功能。"), *TECHNICAL_FORM)
    assert "1、系统应具备断点续传功能。" not in demands(framed[Table.TECHNICAL])


def test_the_part_that_the_instructions_name_is_the_source() -> None:
    parts = [
        "# 第三章 用户需求书",
        "## 三、技术要求",
        "### （一）功能指标",
        ("", (("序号", "技术要求"), ("1", "缓存 30 天"))),
        "### （二）机房环境",
        ("", (("序号", "技术要求"), ("1", "温度 25℃"))),
        "# 第四章 投标文件格式",
        *TECHNICAL_FORM,
        "投标人根据“三、技术要求：（一）功能指标”的相关内容填写。",
    ]
    assert demands(tables_of(*parts)[Table.TECHNICAL]) == ["缓存 30 天"]


def test_a_tender_without_forms_gets_the_house_tables() -> None:
    tables = tables_of(*needs())
    assert list(tables) == [Table.SUBSTANTIVE, Table.TECHNICAL, Table.COMMERCIAL]
    assert {table.form for table in tables.values()} == {None}


def test_ids_stay_when_rows_are_put_before_them() -> None:
    before = tables_of(*needs(), *TECHNICAL_FORM)[Table.TECHNICAL].rows
    after = tables_of("# 第一章 公告", "本项目面向社会公开招标。", *needs(), *TECHNICAL_FORM)[Table.TECHNICAL].rows
    assert [row.id for row in before] == [row.id for row in after]


def test_a_row_is_printed_with_the_five_promised_keys_first() -> None:
    plain = row_as_json(tables_of(*needs(), *TECHNICAL_FORM)[Table.TECHNICAL].rows[1])
    assert list(plain)[:5] == ["table", "item", "clause", "requirement", "anchor"]
    assert (plain["table"], plain["mark"], plain["knockout"]) == ("technical", "★", True)
    assert plain["requirement_ids"]


def test_a_form_for_marked_terms_gets_only_those() -> None:
    header = ("序号", "招标文件中标有“▲”的技术要求", "投标响应", "偏离情况")
    rows = (
        ("序号", "货物名称", "招标技术要求"),
        ("1", "网关", "1.1 缓存 30 天"),
        ("1", "网关", "▲1.2 防护等级 IP67"),
    )
    parts: list[Part] = ["# 第三章 用户需求书", "## 三、技术要求", ("", rows), "# 第四章 投标文件格式"]
    tables = tables_of(*parts, "## 技术条款响应表", ("", (header, ("1", "……", "", ""))))
    assert demands(tables[Table.TECHNICAL]) == ["▲1.2 防护等级 IP67"]


def test_a_row_that_names_goods_and_demands_nothing_titles_the_rows_below() -> None:
    rows = (
        ("序号", "设备名称", "技术要求"),
        ("1", "视频部分", ""),
        ("1.1", "屏幕", "宽不小于 6 m"),
        ("", "备注", ""),
    )
    parts: list[Part] = ["# 第三章 用户需求书", "## 三、技术要求", ("", rows), "# 第四章 投标文件格式"]
    found = tables_of(*parts, *TECHNICAL_FORM)[Table.TECHNICAL].rows
    assert [(row.requirement, row.band) for row in found] == [("视频部分", True), ("宽不小于 6 m", False)]


def test_a_table_without_header_right_below_a_form_is_its_rest() -> None:
    first = (HEADER, ("1", "网关", "1.1 缓存 30 天", "", "", ""))
    rest = (("2", "网关", "1.2 防护等级 IP67", "", "", ""), ("3", "网关", "1.3 电源 220V", "", "", ""))
    parts: list[Part] = ["## 四、技术要求偏离表", ("", first), "", ("", rest), "说明", ("", rest)]
    rows = tables_of(*needs(), *parts)[Table.TECHNICAL].rows
    assert [row.clause for row in rows] == ["1.1", "1.2", "1.3"]
    assert [row.printed_row for row in rows] == [1, None, None]


def test_an_english_tender_gives_every_technical_and_commercial_demand_wherever_it_stands() -> None:
    parts: list[Part] = [
        "# Background",
        "The harbour office runs nine pump stations.",
        "# Objectives",
        "The contractor shall provide a gateway that stores at least 30 days of data.",
        "# Performance",
        "The system shall report a failure within 5 minutes.",
    ]
    tables = tables_of(*parts)
    assert len(tables[Table.TECHNICAL].rows) == 2
    assert tables[Table.TECHNICAL].rules.words.none == "Complies"
