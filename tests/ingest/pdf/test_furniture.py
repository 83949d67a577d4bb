"""What comes again at one place of page after page is furniture, titles of forms are not."""

from __future__ import annotations

from bidkit.ingest.model import BlockKind
from tests.ingest.pdf.builders import LEFT, APage, blocks, texts

BODY = ["投标人应当在投标截止时间之前将投标文件密封送达指定地点并且妥善保管回执", "逾期不予受理。"]


def pages(count: int, header: str = "", footer: str = "") -> list[APage]:
    """Pages with a text of their own, a header and a footer in which {n} is the page's number."""
    made = []
    for number in range(1, count + 1):
        page = APage().lines([f"{number}.1 " + BODY[0][:30], *BODY], y=200)
        page.text(header.format(n=number), 200, 40).text(footer.format(n=number), 280, 810)
        made.append(page)
    return made


def furniture(*made: APage) -> list[str]:
    """The furniture found, each text once, in order."""
    return list(dict.fromkeys(texts(blocks(*made), BlockKind.FURNITURE)))


def test_running_headers_are_furniture() -> None:
    assert furniture(*pages(4, "某市泵站改造项目招标文件")) == ["某市泵站改造项目招标文件"]


def test_page_numbers_of_any_shape_are_furniture() -> None:
    for footer in ("- {n} -", "第{n}页 共9页", "Page {n} of 9", "{n}"):
        assert len(furniture(*pages(2, footer=footer))) == 2, footer


def test_a_footer_that_counts_is_furniture() -> None:
    assert len(furniture(*pages(3, footer="RFP-77 / sheet {n}"))) == 3


def test_a_text_on_one_page_only_is_none() -> None:
    assert furniture(*pages(3), APage().text("附件一 投标函", 250, 40).lines(BODY, y=200)) == []


def test_numbered_titles_that_do_not_follow_the_pages_are_none() -> None:
    made = [APage().text(f"附件{n} 承诺函", 250, 60).lines(BODY, y=200) for n in (2, 7, 9)]
    assert furniture(*made) == []


def test_slanting_watermarks_are_furniture_and_leave_the_text_alone() -> None:
    page = APage().lines([BODY[0]] * 4 + BODY, y=300).slanted("样稿仅供参考", 150, 600)
    found = blocks(page)
    assert texts(found, BlockKind.PARAGRAPH) == [BODY[0] * 5 + BODY[1]]
    assert "样" in "".join(texts(found, BlockKind.FURNITURE))


def test_contents_lines_are_told_from_text() -> None:
    page = APage().lines(["第一章 招标公告 ........ 3", "第二章 投标人须知 ........ 8"], LEFT)
    assert texts(blocks(page), BlockKind.TOC_LINE) == ["第一章 招标公告 ........ 3", "第二章 投标人须知 ........ 8"]


def test_slanted_type_is_no_watermark() -> None:
    page = APage().text(BODY[0], y=200)
    page.pen = [command.replace("1 0 0 1", "1 0 0.3 1") for command in page.pen]
    assert texts(blocks(page), BlockKind.PARAGRAPH) == [BODY[0]]
