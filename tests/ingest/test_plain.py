from __future__ import annotations

import pytest

from bidkit.ingest.model import BlockKind, SourceDocument
from bidkit.ingest.plain import read_plain
from bidkit.kernel.errors import UnreadableFile
from tests.ingest.small_files import texts

CUT = [
    "供应商应当在收到通知之后的五个工作日之内向采购单位提交加盖公",
    "章的承诺函，并且说明所供设备的产地、型号、数量以及全部配件的",
    "清单。",
    "供应商所供设备应当是全新的原厂正品，包装应当完好无损并且附有",
    "中文说明书，外包装上应当标明设备的名称、数量、重量和收货单位",
    "的名称。",
]


def plain(text: str, encoding: str = "utf-8") -> SourceDocument:
    return read_plain(text.encode(encoding), "notes.txt")


def test_lines_broken_at_the_margin_are_joined() -> None:
    assert texts(plain("\n".join(CUT))) == ["".join(CUT[:3]), "".join(CUT[3:])]


def test_a_page_number_inside_a_sentence_does_not_break_it() -> None:
    lines = [*CUT[:1], "- 7 -", *CUT[1:4], "8", *CUT[4:]]
    document = plain("\n".join(lines))
    assert texts(document, BlockKind.PARAGRAPH) == ["".join(CUT[:3]), "".join(CUT[3:])]
    assert texts(document, BlockKind.FURNITURE) == ["- 7 -", "8"]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    lines = ["采购人：甲单位", "联系人：张三", "地址：某市某路一号", "The bidder shall sign", "The bidder shall pay"]
    assert texts(plain("\n".join(lines))) == lines


def test_items_and_indented_lines_start_anew() -> None:
    lines = [*CUT[:2], "（1）" + CUT[0], "2.1 " + CUT[1], "    " + CUT[3], "★" + CUT[4]]
    assert len(texts(plain("\n".join(lines)))) == 5


def test_blank_lines_part_paragraphs() -> None:
    assert texts(plain("The bidder shall sign.\r\n\r\nThe bidder shall pay.\r\n")) == [
        "The bidder shall sign.",
        "The bidder shall pay.",
    ]


def test_chapters_are_headings_and_dotted_lines_contents() -> None:
    document = plain("目录\n第一章 投标邀请......3\n第二章 采购需求......9\n第一章 投标邀请\n兹邀请合格供应商。\n")
    assert [(b.kind, b.anchor.path) for b in document.blocks] == [
        (BlockKind.PARAGRAPH, ()),
        (BlockKind.TOC_LINE, ()),
        (BlockKind.TOC_LINE, ()),
        (BlockKind.HEADING, ()),
        (BlockKind.PARAGRAPH, ("第一章 投标邀请",)),
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("投标人应当提交投标文件，并缴纳保证金。", "utf-8-sig"),
        ("投标人应当提交投标文件，并缴纳保证金。", "utf-16"),
        ("投标人应当提交投标文件，并缴纳保证金，精度±0.5㎡。", "gb18030"),
        ("Das Angebot enthält die Prüfung für 5 € und größere Geräte.", "cp1252"),
        ("The bidder’s “offer” – at most 5 % – is final.", "cp1252"),
    ],
)
def test_the_encoding_is_found_without_being_told(text: str, encoding: str) -> None:
    assert texts(plain(text, encoding)) == [text]


def test_binary_content_is_refused() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_plain(b"ab\0\0cd", "notes.txt")
    assert refused.value.reason == "wrong-type"
