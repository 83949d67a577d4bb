from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bidkit.documents.redline.word import Side, redline
from bidkit.ingest.align.versions import accepted_view, original_view
from bidkit.ingest.docx import read_docx
from bidkit.ingest.model import BlockKind
from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language
from tests.ingest.docx.builders import a_cell, a_docx, a_paragraph, a_row, a_run, a_table

WHO = 'w:id="7" w:author="对方法务" w:date="2026-03-01T08:00:00Z"'
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent>"
    "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent>"
    "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{a_run(content)}</w:sdtContent></w:sdt>"


def docx(*paragraphs: str, **parts: str) -> bytes:
    return a_docx("".join(p if p.startswith("<w:") else a_paragraph(p) for p in paragraphs), parts=dict(parts))


def inserted(content: str) -> str:
    return f"<w:ins {WHO}>{a_run(content)}</w:ins>"


def deleted(content: str) -> str:
    return f'<w:del {WHO}><w:r><w:delText xml:space="preserve">{content}</w:delText></w:r></w:del>'


def marked(old: bytes, new: bytes) -> bytes:
    when = "2026-05-04T12:00:00Z"
    return redline(Side("v1.docx", old), Side("v2.docx", new), author="我方", when=when, language=Language.ZH)


def said(data: bytes, *, comments: bool = False) -> list[str]:
    blocks = read_docx(data, "x.docx").blocks
    return [b.text for b in blocks if comments or b.kind is not BlockKind.COMMENT]


def both_ways(old: bytes, new: bytes) -> tuple[list[str], list[str]]:
    made = marked(old, new)
    return said(original_view(made, "x.docx")), said(accepted_view(made, "x.docx"))


def states(old: bytes, new: bytes) -> tuple[list[str], list[str]]:
    return said(accepted_view(old, "x.docx")), said(accepted_view(new, "x.docx"))


PARAGRAPHS = st.lists(
    st.sampled_from(
        [
            "1.1 付款期限为收到发票后30日。",
            "1.1 付款期限为收到发票后60日，且须经买方验收。",
            "The price is EUR 12,000.00 in total.",
            "The price is EUR 15,000.00 in total, VAT not included.",
            "质保期为二十四个月。",
            "质保期为十二个月。",
            a_paragraph(a_run("逾期按") + a_run("0.5‰", "<w:b/>") + a_run("计。")),
            a_paragraph(a_run("逾期\t按") + "<w:r><w:t>1</w:t><w:br/><w:t>‰计。</w:t></w:r>"),
            a_table(a_row("序号", "名称", "数量"), a_row("1", "水泵", "4")),
            a_table(a_row("序号", "名称", "数量"), a_row("1", "水泵", "6"), a_row("2", "阀门", "2")),
            a_paragraph("<w:hyperlink w:anchor='x'>" + a_run("见附件一") + "</w:hyperlink>" + a_run("的规定。")),
            f"<w:sdt><w:sdtPr/><w:sdtContent>{a_paragraph('控件内的条款。')}</w:sdtContent></w:sdt>",
            a_paragraph(a_run("价格为") + control("100元") + a_run("整，含税。")),
            a_paragraph(a_run("价格为") + control("200元") + a_run("整，不含税。")),
            a_paragraph(a_run("前") + BOX.format(a_paragraph("盒内30日")) + a_run("后")),
            a_paragraph(a_run("前") + BOX.format(a_paragraph("盒内60日")) + a_run("后")),
            a_table(a_row("外层", f"<w:tc><w:tcPr/>{a_table(a_row('内层', '丙'))}{a_paragraph('后')}</w:tc>")),
        ]
    ),
    min_size=1,
    max_size=7,
)


@given(PARAGRAPHS, PARAGRAPHS)
@settings(max_examples=120, deadline=None)
def test_accepted_it_is_the_new_version_and_rejected_the_old_one(old: list[str], new: list[str]) -> None:
    before, after = docx(*old, "末尾。"), docx(*new, "末尾。")
    assert both_ways(before, after) == states(before, after)


THEIRS = st.lists(
    st.sampled_from(
        [
            "1.1 付款期限为30日。",
            a_paragraph(a_run("1.1 付款期限为") + deleted("30日") + inserted("60日") + a_run("。")),
            a_paragraph(a_run("1.1 付款期限为") + deleted("45日") + inserted("60日") + a_run("。")),
            a_paragraph(inserted("新加的整段话。"), f"<w:rPr><w:ins {WHO}/></w:rPr>"),
            a_paragraph(deleted("删去的整段话。"), f"<w:rPr><w:del {WHO}/></w:rPr>"),
            "其他条款不变。",
        ]
    ),
    min_size=1,
    max_size=5,
)


@given(PARAGRAPHS, THEIRS)
@settings(max_examples=80, deadline=None)
def test_marks_of_the_other_side_stay_and_both_states_still_come_out(old: list[str], new: list[str]) -> None:
    before, after = docx(*old, "末尾。"), docx(*new, "末尾。")
    made = marked(before, after)
    assert said(original_view(made, "x.docx")) == said(before)
    assert said(accepted_view(made, "x.docx")) == said(accepted_view(after, "x.docx"))
    theirs = [c.text for c in read_docx(after, "x.docx").changes]
    kept = [c.text for c in read_docx(made, "x.docx").changes if c.author == "对方法务"]
    assert "".join(kept) == "".join(theirs)


def test_our_marks_carry_our_name_and_time() -> None:
    changes = read_docx(marked(docx("期限为30日。"), docx("期限为60日。")), "x.docx").changes
    assert [(c.kind, c.text, c.author, c.date) for c in changes] == [
        ("deleted", "30", "我方", "2026-05-04T12:00:00Z"),
        ("inserted", "60", "我方", "2026-05-04T12:00:00Z"),
    ]


def test_a_moved_paragraph_is_marked_as_a_move() -> None:
    texts = [f"第{n}条 双方就第{n}项事宜另行签订补充协议并加盖公章。" for n in "一二三四五"]
    made = marked(docx(*texts), docx(texts[3], *texts[:3], texts[4]))
    kinds = {c.kind for c in read_docx(made, "x.docx").changes}
    assert kinds == {"moved_from", "moved_to"}
    assert said(original_view(made, "x.docx")) == texts


def test_margins_notes_and_text_boxes_are_marked_too() -> None:
    note = '<w:footnote w:id="1">{}</w:footnote>'

    def version(box: str, foot: str, head: str) -> bytes:
        body = a_paragraph(a_run("正文") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + BOX.format(a_paragraph(box)))
        return docx(body, footnotes=note.format(a_paragraph(foot)), header=a_paragraph(head))

    old, new = version("盒内30日", "脚注甲", "页眉 V1"), version("盒内60日", "脚注乙", "页眉 V2")
    assert both_ways(old, new) == states(old, new)


def test_hidden_text_is_marked_though_nobody_sees_it() -> None:
    old, new = (docx("可见。", a_paragraph(a_run(text, "<w:vanish/>"))) for text in ("暗文甲", "暗文乙"))
    changes = read_docx(marked(old, new), "x.docx").changes
    assert [c.text for c in changes if c.kind == "deleted"] == ["甲"]


def test_a_cell_is_marked_and_the_rest_of_its_table_is_left_alone() -> None:
    old = docx(a_table(a_row("名称", "单价"), a_row("水泵", a_cell("1,200.00元"))))
    new = docx(a_table(a_row("名称", "单价"), a_row("水泵", a_cell("1,500.00元"))))
    assert [c.text for c in read_docx(marked(old, new), "x.docx").changes] == ["1,200.00", "1,500.00"]
    assert both_ways(old, new) == states(old, new)


def test_a_silent_change_of_a_value_gets_a_comment_and_others_comments_stay() -> None:
    theirs = '<w:comment w:id="3" w:author="对方">' + a_paragraph("请确认。") + "</w:comment>"
    made = marked(docx("期限为30日。"), docx("期限为60日。", comments=theirs))
    comments = [b.text for b in read_docx(made, "x.docx").blocks if b.kind is BlockKind.COMMENT]
    assert comments[0] == "请确认。"
    assert "30日 → 60日" in comments[1]


def test_equal_versions_come_back_without_a_mark() -> None:
    data = docx("期限为30日。", a_table(a_row("甲", "乙")))
    assert read_docx(marked(data, data), "x.docx").changes == ()


def test_an_old_word_file_is_marked_against_a_new_text() -> None:
    old = docx("1.1 期限为30日。", "1.2 质保期24个月。", "1.3 其他。")
    new = "1.1 期限为60日。\n\n1.3 其他。\n\n1.4 新增条款另行约定。"
    made = redline(
        Side("v1.docx", old),
        Side("v2.txt", new.encode()),
        author="我方",
        when="2026-05-04T12:00:00Z",
        language=Language.EN,
    )
    assert said(original_view(made, "x.docx")) == said(old)
    assert said(accepted_view(made, "x.docx")) == new.split("\n\n")


def test_two_texts_cannot_be_a_redline() -> None:
    texts = (Side("a.txt", b"one"), Side("b.txt", b"two"))
    with pytest.raises(UsageError):
        redline(*texts, author="a", when="2026-05-04T12:00:00Z", language=Language.EN)
