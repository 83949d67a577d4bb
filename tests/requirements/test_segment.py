from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.identity import squash
from bidkit.requirements.piece import Shape
from bidkit.requirements.segment import segment
from tests.requirements.builders import CONTINUED, Row, a_tender, piece_with, pieces_of


def test_each_sentence_of_a_paragraph_is_a_piece_that_knows_its_place() -> None:
    first, second = pieces_of("水泵须防水。阀门须镀锌。")

    assert (first.text, first.start, first.end, first.first, first.count) == ("水泵须防水。", 0, 6, True, 2)
    assert (second.text, second.start, second.end, second.first, second.count) == ("阀门须镀锌。", 6, 12, False, 2)


def test_the_number_and_the_mark_are_cut_off_and_kept() -> None:
    piece = piece_with("流量", "★2.1 流量不小于20升。")

    assert (piece.text, piece.label, piece.mark, piece.start) == ("流量不小于20升。", "2.1", "★", 5)
    assert piece.shape is Shape.ITEM


def test_items_inherit_the_sentence_that_announces_them_and_its_number() -> None:
    piece = piece_with("扬程", "1、水泵应满足下列要求：", "（1）流量20升；", "（2）扬程30米。")

    assert (piece.lead_in, piece.lead_label) == ("水泵应满足下列要求：", "1、")


def test_a_deeper_item_inherits_from_the_nearest_announcement() -> None:
    piece = piece_with("每小时", "水泵应满足下列要求：", "1、流量", "（1）每小时20升；")

    assert piece.lead_in == "水泵应满足下列要求："


@pytest.mark.parametrize(
    ("lines", "lead_in"),
    [
        (["The bidder shall provide the following", "a. A valid licence."], "The bidder shall provide the following"),
        (["并须提供以下资料，", "1、有效的营业执照。"], "并须提供以下资料，"),
    ],
)
def test_a_lead_in_may_be_spoken_without_a_colon(lines: list[str], lead_in: str) -> None:
    assert pieces_of(*lines)[-1].lead_in == lead_in


def test_only_the_last_sentence_of_an_announcing_paragraph_governs_and_the_others_stay_pieces() -> None:
    pieces = pieces_of("投标文件分两卷。第一卷须包括以下内容：", "①报价单", "②图纸")

    assert [piece.text for piece in pieces] == ["投标文件分两卷。", "报价单", "图纸"]
    assert {piece.lead_in for piece in pieces[1:]} == {"第一卷须包括以下内容："}
    assert not pieces[0].has_items


def test_items_know_the_paragraph_behind_their_list() -> None:
    lines = ["投标人须提供：", "1、营业执照；", "2、报价单。", "以上缺一项的，按无效投标处理。"]

    assert "以上缺一项的" in piece_with("营业执照", *lines).after
    assert piece_with("以上缺一项的", *lines).lead_in == ""


def test_an_item_is_joined_with_the_other_items_of_its_list_only() -> None:
    pieces = pieces_of("一、资格", "1、独立法人。", "2、信誉良好。", "二、服务", "1、每日巡检。")
    groups = [piece.group for piece in pieces]

    assert groups[1] == groups[2] != groups[4]
    assert groups[0] == groups[3] != groups[1]


def test_headings_and_list_titles_are_the_trail() -> None:
    piece = piece_with("每日巡检", "# 第二章 采购需求", "## 服务", "一、巡检", "1、每日巡检。")

    assert piece.trail == ("第二章 采购需求", "服务", "一、 巡检")


def test_a_heading_is_a_piece_too() -> None:
    piece = piece_with("供货", "# 第一章 供货须满足本章要求")

    assert (piece.shape, piece.label) == (Shape.HEADING, "第一章")


@pytest.mark.parametrize(
    ("text", "expected"), [("水泵须\n防水。", "水泵须防水。"), ("The pump\nshall run.", "The pump shall run.")]
)
def test_a_line_break_inside_a_sentence_is_taken_out(text: str, expected: str) -> None:
    assert pieces_of(text)[0].text == expected


@pytest.mark.parametrize("kind", [BlockKind.TOC_LINE, BlockKind.FURNITURE, BlockKind.COMMENT, BlockKind.FORM_FIELD])
def test_what_is_no_text_of_the_tender_gives_no_piece(kind: BlockKind) -> None:
    block = Block(kind, "水泵须防水。", Anchor("f" * 64, "tender.pdf", 0))

    assert segment(SourceDocument("tender.pdf", "f" * 64, "application/pdf", (block,))) == ()


def test_an_empty_document_has_no_pieces() -> None:
    assert pieces_of() == ()
    assert pieces_of("  ", "\u3000") == ()


_WORDS = st.text(alphabet="水泵须防阀门流量为20升。；（）“”：:.| Abe", min_size=1, max_size=40)
_LEADS = st.sampled_from(["", "1、", "（一）", "★2.1 ", "① ", "• ", "a) ", "1.1★", "第三章 ", "2.5", "# ", "## "])
_PARAGRAPHS = st.builds(lambda lead, words: lead + words, _LEADS, _WORDS)
_CELLS = st.lists(_PARAGRAPHS.map(lambda text: text.lstrip("# =")), min_size=0, max_size=3).map("\n".join)
_ROWS = st.one_of(
    st.tuples(_CELLS, _CELLS, _CELLS),
    st.tuples(st.sampled_from(["1", "★2", "三"]), _CELLS, _CELLS),
    st.just(("=序号", "评分标准", "最高得分")),
    st.just(("=No.", "Item", "Requirement")),
    st.tuples(st.just(CONTINUED), _CELLS, st.just(CONTINUED)),
)


@given(st.lists(st.one_of(_PARAGRAPHS, _ROWS), max_size=12))
def test_every_piece_says_exactly_where_its_words_stand(parts: list[str | Row]) -> None:
    document = a_tender(*parts)

    for piece in segment(document):
        assert squash(document.blocks[piece.block].text[piece.start : piece.end]) == squash(piece.text)
