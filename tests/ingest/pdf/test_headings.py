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
