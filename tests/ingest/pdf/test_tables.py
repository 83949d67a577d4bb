"""Ruled tables become rows of cells, also over page breaks."""

from __future__ import annotations

from bidkit.ingest.model import Block, BlockKind
from tests.ingest.pdf.builders import APage, blocks, texts

XS = (72.0, 120.0, 250.0, 523.0)
ROW = BlockKind.TABLE_ROW


def ys(top: float, *heights: float) -> list[float]:
    """Borders of rows of these heights."""
    places = [top]
    for height in heights:
        places.append(places[-1] + height)
    return places


def rows(*pages: APage) -> list[Block]:
    """The table rows on these pages."""
    return [block for block in blocks(*pages) if block.kind is ROW]


def test_cells_are_joined_with_bars_and_stand_in_no_paragraph() -> None:
    page = APage().text("报价表如下：", y=60)
    page.table(XS, ys(80, 20, 20), [["序号", "名称", "要求"], ["1", "水泵", "流量不低于50"]])
    found = blocks(page)
    assert texts(found) == ["报价表如下：", "序号 | 名称 | 要求", "1 | 水泵 | 流量不低于50"]
    assert found[1].place is not None
    assert found[2].place is not None
    assert found[1].place.header
    assert found[2].place.header_texts == ("序号", "名称", "要求")


def test_wrapped_lines_of_a_cell_are_one_paragraph_and_list_items_are_several() -> None:
    cell = "投标人应当提供近三年的财务审计报告并且加盖公\n章。\n（1）营业执照；\n（2）授权书。"
    page = APage().table(XS, ys(80, 20, 70), [["序号", "名称", "要求"], ["1", "资格", cell]])
    assert [line.text for line in rows(page)[1].cells[2].lines] == [
        "投标人应当提供近三年的财务审计报告并且加盖公章。",
        "（1）营业执照；",
        "（2）授权书。",
    ]


def test_a_cell_merged_downwards_is_continued() -> None:
    page = APage().table(
        XS, ys(80, 20, 20, 20), [["序号", "名称", "要求"], ["1", "水泵", "流量"], [None, None, "扬程"]]
    )
    last = rows(page)[2]
    assert last.text == "扬程"
    assert [(cell.continued, cell.text) for cell in last.cells] == [(True, "1"), (True, "水泵"), (False, "扬程")]


def test_a_cell_merged_sideways_spans_columns() -> None:
    page = APage().table(XS, ys(80, 20), [["1", "水泵", "流量"]]).table((72, 523), ys(100, 20), [["合计：三台"]])
    assert [(cell.column, cell.span) for cell in rows(page)[1].cells] == [(0, 3)]


def test_a_row_cut_by_a_page_break_is_one_row_on_the_page_where_it_starts() -> None:
    first = APage().table(
        XS, ys(700, 20, 60), [["序号", "名称", "要求"], ["1", "水泵", "流量不低于每小时五十立方米，扬程不低于"]]
    )
    second = APage().table(
        XS, ys(72, 20, 30, 30), [["序号", "名称", "要求"], ["", "", "三十米。"], ["2", "阀门", "法兰连接。"]]
    )
    found = rows(first, second)
    assert [(row.anchor.page, row.text) for row in found] == [
        (1, "序号 | 名称 | 要求"),
        (1, "1 | 水泵 | 流量不低于每小时五十立方米，扬程不低于三十米。"),
        (2, "序号 | 名称 | 要求"),
        (2, "2 | 阀门 | 法兰连接。"),
    ]
    assert [row.place.header for row in found if row.place] == [True, False, True, False]
    assert {row.place.table for row in found if row.place} == {0}


def test_a_paragraph_of_a_cell_that_starts_after_the_page_break_says_its_page() -> None:
    first = APage().table(XS, ys(700, 20, 60), [["序号", "名称", "要求"], ["1", "资格", "（1）营业执照；"]])
    second = APage().table(XS, ys(72, 30, 30), [["", "", "（2）授权书。"], ["2", "保证金", "不收取。"]])
    cell = rows(first, second)[1].cells[2]
    assert [(line.text, line.page) for line in cell.lines] == [("（1）营业执照；", None), ("（2）授权书。", 2)]


def test_a_new_row_below_a_page_break_stays_a_row() -> None:
    first = APage().table(XS, ys(700, 20, 60), [["序号", "名称", "要求"], ["1", "水泵", "流量不低于50"]])
    second = APage().table(XS, ys(72, 30), [["2", "阀门", "法兰连接"]])
    assert [row.text for row in rows(first, second)][1:] == ["1 | 水泵 | 流量不低于50", "2 | 阀门 | 法兰连接"]


def test_merged_cells_hang_over_the_page_break() -> None:
    first = APage().table(
        XS, ys(700, 20, 30, 30), [["序号", "名称", "要求"], ["1", "水泵", "流量。"], [None, None, "扬程。"]]
    )
    second = APage().table(XS, ys(72, 30, 30), [["", "", "功率。"], ["2", "阀门", "法兰连接。"]])
    row = rows(first, second)[3]
    assert row.text == "功率。"
    assert [cell.text for cell in row.cells] == ["1", "水泵", "功率。"]


def test_furniture_between_the_parts_of_a_row_is_left_out() -> None:
    first = APage().table(
        XS, ys(700, 20, 60), [["序号", "名称", "要求"], ["1", "水泵", "流量不低于每小时五十立方米，扬程不低于"]]
    )
    first.text("第1页 共2页", 270, 820)
    second = APage().table(XS, ys(72, 30), [["", "", "三十米。"]]).text("第2页 共2页", 270, 820)
    assert rows(first, second)[1].text.endswith("扬程不低于三十米。")


def test_a_frame_around_the_page_is_no_table() -> None:
    page = APage().table((20, 575), ys(20, 800), [["总则\n本章说明投标要求"]])
    assert texts(blocks(page), ROW) == []
    assert "".join(texts(blocks(page))) == "总则本章说明投标要求"


def test_a_blank_line_to_fill_inside_a_cell_makes_no_row() -> None:
    page = APage().table(XS, ys(80, 60), [["1", "投标人", "签字："]]).rule(300, 120, 450, 120)
    assert [row.text for row in rows(page)] == ["1 | 投标人 | 签字："]


def test_a_table_open_at_its_sides_has_all_its_columns() -> None:
    page = APage()
    for y in (80, 100, 120):
        page.rule(72, y, 523, y)
    page.rule(250, 80, 250, 120)
    page.text("Item", 80, 94).text("Pump", 260, 94).text("Head", 80, 114).text("30 m", 260, 114)
    assert [row.text for row in rows(page)] == ["Item | Pump", "Head | 30 m"]


def test_a_word_too_long_for_its_cell_stays_whole() -> None:
    page = APage().table(
        XS, ys(80, 20, 20), [["No", "Reference of the provision", "Text"], ["1", "Requirements Section", "none"]]
    )
    page.text("UninterruptedReferenceOfClause", 124, 152).table(XS, ys(140, 20), [["2", "", ""]])
    assert "2 | UninterruptedReferenceOfClause | " in [row.text for row in rows(page)]


def test_three_aligned_lines_without_rules_are_a_table() -> None:
    page = APage().text("Clauses incorporated by reference:", y=80)
    for index, (number, title, date) in enumerate((("7.1", "Definitions", "2020"), ("7.2", "Gratuities", "1984"))):
        page.text(number, 72, 100 + 16 * index).text(title, 140, 100 + 16 * index).text(date, 400, 100 + 16 * index)
    page.text("7.3", 72, 132).text("Limits of subcontracts and the way", 140, 132).text("2022", 400, 132)
    page.text("they are counted", 140, 148)
    assert [row.text for row in rows(page)] == [
        "7.1 | Definitions | 2020",
        "7.2 | Gratuities | 1984",
        "7.3 | Limits of subcontracts and the way they are counted | 2022",
    ]


def test_list_numbers_set_apart_from_their_items_make_no_table() -> None:
    page = APage()
    for index, number in enumerate(("I.", "II.", "III.", "IV.")):
        page.text(number, 72, 100 + 16 * index).text(f"Item {number} of the list", 110, 100 + 16 * index)
    assert rows(page) == []
    assert len(blocks(page)) == 4


def test_signature_blanks_beside_each_other_make_no_table() -> None:
    page = APage()
    for index, label in enumerate(("甲方：", "地址：", "电话：")):
        page.text(label, 72, 100 + 16 * index).text(label, 300, 100 + 16 * index)
    assert rows(page) == []


def test_lines_that_open_with_labels_are_paragraphs_of_their_own() -> None:
    cell = "名 称：某某招标代理有限公司（华东分\n公司）\n地 址：某省某市人民路一号\n电 话：12345"
    page = APage().table((72, 120, 290, 523), ys(80, 20, 70), [["序号", "内容", "注"], ["1", cell, ""]])
    assert [line.text for line in rows(page)[1].cells[1].lines] == [
        "名 称：某某招标代理有限公司（华东分公司）",
        "地 址：某省某市人民路一号",
        "电 话：12345",
    ]
