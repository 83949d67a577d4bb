from __future__ import annotations

import pytest

from bidkit.ingest.model import BlockKind
from tests.ingest.docx.builders import a_paragraph, a_row, a_run, a_style, a_table, read, styled, texts


def test_tabs_breaks_and_hyphens_are_kept_and_soft_hyphens_dropped() -> None:
    run = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t>"
    run += "<w:softHyphen/><w:t>f</w:t></w:r>"
    assert texts(read(a_paragraph(run))) == ["a\tb\nc\nd-ef"]


def test_text_is_clean_yet_verbatim() -> None:
    assert texts(read(a_paragraph("\u200b１２\u00a0Ｖ\ufeff，cafe\u0301 ﹝2020﹞ "))) == ["１２ Ｖ，café ﹝2020﹞"]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', "☐"),
        ('<w:r><w:sym w:font="Wingdings" w:char="00A8"/></w:r>', "☐"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>', "☐"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "≥"),
        ('<w:r><w:sym w:font="宋体" w:char="25A1"/></w:r>', "□"),
        (a_run("\uf0fe是\uf0a8否"), "☑是☐否"),
        (a_run("þ接受¨不接受"), "☑接受☐不接受"),
        (a_run("þorn and naïve ¨A¨"), "þorn and naïve ¨A¨"),
        (a_run("R", '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'), "☑"),
        (a_run("\uf06d", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), "μ"),
    ],
)
def test_symbols_become_the_characters_they_look_like(xml: str, text: str) -> None:
    assert texts(read(a_paragraph(xml + a_run("。")))) == [text + "。"]


@pytest.mark.parametrize(("checked", "text"), [("1", "☑"), ("0", "☐")])
def test_check_box_controls_show_their_state(checked: str, text: str) -> None:
    box = f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox></w:sdtPr>'
    box += f"<w:sdtContent>{a_run('☒')}</w:sdtContent></w:sdt>"
    assert texts(read(a_paragraph(box + a_run("同意")))) == [text + "同意"]


def field(instruction: str, result: str, data: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_a_field_shows_its_result_only() -> None:
    nested = field(f" IF {field(' REF a ', a_run('hidden'))} ", a_run("第3页"))
    assert texts(read(a_paragraph(a_run("见") + nested + a_run("。")))) == ["见第3页。"]


def test_a_field_that_never_ends_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    assert texts(read(a_paragraph(begin + a_run("投标人")) + a_paragraph("采购人"))) == ["投标人", "采购人"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>", "☑"),
        ("<w:checkBox><w:default w:val='1'/></w:checkBox>", "☑"),
        ("<w:checkBox><w:default w:val='0'/></w:checkBox>", "☐"),
        ("<w:ddList><w:result w:val='1'/><w:listEntry w:val='甲'/><w:listEntry w:val='乙'/></w:ddList>", "乙"),
    ],
)
def test_legacy_form_fields_show_their_state(data: str, text: str) -> None:
    form = field("FORM", "", f"<w:ffData>{data}</w:ffData>")
    assert texts(read(a_paragraph(form + a_run("项")))) == [text + "项"]


def test_content_controls_and_other_wrappers_are_transparent() -> None:
    inline = f"<w:sdt><w:sdtPr/><w:sdtContent>{a_run('甲')}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{a_run('乙')}</w:hyperlink><w:smartTag>{a_run('丙')}</w:smartTag>"
    simple = f'<w:fldSimple w:instr="PAGE">{a_run("丁")}</w:fldSimple>'
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{a_paragraph(inline + link + simple)}</w:sdtContent></w:sdt>"
    assert texts(read(block)) == ["甲乙丙丁"]


def test_hidden_text_is_left_out_and_reported() -> None:
    styles = a_style("Note", "Note", "<w:rPr><w:vanish/></w:rPr>", "character")
    body = a_paragraph(a_run("可见") + a_run("暗", "<w:vanish/>") + a_run("藏", '<w:rStyle w:val="Note"/>'))
    body += a_paragraph(a_run("显", '<w:rStyle w:val="Note"/><w:vanish w:val="0"/>'))
    document = read(body, styles=styles)
    assert texts(document) == ["可见", "显"]
    finding = next(f for f in document.findings if f.code == "hidden-text")
    assert finding.values == (("count", "2"),)
    assert [anchor.block for anchor in finding.anchors] == [0]


def test_text_hidden_by_a_character_style_alone_is_left_out() -> None:
    styles = a_style("Note", "Note", "<w:rPr><w:vanish/></w:rPr>", "character")
    body = a_paragraph(a_run("可见") + a_run("藏", '<w:rStyle w:val="Note"/>'))
    assert texts(read(body, styles=styles)) == ["可见"]


def a_box(inner: str, *, drawing: bool = True, vml: bool = True) -> str:
    shape = f"<w:drawing><wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></w:drawing>"
    pict = f"<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
    if drawing and vml:
        choice = f'<mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{pict}</mc:Fallback>'
        return f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"
    return f"<w:r>{shape if drawing else pict}</w:r>"


@pytest.mark.parametrize(("drawing", "vml"), [(True, True), (True, False), (False, True)])
def test_a_text_box_is_read_once_right_after_its_paragraph(drawing: bool, vml: bool) -> None:
    box = a_box(a_paragraph("本项目不收取"), drawing=drawing, vml=vml)
    body = a_paragraph(a_run("投标保证金：") + box) + a_paragraph("下一段")
    assert texts(read(body)) == ["投标保证金：", "本项目不收取", "下一段"]


def test_a_text_box_inside_a_text_box_is_read_once() -> None:
    inner = a_box(a_paragraph("内"))
    body = a_paragraph(a_run("文") + a_box(a_paragraph(a_run("外") + inner)))
    assert texts(read(body)) == ["文", "外", "内"]


def test_a_text_box_in_a_cell_follows_its_row() -> None:
    cell = f"<w:tc>{a_paragraph(a_run('值') + a_box(a_paragraph('框')))}</w:tc>"
    assert texts(read(a_table(a_row("名", cell), a_row("甲", "乙")))) == ["名 | 值", "框", "甲 | 乙"]


def test_formulas_are_written_on_one_line() -> None:
    formula = (
        "<m:oMath><m:r><m:t>得分=</m:t></m:r><m:f><m:num><m:r><m:t>P0</m:t></m:r></m:num><m:den><m:r><m:t>P-1</m:t>"
    )
    formula += "</m:r></m:den></m:f><m:r><m:t>×30</m:t></m:r></m:oMath>"
    assert texts(read(a_paragraph(formula + a_run("，四舍五入")))) == ["得分=P0/(P-1)×30，四舍五入"]


def test_notes_follow_the_paragraph_that_refers_to_them_and_separators_are_dropped() -> None:
    notes = f'<w:footnote w:type="separator" w:id="-1">{a_paragraph("----")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{a_paragraph("含税。")}</w:footnote>'
    ends = f'<w:endnote w:id="2">{a_paragraph("详见附件。")}</w:endnote>'
    body = a_paragraph(a_run("单价") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + a_paragraph("数量")
    body += a_paragraph(a_run("合计") + '<w:r><w:endnoteReference w:id="2"/></w:r>')
    document = read(body, parts={"footnotes": notes, "endnotes": ends})
    assert [(b.kind, b.label, b.text) for b in document.blocks] == [
        (BlockKind.PARAGRAPH, "", "单价"),
        (BlockKind.FOOTNOTE, "1", "含税。"),
        (BlockKind.PARAGRAPH, "", "数量"),
        (BlockKind.PARAGRAPH, "", "合计"),
        (BlockKind.FOOTNOTE, "1", "详见附件。"),
    ]


def test_comments_and_page_furniture_stand_apart_at_the_end() -> None:
    parts = {
        "header": a_paragraph("招标文件 第1页"),
        "footer": a_paragraph("招标文件 第1页"),
        "comments": f'<w:comment w:id="0">{a_paragraph("请核对")}{a_paragraph("日期")}</w:comment>',
    }
    mark = '<w:commentRangeStart w:id="0"/>' + a_run("交货期30日") + '<w:r><w:commentReference w:id="0"/></w:r>'
    styles = a_style("1", "heading 1")
    document = read(styled("1", "商务要求") + a_paragraph(mark), styles=styles, parts=parts)
    assert [(b.kind, b.text) for b in document.blocks[1:]] == [
        (BlockKind.PARAGRAPH, "交货期30日"),
        (BlockKind.FURNITURE, "招标文件 第1页"),
        (BlockKind.COMMENT, "请核对\n日期"),
    ]
    assert document.blocks[-1].anchor.path == ("商务要求",)
    assert [(f.code, dict(f.values)["count"]) for f in document.findings] == [("reviewer-comments", "1")]


def test_bold_is_true_only_when_all_letters_are_bold() -> None:
    styles = a_style("B", "Bold", "<w:rPr><w:b/></w:rPr>") + a_style("C", "C", "<w:rPr><w:b/></w:rPr>", "character")
    body = a_paragraph(a_run("甲", "<w:b/>") + a_run(" ") + a_run("乙", '<w:rStyle w:val="C"/>'))
    body += a_paragraph(a_run("甲", "<w:b/>") + a_run("乙"))
    body += styled("B", "丙") + styled("B", a_run("丁", '<w:b w:val="0"/>'))
    assert [b.bold for b in read(body, styles=styles).blocks] == [True, False, True, False]
