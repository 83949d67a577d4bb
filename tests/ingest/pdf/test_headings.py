"""Headings are found by their type and give the trail of what stands below."""

from __future__ import annotations

from bidkit.ingest.model import BlockKind
from tests.ingest.pdf.builders import LEFT, APage, blocks, texts

BODY = "投标人应当在投标截止时间之前将投标文件密封送达指定地点并且妥善保管回执。"


def a_chapter() -> APage:
    """A page with a chapter, a section in bold and two paragraphs."""
    page = APage().text("第二章 投标人须知", 230, 80, size=18).text(BODY, LEFT, 120)
    return page.text("1.1 投标文件的组成", LEFT, 150, bold=True).text(BODY, LEFT, 175)


def test_larger_and_bold_lines_are_headings() -> None:
    found = blocks(a_chapter())
    assert [(b.kind, b.level) for b in found] == [
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_the_trail_names_the_headings_above() -> None:
    assert blocks(a_chapter())[3].anchor.path == ("第二章 投标人须知", "1.1 投标文件的组成")


def test_a_bold_sentence_is_no_heading() -> None:
    page = APage().text("1.1 未密封的投标文件不予受理。", LEFT, 80, bold=True).lines([BODY, BODY], y=110)
    assert texts(blocks(page), BlockKind.HEADING) == []


def test_a_marked_demand_in_bold_is_no_heading() -> None:
    page = APage().text("★1.1 交货期三十日", LEFT, 80, bold=True).lines([BODY, BODY], y=110)
    assert texts(blocks(page), BlockKind.HEADING) == []


def test_chapters_lie_above_everything_else_however_large_its_type() -> None:
    cover = APage().text("某市泵站改造项目", 200, 100, size=30)
    annex = APage().text("第三章 合同条款", 230, 80, size=14, bold=True).text(BODY, LEFT, 120)
    found = [block for block in blocks(cover, a_chapter(), annex) if block.kind is BlockKind.HEADING]
    assert [(block.text, block.anchor.path) for block in found] == [
        ("某市泵站改造项目", ()),
        ("第二章 投标人须知", ()),
        ("1.1 投标文件的组成", ("第二章 投标人须知",)),
        ("第三章 合同条款", ()),
    ]


def test_a_number_set_apart_from_its_bold_title_is_part_of_the_heading() -> None:
    page = (
        APage().text("3.", LEFT, 80).text("RESPONSE REQUIREMENTS", LEFT + 40, 80, bold=True).lines([BODY, BODY], y=120)
    )
    assert texts(blocks(page), BlockKind.HEADING) == ["3. RESPONSE REQUIREMENTS"]


def test_the_title_of_the_contents_is_no_heading() -> None:
    page = APage().text("目  录", 280, 80, size=18, bold=True).lines([BODY, BODY], y=120)
    assert texts(blocks(page), BlockKind.TOC_LINE) == ["目 录"]
