from __future__ import annotations

import pytest

from bidkit.ingest.docx.outline import chapter_level
from bidkit.ingest.model import BlockKind
from tests.ingest.docx.builders import (
    a_level,
    a_num,
    a_paragraph,
    a_row,
    a_run,
    a_style,
    a_table,
    an_abstract,
    read,
    styled,
)

HEADINGS = "".join(a_style(str(6 + n), f"heading {n}") for n in range(1, 5))


def paths(body: str, styles: str = HEADINGS, numbering: str = "") -> list[tuple[str, tuple[str, ...]]]:
    return [(block.text, block.anchor.path) for block in read(body, styles=styles, numbering=numbering).blocks]


def kinds(body: str, styles: str = HEADINGS) -> list[BlockKind]:
    return [block.kind for block in read(body, styles=styles).blocks]


def test_headings_are_known_by_the_name_of_their_style_and_by_outline_levels() -> None:
    styles = a_style("7", "heading 1") + a_style("x", "Own", based_on="7") + a_style("38", "标题 2")
    styles += a_style("o", "Clause", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
    styles += a_style("n", "No", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', based_on="7")
    body = styled("7", "甲") + styled("x", "乙") + styled("38", "丙") + styled("o", "丁") + styled("n", "戊")
    body += a_paragraph("己", '<w:outlineLvl w:val="3"/>')
    found = [(b.kind, b.level) for b in read(body, styles=styles).blocks]
    heading = BlockKind.HEADING
    assert found == [(heading, 1), (heading, 1), (heading, 2), (heading, 3), (BlockKind.PARAGRAPH, 0), (heading, 4)]


def test_a_path_holds_label_and_text_of_the_headings_above() -> None:
    numbering = an_abstract(0, a_level(0, "chineseCounting", "第%1章")) + a_num(1, 0)
    styles = a_style("7", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    styles += a_style("8", "heading 2")
    body = styled("7", "总则") + a_paragraph("a") + styled("8", "范围") + a_table(a_row("b")) + styled("7", "需求")
    assert paths(body, styles, numbering) == [
        ("总则", ()),
        ("a", ("第一章 总则",)),
        ("范围", ("第一章 总则",)),
        ("b", ("第一章 总则", "范围")),
        ("需求", ()),
    ]


def test_headings_of_one_level_nest_by_their_numbers() -> None:
    body = "".join(styled("8", text) for text in ("第一章 公告", "一、概况", "（一）范围", "二、条件", "第二章 须知"))
    assert [len(path) for _, path in paths(body)] == [0, 1, 2, 1, 0]


def test_an_outline_level_set_by_hand_closes_no_chapter() -> None:
    body = styled("8", "第一章 格式") + a_paragraph("投标文件组成", '<w:outlineLvl w:val="0"/>') + a_paragraph("x")
    assert paths(body)[-1] == ("x", ("第一章 格式", "投标文件组成"))


def test_a_sentence_in_a_heading_style_stays_a_paragraph() -> None:
    assert kinds(styled("8", "投标人应在合同签订后三十日内完成交货。") + styled("8", "交货")) == [
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
    ]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第三章 采购需求", 2),
        ("第二部分  投标须知", 1),
        ("第十二节 其他", 3),
        ("附件1 投标函", 3),
        ("附件1-2：价格构成表", 3),
        ("SECTION L - Instructions to Offerors", 2),
        ("PART II", 1),
        ("APPENDIX B: Forms", 2),
        ("第六章“投标文件格式”", 0),
        ("第三章的规定适用于本项目", 0),
        ("第三章 采购需求，详见下文。", 0),
        ("附件齐全的投标文件", 0),
        ("Section 3 shall apply to all bidders", 0),
        ("1. 项目概况", 0),
        ("Part of the works", 0),
    ],
)
def test_chapter_lines_are_known_by_their_shape(line: str, level: int) -> None:
    assert chapter_level(line) == level


def test_a_document_without_heading_styles_gets_its_chapters_from_their_shape() -> None:
    body = "".join(
        a_paragraph(t) for t in ("第一部分 公告", "甲", "第一章 须知", "乙", "1. 短句", "第二部分 需求", "丙")
    )
    document = read(body)
    found = [(b.text, b.level) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert found == [("第一部分 公告", 1), ("第一章 须知", 2), ("第二部分 需求", 1)]
    assert document.blocks[4].anchor.path == ("第一部分 公告", "第一章 须知")


def test_chapter_lines_keep_out_of_documents_whose_styles_name_the_chapters() -> None:
    body = styled("7", "第一章 总则") + a_paragraph("招标文件包括：") + a_paragraph("第二章 须知") + a_paragraph("x")
    assert kinds(body)[2] is BlockKind.PARAGRAPH


def test_a_list_of_chapters_is_no_row_of_headings() -> None:
    body = "".join(
        a_paragraph(t) for t in ("招标文件的组成如下", "第一章 公告", "第二章 须知", "第三章 需求", "以上。")
    )
    assert kinds(body) == [BlockKind.PARAGRAPH] * 5


def test_a_contents_list_typed_by_hand_ends_where_its_first_heading_comes_again() -> None:
    body = "".join(
        a_paragraph(t) for t in ("目  录", "第一章 公告", "第二章 须知 12", "第三章 需求", "第一章 公告", "正文。")
    )
    toc = BlockKind.TOC_LINE
    assert kinds(body) == [toc, toc, toc, toc, BlockKind.HEADING, BlockKind.PARAGRAPH]


CONTENTS_CONTROL = (
    "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
    f"<w:sdtContent>{a_paragraph('总则')}</w:sdtContent></w:sdt>"
)


@pytest.mark.parametrize(
    "line",
    [
        styled("TOC1", "总则"),
        a_paragraph("第一章 总则 ......... 3"),
        a_paragraph("第一章 总则……………3"),
        a_paragraph(
            "<w:r><w:t>总则</w:t><w:tab/><w:t>3</w:t></w:r>",
            '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8000"/></w:tabs>',
        ),
        a_paragraph(f'<w:hyperlink w:anchor="_Toc123">{a_run("总则")}{a_run("3")}</w:hyperlink>'),
        CONTENTS_CONTROL,
    ],
    ids=["style", "dots", "ellipses", "tab leader", "link", "content control"],
)
def test_lines_of_a_table_of_contents_are_no_text(line: str) -> None:
    styles = HEADINGS + a_style("TOC1", "toc 1")
    assert kinds(line + a_paragraph("正文"), styles) == [BlockKind.TOC_LINE, BlockKind.PARAGRAPH]


def test_a_control_around_the_whole_document_makes_no_contents_of_it() -> None:
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{CONTENTS_CONTROL}{a_paragraph('正文')}</w:sdtContent></w:sdt>"
    assert kinds(body) == [BlockKind.TOC_LINE, BlockKind.PARAGRAPH]


def test_paragraphs_inside_a_contents_field_are_contents_lines() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = a_paragraph(begin + a_run("总则")) + a_paragraph("范围") + a_paragraph(end) + a_paragraph("正文")
    assert kinds(body) == [BlockKind.TOC_LINE, BlockKind.TOC_LINE, BlockKind.PARAGRAPH]


def test_the_list_depth_of_a_paragraph_is_its_level() -> None:
    numbering = an_abstract(0, a_level(1, "decimal", "%2.")) + a_num(1, 0)
    own = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    (block,) = read(a_paragraph("x", own), numbering=numbering).blocks
    assert (block.kind, block.level, block.label) == (BlockKind.PARAGRAPH, 2, "1.")
