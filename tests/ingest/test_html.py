from __future__ import annotations

import pytest

from bidkit.ingest.html import read_html, read_mhtml
from bidkit.ingest.model import BlockKind, SourceDocument
from bidkit.kernel.errors import UnreadableFile
from tests.ingest.small_files import rows, texts


def page(body: str, head: str = "") -> SourceDocument:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "page.html")


def test_headings_give_the_trail_of_what_stands_below() -> None:
    document = page("<h1>Tender</h1><h2>Scope</h2><p>Deliver.</p><h2>Terms</h2><p>Pay.</p>")
    assert [(b.kind, b.level, b.anchor.path) for b in document.blocks if b.text in ("Terms", "Pay.")] == [
        (BlockKind.HEADING, 2, ("Tender",)),
        (BlockKind.PARAGRAPH, 0, ("Tender", "Terms")),
    ]


def test_what_no_reader_sees_is_left_out() -> None:
    document = page(
        "<nav>Home</nav><script>x()</script><style>p{}</style><p style='DISPLAY : none'>secret</p>"
        "<p hidden>secret</p><!-- secret --><p>The bidder <span style='visibility:hidden'>not</span> shall sign.</p>"
    )
    assert texts(document) == ["The bidder shall sign."]


def test_lists_carry_the_numbers_a_browser_prints() -> None:
    document = page(
        "<ol start=3><li>three<ol type=a><li>inner</ol><li value=9>nine<p>more</p><li>ten</ol>"
        "<ol type=I><li>one<li>two<li>three<li>four</ol><ul><li>dot</ul>"
    )
    assert [(b.label, b.text, b.level) for b in document.blocks] == [
        ("3.", "three", 1),
        ("a.", "inner", 2),
        ("9.", "nine", 1),
        ("", "more", 1),
        ("10.", "ten", 1),
        ("I.", "one", 1),
        ("II.", "two", 1),
        ("III.", "three", 1),
        ("IV.", "four", 1),
        ("•", "dot", 1),
    ]


def test_a_table_becomes_a_logical_grid() -> None:
    document = page(
        "<table><tr><th>No.<th>Item<th>Price<tr><td rowspan=2>1<td>Pump<td>9"
        "<tr><td colspan=2>to be delivered<tr><td>2<td>Valve<br>DN50<td></table>"
    )
    assert [row.text for row in rows(document)] == [
        "No. | Item | Price",
        "1 | Pump | 9",
        "to be delivered",
        "2 | Valve\nDN50 | ",
    ]
    third = rows(document)[2]
    assert [(c.column, c.span, c.continued, c.text) for c in third.cells] == [
        (0, 1, True, "1"),
        (1, 2, False, "to be delivered"),
    ]
    assert third.place is not None
    assert (third.place.columns, third.place.header_texts) == (3, ("No.", "Item", "Price"))
    assert [row.place.header for row in rows(document) if row.place] == [True, False, False, False]


def test_a_span_beyond_all_reason_costs_nothing() -> None:
    document = page("<table><tr><td rowspan=999999 colspan=999999>a<td>b<tr><td>c</table>")
    assert [row.text for row in rows(document)] == ["a | b", "c"]


def test_tables_that_only_place_things_are_unwrapped() -> None:
    document = page(
        "<table><tr><td><p>The bidder shall sign.</p>"
        "<table><tr><td>No.<td>Item<td>Price<tr><td>1<td>Pump<td>9</table></td></tr></table>"
    )
    assert [(b.kind, b.text) for b in document.blocks] == [
        (BlockKind.PARAGRAPH, "The bidder shall sign."),
        (BlockKind.TABLE_ROW, "No. | Item | Price"),
        (BlockKind.TABLE_ROW, "1 | Pump | 9"),
    ]


def test_line_breaks_part_lines_but_not_a_sentence() -> None:
    document = page(
        "一、项目编号：甲2031<br>二、预算：五万元<br><br>"
        "The bid must be submitted in one sealed envelope and<br>must bear the name of the tender.<br>Late bids fail."
    )
    assert texts(document) == [
        "一、项目编号：甲2031",
        "二、预算：五万元",
        "The bid must be submitted in one sealed envelope and must bear the name of the tender.",
        "Late bids fail.",
    ]


def test_source_lines_are_joined_without_a_blank_between_chinese_characters() -> None:
    assert texts(page("<p>投标人\n  应当提交\n  ISO 9001 证书\n and a copy\u200b</p>")) == [
        "投标人应当提交 ISO 9001 证书 and a copy"
    ]


def test_a_form_shows_what_is_ticked_and_filled_in() -> None:
    ticks = "<input type=checkbox checked>接受 <input type=radio>不接受"
    fields = "<input value='甲公司'> <input type=hidden value=x>"
    assert texts(page(f"<p>{ticks} {fields}</p>")) == ["☑接受 ☐不接受 甲公司"]


def test_bold_paragraphs_are_marked() -> None:
    document = page("<p><b>Im</b><span style='font-weight:700'>portant</span></p><p><b>Not</b> this</p>")
    assert [block.bold for block in document.blocks] == [True, False]


def test_links_inside_the_page_in_a_row_are_its_contents() -> None:
    toc = "".join(f"<p><a href='#s{n}'>{n}. Part</a></p>" for n in range(1, 5))
    document = page(f"<p>Contents</p>{toc}<h1 id=s1>1. Part</h1><p>See <a href='#s2'>part 2</a>.</p>")
    assert [b.kind for b in document.blocks] == [
        BlockKind.PARAGRAPH,
        *[BlockKind.TOC_LINE] * 4,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
    ]


def test_the_footer_is_furniture() -> None:
    document = page("<p>The bidder shall sign.</p><footer>All rights reserved</footer>")
    assert texts(document, BlockKind.FURNITURE) == ["All rights reserved"]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        pytest.param("<meta charset=gb2312>", "gb18030", id="declares-gb2312"),
        pytest.param("<meta http-equiv=Content-Type content='text/html; charset=big5'>", "big5hkscs", id="big5"),
        pytest.param("", "gb18030", id="declares-nothing"),
        pytest.param("<meta charset=utf-8>", "gb18030", id="declares-wrongly"),
        pytest.param("<meta charset=nonsense>", "utf-8", id="declares-nonsense"),
        pytest.param("", "utf-16", id="byte-order-mark"),
    ],
)
def test_the_character_set_is_found(head: str, encoding: str) -> None:
    sentence = (
        "投標人應當於規定時間內提交投標文件並繳納保證金"
        if "big5" in encoding
        else "投标人应当在规定时间内提交投标文件并缴纳保证金㎡"
    )
    document = read_html(f"<html><head>{head}</head><p>{sentence}".encode(encoding), "page.html")
    assert texts(document) == [sentence]


def test_deep_nesting_is_read_or_refused_but_never_endless() -> None:
    assert texts(page("<div>" * 300 + "deep" + "</div>" * 300)) == ["deep"]
    with pytest.raises(UnreadableFile) as refused:
        page("<div>" * 50_000 + "deep")
    assert refused.value.reason == "too-large"


def test_a_long_table_without_end_tags_is_no_nesting() -> None:
    body = "".join(f"<tr><td>{n}<td>Pump" for n in range(4_000))
    assert len(rows(page(f"<table>{body}</table>"))) == 4_000


def test_an_entity_that_names_a_file_stays_unread() -> None:
    data = b"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>The bidder &x; shall sign.</p>"
    assert "root:" not in texts(read_html(data, "page.html"))[-1]


def test_a_web_archive_gives_its_page() -> None:
    data = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>=CD=B6=B1=EA</p>\r\n--B\r\nContent-Type: image/png\r\n\r\nxx\r\n--B--\r\n"
    )
    assert texts(read_mhtml(data, "page.mht")) == ["投标"]
    with pytest.raises(UnreadableFile):
        read_mhtml(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello", "page.mht")
