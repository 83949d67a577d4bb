"""Lines of a page become paragraphs as a reader's eye joins them."""

from __future__ import annotations

import pytest

from bidkit.ingest.model import BlockKind
from bidkit.ingest.pdf.paragraphs import joined, over_page, starts_list
from tests.ingest.pdf.builders import LEFT, APage, blocks, texts

INDENT = LEFT + 21
FULL = "投标人应当在投标截止时间之前将投标文件密封送达指定地点并且妥善保管回执"  # 35 characters reach the margin


def test_chinese_lines_are_joined_without_a_blank() -> None:
    page = APage().text(FULL[2:], INDENT, 72).lines([FULL, "逾期不予受理。"], LEFT, 90)
    assert texts(blocks(page)) == [FULL[2:] + FULL + "逾期不予受理。"]


def test_english_lines_are_joined_with_a_blank() -> None:
    page = APage().lines(
        ["The supplier shall deliver all of the pumps named in the schedule to the", "site and unload them there."]
    )
    assert texts(blocks(page)) == [
        "The supplier shall deliver all of the pumps named in the schedule to the site and unload them there."
    ]


def test_an_indented_line_starts_a_paragraph() -> None:
    page = APage().text(FULL[2:], INDENT, 72).text("逾期不予受理。", LEFT, 90).text(FULL[2:], INDENT, 108)
    assert texts(blocks(page)) == [FULL[2:] + "逾期不予受理。", FULL[2:]]


def test_a_numbered_line_starts_a_paragraph() -> None:
    page = APage().lines(["3.1 " + FULL[:33], "3.2 " + FULL[:33], "（1）" + FULL[:32], "★4、" + FULL[:32]])
    assert len(texts(blocks(page))) == 4


def test_a_number_inside_a_running_sentence_starts_none() -> None:
    first = "The supplier shall keep all of the records that are named in clause"
    page = APage().text("(a) " + first, LEFT).text("3.2, and in the annex to this contract.", LEFT + 16, 90)
    assert texts(blocks(page)) == [f"(a) {first} 3.2, and in the annex to this contract."]


def test_a_clear_gap_starts_a_paragraph() -> None:
    page = APage().lines([FULL, FULL], y=72).lines([FULL], y=130)
    assert texts(blocks(page)) == [FULL + FULL, FULL]


def test_a_short_line_ends_its_paragraph() -> None:
    page = APage().lines(["项目名称：泵站改造", "采购人：某水务公司", FULL, FULL])
    assert texts(blocks(page)) == ["项目名称：泵站改造", "采购人：某水务公司", FULL + FULL]


def test_a_closing_bracket_on_the_next_line_is_joined_back() -> None:
    page = APage().lines([FULL[:-5] + "（见“格式”", "）。", FULL])
    assert texts(blocks(page))[0].endswith("（见“格式”）。")


def test_letter_spaced_chinese_is_closed_and_blanks_to_latin_are_kept() -> None:
    page = APage().text("2026 年 长 宁 区 设 备 采 购")
    assert texts(blocks(page)) == ["2026 年长宁区设备采购"]


def test_two_columns_are_read_one_after_the_other() -> None:
    page = APage()
    for index in range(20):
        page.text(f"left line {index} of running text that fills it", 60, 80 + 14 * index)
        page.text(f"right line {index} of running text that fills", 320, 80 + 14 * index)
    text = " ".join(texts(blocks(page)))
    assert text.index("left line 19") < text.index("right line 0")


def test_a_page_turned_sideways_reads_as_shown() -> None:
    upright = APage().lines([FULL, "逾期不予受理。"])
    turned = APage(["0 -1 1 0 0 595 cm", *upright.pen], width=842, height=595, turn=90)
    turned.pen[0] = "0 1 -1 0 842 0 cm"
    assert texts(blocks(turned)) == texts(blocks(upright))


def test_a_paragraph_over_a_page_break_belongs_to_the_first_page() -> None:
    first = APage().lines([FULL] * 3, y=700).text("- 1 -", 290, 800)
    second = APage().text("并保持畅通。", LEFT, 72).text("- 2 -", 290, 800)
    found = blocks(first, second)
    assert [(b.kind, b.anchor.page, b.text) for b in found] == [
        (BlockKind.PARAGRAPH, 1, FULL * 3 + "并保持畅通。"),
        (BlockKind.FURNITURE, 1, "- 1 -"),
        (BlockKind.FURNITURE, 2, "- 2 -"),
    ]


def test_sentences_that_start_after_the_page_break_stand_on_their_own_page() -> None:
    second = APage().lines(["并保持畅通。投标人应当派人到场，并且随身带好全部证件原件以备核查和登记。"])
    found = blocks(APage().lines([FULL] * 3, y=700), second)
    assert [(b.anchor.page, b.text) for b in found] == [
        (1, FULL * 3 + "并保持畅通。"),
        (2, "投标人应当派人到场，并且随身带好全部证件原件以备核查和登记。"),
    ]


def test_a_finished_paragraph_does_not_swallow_the_next_page() -> None:
    found = blocks(APage().lines([FULL, FULL[:-1] + "。"], y=700), APage().lines([FULL, FULL]))
    assert [b.anchor.page for b in found] == [1, 2]


def test_boxes_count_from_the_top_left_corner() -> None:
    box = blocks(APage().text("Opening of bids", 100, 200))[0].anchor.box
    assert box is not None
    assert 99 < box.left < 102
    assert 188 < box.top < 193
    assert 200 < box.bottom < 205


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["imple\ufffe", "mentation"], "implementation"),
        (["pre\ufffe", "Qualification"], "pre-Qualification"),
        (["state-of-the-", "art"], "state-of-the-art"),
        (["不少于", "10%"], "不少于 10%"),
        (["投标", "文件"], "投标文件"),
    ],
)
def test_joining(lines: list[str], text: str) -> None:
    assert joined(lines) == text


@pytest.mark.parametrize(
    "text",
    [
        "1. Scope",
        "1.2 Scope",
        "（一）总则",
        "(iv) none",
        "a) none",
        "第三条 付款",
        "★交货期",
        "• none",
        "①泵",
        "viii)Not so",
    ],
)
def test_list_starts(text: str) -> None:
    assert starts_list(text)


@pytest.mark.parametrize("text", ["10%，发芽率", "2026年3月", "Scope", "3.5%以内", "（含税）价格", "12:00前"])
def test_what_only_looks_like_a_list_start(text: str) -> None:
    assert not starts_list(text)


def test_a_cut_sentence_is_completed_and_no_more() -> None:
    assert over_page("The bidder shall", "sign it. It shall be sealed.") == (
        "The bidder shall sign it.",
        "It shall be sealed.",
    )
    assert over_page("投标人应", "签字") == ("投标人应签字", "")
