from __future__ import annotations

import pytest

from bidkit.requirements.piece import Shape
from tests.requirements.builders import CONTINUED, piece_with, pieces_of

HEADER = ("=序号", "货物", "技术参数")
SCORES = ("=评审因素", "评分标准", "最高得分")
LONG = "流量不小于20立方米每小时，运行平稳，噪声低，电机采用节能型号，外壳为不锈钢，密封良好，便于维修；"


def test_a_row_is_one_piece_of_its_cells_without_the_number() -> None:
    (piece,) = pieces_of(HEADER, ("1", "水泵", "流量20升"))

    assert (piece.text, piece.label, piece.shape) == ("水泵 | 流量20升", "1", Shape.TABLE_ROW)
    assert piece.header == ("序号", "货物", "技术参数")


def test_a_header_row_is_no_piece() -> None:
    assert pieces_of(HEADER) == ()


def test_a_row_of_numbers_only_is_no_piece() -> None:
    assert pieces_of(HEADER, ("1", "", "")) == ()


def test_numbered_parameters_in_one_cell_are_a_piece_each() -> None:
    first, second = pieces_of(HEADER, ("1", "水泵", f"1、{LONG}\n2、扬程不低于30米。"))

    assert (first.shape, first.label, second.label) == (Shape.CELL_LINE, "1、", "2、")
    assert first.text == f"水泵 | 1、{LONG}"
    assert second.text == "扬程不低于30米。"
    assert second.trail == ("水泵",)


def test_a_mark_before_one_of_several_parameters_is_that_parameters_own() -> None:
    pieces = pieces_of(HEADER, ("1", "水泵", f"1、{LONG}\n★2、扬程不低于30米。"))

    assert [piece.mark for piece in pieces] == ["", "★"]


def test_a_list_inside_a_cell_has_its_lead_in() -> None:
    piece = piece_with("压力", HEADER, ("1", "水泵", "水泵应满足下列要求：\n（1）流量20升；\n（2）压力5公斤。"))

    assert piece.lead_in == "水泵应满足下列要求："


def test_the_line_before_a_table_is_its_caption_and_the_one_behind_it_follows() -> None:
    (piece,) = [
        piece
        for piece in pieces_of("资格审查表", HEADER, ("1", "执照", "复印件"), "以上缺一项的，投标无效。")
        if piece.table is not None
    ]

    assert (piece.caption, piece.after) == ("资格审查表", "以上缺一项的，投标无效。")


def test_a_mark_in_the_header_of_the_column_is_known() -> None:
    piece = piece_with("水泵", ("=序号", "货物", "★技术参数"), ("1", "水泵", "流量不小于20升"))

    assert (piece.column_mark, piece.mark) == ("★", "")


@pytest.mark.parametrize(
    "header", [SCORES, ("=Criterion", "How it is scored", "Max. points")], ids=["Chinese", "English"]
)
def test_a_row_of_a_scoring_table_stays_whole(header: tuple[str, ...]) -> None:
    (piece,) = pieces_of(header, ("方案", f"1、{LONG}\n2、良。", "10"))

    assert piece.shape is Shape.SCORE_ROW
    assert piece.text.startswith("方案 | 1、")
    assert piece.text.endswith("| 10")


def test_the_caption_tells_a_scoring_table_when_most_rows_end_in_a_number() -> None:
    pieces = pieces_of("评分表", ("报价", "最低", "30"), ("方案", "完整", "40"), ("业绩", "三个", "30"))

    assert [piece.shape for piece in pieces[1:]] == [Shape.SCORE_ROW] * 3


def test_the_bands_of_one_criterion_are_one_piece() -> None:
    pieces = pieces_of(
        SCORES, ("方案", "优得8至10分", "10"), (CONTINUED, "良得5至7分", CONTINUED), ("业绩", "每个2分", "6")
    )

    assert [piece.text for piece in pieces] == ["方案 | 优得8至10分 | 10", "业绩 | 每个2分 | 6"]


def test_a_criterion_below_a_merged_group_cell_is_a_piece_of_its_own() -> None:
    pieces = pieces_of(SCORES, ("技术", "方案完整", "10"), (CONTINUED, "人员齐备", "5"))

    assert [piece.text for piece in pieces] == ["技术 | 方案完整 | 10", "人员齐备 | 5"]


def test_a_mark_in_a_cell_of_its_own_is_no_part_of_the_text() -> None:
    piece = piece_with("阀门", ("=序号", "标记", "货物", "参数"), ("2", "★", "阀门", "口径50毫米"))

    assert (piece.text, piece.mark) == ("阀门 | 口径50毫米", "★")


def test_the_number_of_a_row_is_told_without_its_mark() -> None:
    assert piece_with("阀门", HEADER, ("★2", "阀门", "口径50毫米")).label == "2"
