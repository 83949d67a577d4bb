from __future__ import annotations

import pytest

from bidkit.ingest.model import BlockKind, Cell, Line
from tests.ingest.docx.builders import a_cell, a_paragraph, a_row, a_run, a_table, read, rows, texts

START, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def plain(column: int, text: str, span: int = 1) -> Cell:
    return Cell(column, (Line(text),) if text else (), span)


def test_columns_are_counted_over_spans_and_skipped_columns() -> None:
    table = a_table(
        a_row(a_cell("标题", '<w:gridSpan w:val="3"/>')),
        a_row("甲", a_cell("乙", '<w:gridSpan w:val="2"/>')),
        a_row("右", properties='<w:gridBefore w:val="2"/>'),
    )
    found = rows(read(table))
    assert [row.cells for row in found] == [
        (plain(0, "标题", 3),),
        (plain(0, "甲"), plain(1, "乙", 2)),
        (plain(2, "右"),),
    ]
    assert {row.place.columns for row in found if row.place} == {3}


def test_a_vertical_merge_repeats_its_lines_below_but_not_its_text() -> None:
    table = a_table(
        a_row(a_cell("商务部分", START), "付款", "10"),
        a_row(a_cell("", GOES_ON), "质保", "20"),
        a_row("技术部分", "参数", "70"),
    )
    found = rows(read(table))
    assert found[1].cells[0] == Cell(0, (Line("商务部分"),), continued=True)
    assert [row.text for row in found] == ["商务部分 | 付款 | 10", "质保 | 20", "技术部分 | 参数 | 70"]


def test_a_merge_ends_where_a_row_does_not_go_on_with_it() -> None:
    table = a_table(a_row(a_cell("", START), "a"), a_row("", "b"), a_row(a_cell("", GOES_ON), "c"))
    assert [row.cells[0].continued for row in rows(read(table))] == [False, False, False]


def test_text_typed_into_a_continued_cell_is_not_lost() -> None:
    table = a_table(a_row(a_cell("上", START), "a"), a_row(a_cell("下", GOES_ON), "b"))
    assert texts(read(table)) == ["上 | a", "下 | b"]


def test_old_style_horizontal_merges_widen_the_cell() -> None:
    table = a_table(
        a_row(a_cell("宽", '<w:hMerge w:val="restart"/>'), a_cell("", "<w:hMerge/>"), "尾"), a_row("1", "2", "3")
    )
    assert rows(read(table))[0].cells == (plain(0, "宽", 2), plain(2, "尾"))


def test_every_paragraph_of_a_cell_is_a_line() -> None:
    cell = f"<w:tc>{a_paragraph('一、规格')}{a_paragraph()}{a_paragraph('二、数量')}</w:tc>"
    (row, _) = rows(read(a_table(a_row("1", cell), a_row("2", "x"))))
    assert row.cells[1].lines == (Line("一、规格"), Line("二、数量"))
    assert row.text == "1 | 一、规格\n二、数量"


def test_a_nested_table_follows_its_row_under_its_own_number() -> None:
    inner = a_table(a_row("内一", "内二"), a_row("内三", "内四"))
    cell = f"<w:tc>{a_paragraph('外')}{inner}{a_paragraph()}</w:tc>"
    document = read(a_table(a_row("左", cell), a_row("次行", "x")) + a_table(a_row("另表", "y")))
    found = [(b.place.table, b.place.row, b.text) for b in rows(document) if b.place]
    assert found == [
        (0, 0, "左 | 外"),
        (1, 0, "内一 | 内二"),
        (1, 1, "内三 | 内四"),
        (0, 1, "次行 | x"),
        (2, 0, "另表 | y"),
    ]


def test_rows_and_cells_inside_content_controls_are_read() -> None:
    cell = f"<w:sdt><w:sdtPr/><w:sdtContent>{a_cell('控件')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{a_cell('首')}{cell}</w:tr></w:sdtContent></w:sdt>"
    assert texts(read(f"<w:tbl><w:tblPr/>{row}</w:tbl>")) == ["首 | 控件"]


def headers(document_rows: list[bool], table: str) -> None:
    assert [row.place.header for row in rows(read(table)) if row.place] == document_rows


def test_a_row_word_repeats_is_a_header_and_governs_the_rows_below() -> None:
    table = a_table(
        a_row("指标", "要求一。要求二。", properties="<w:tblHeader/>"), a_row("电压", "220V"), a_row("电流", "10A")
    )
    found = [row.place for row in rows(read(table)) if row.place]
    assert [place.header for place in found] == [True, False, False]
    assert found[2].header_texts == ("指标", "要求一。要求二。")


@pytest.mark.parametrize(
    ("first", "is_header"),
    [
        (("序号", "货物名称", "数量"), True),
        (("序号", "内容"), True),
        (("No.", "Requirement"), True),
        (("项目名称", "某某采购"), False),
        (("投标人应按时交货。", "是", "否"), False),
        (("1", "水泵", "3"), False),
        (("名称", "", ""), False),
        (("联系人：", "电话：", "地址："), False),
    ],
)
def test_a_first_row_of_short_column_names_is_a_header(first: tuple[str, ...], is_header: bool) -> None:
    table = a_table(a_row(*first), a_row(*["x"] * len(first)), a_row(*["y"] * len(first)))
    headers([is_header, False, False], table)


def test_a_title_over_the_whole_width_stands_above_the_header() -> None:
    table = a_table(
        a_row(a_cell("资格审查表", '<w:gridSpan w:val="3"/>')),
        a_row("序号", "内容", "备注"),
        a_row("1", "营业执照", ""),
    )
    headers([False, True, False], table)


def test_a_reprinted_header_is_a_header_again() -> None:
    table = a_table(
        a_row("序号", "名称", "单位"), a_row("1", "泵", "台"), a_row("序号", "名称", "单位"), a_row("2", "阀", "个")
    )
    headers([True, False, True, False], table)


def test_a_grid_drawn_inside_a_table_brings_its_own_header() -> None:
    table = a_table(
        a_row("序号", a_cell("评分项", '<w:gridSpan w:val="2"/>'), "权重"),
        a_row(a_cell("1", START), a_cell("技术部分", '<w:gridSpan w:val="2"/>'), "60"),
        a_row(a_cell("", GOES_ON), "序号", "评分因素", "评分准则"),
        a_row(a_cell("", GOES_ON), "1", "方案", "优得满分"),
    )
    found = [row.place for row in rows(read(table)) if row.place]
    assert [place.header for place in found] == [True, False, True, False]
    assert found[3].header_texts == ("序号", "序号", "评分因素", "评分准则")


def test_a_second_header_row_under_merged_cells_adds_to_the_first() -> None:
    table = a_table(
        a_row(a_cell("序号", START), a_cell("要求", '<w:gridSpan w:val="2"/>'), a_cell("备注", START)),
        a_row(a_cell("", GOES_ON), "指标", "证明", a_cell("", GOES_ON)),
        a_row("1", "电压", "报告", ""),
    )
    found = [row.place for row in rows(read(table)) if row.place]
    assert [place.header for place in found] == [True, True, False]
    assert found[2].header_texts == ("序号", "要求 指标", "要求 证明", "备注")


def test_an_empty_row_of_a_form_keeps_its_place() -> None:
    document = read(a_table(a_row("姓名", "职务"), a_row("", "")))
    assert [block.kind for block in document.blocks] == [BlockKind.TABLE_ROW] * 2
    assert document.blocks[1].text == " | "


def test_a_hostile_span_is_cut_to_a_sane_width() -> None:
    table = a_table(a_row(a_cell("x", '<w:gridSpan w:val="999999999"/>'), "y"), a_row("a", "b"))
    place = rows(read(table))[0].place
    assert place is not None
    assert place.columns <= 4097


def test_a_row_is_bold_when_all_its_letters_are() -> None:
    bold = f"<w:tc>{a_paragraph(a_run('甲', '<w:b/>'))}</w:tc>"
    assert [row.bold for row in rows(read(a_table(a_row(bold, bold), a_row(bold, "乙"))))] == [True, False]
