from __future__ import annotations

import pytest

from bidkit.contract.changes import Comparison, ContractChangeKind, Place
from bidkit.contract.compare import compare_versions
from bidkit.contract.compare_export import comparison_as_json
from bidkit.ingest.align.versions import Version, accepted_view, original_view, version_of
from bidkit.ingest.docx import read_docx
from tests.ingest.docx.builders import a_docx, a_paragraph, a_run, styled

WHO = 'w:id="1" w:author="对方法务" w:date="2026-03-01T08:00:00Z"'

CLAUSES = (
    "第一条 标的",
    "1.1 卖方向买方供应水位遥测终端四十台，型号见附件一。",
    "第二条 价款与支付",
    "2.1 合同总价为人民币480,000.00元（大写：肆拾捌万元整）。",
    "2.2 合同签订后10日内支付30%，验收合格后30日内支付65%，质保期满支付5%。",
    "第三条 违约责任",
    "3.1 卖方逾期交货的，每逾期一日按迟交部分价款的0.5‰支付违约金。",
    "3.2 违约金总额不超过合同总价的5%。",
    "第四条 争议解决",
    "4.1 争议协商不成的，提交青澜仲裁委员会仲裁。",
    "4.2 本合同一式四份，双方各执两份。",
)


def text(*clauses: str) -> Version:
    return version_of("\n\n".join(clauses).encode(), "contract.txt")


def docx(*paragraphs: str, **parts: str) -> bytes:
    return a_docx("".join(p if p.startswith("<w:p>") else a_paragraph(p) for p in paragraphs), parts=dict(parts))


def compared(old: bytes, new: bytes) -> Comparison:
    before = version_of(old, "v1.docx")
    return compare_versions(before, version_of(new, "v2.docx", before.marks))


def inserted(content: str) -> str:
    return f"<w:ins {WHO}>{a_run(content)}</w:ins>"


def deleted(content: str) -> str:
    return f'<w:del {WHO}><w:r><w:delText xml:space="preserve">{content}</w:delText></w:r></w:del>'


def replaced(old: str, new: str) -> list[str]:
    return [clause.replace(old, new) for clause in CLAUSES]


def test_a_contract_does_not_differ_from_itself() -> None:
    assert compare_versions(text(*CLAUSES), text(*CLAUSES)).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "kind", "unit"),
    [
        ("0.5‰", "0.05‰", "number", "permille"),
        ("10日内支付30%", "60日内支付30%", "number", "day"),
        ("480,000.00元", "490,000.00元", "amount", "CNY"),
        ("0.5‰", "____", "blank", ""),
        ("0.5‰", "0.5%", "number", "permille"),
    ],
)
def test_a_changed_value_is_named(old: str, new: str, kind: str, unit: str) -> None:
    (change,) = compare_versions(text(*CLAUSES), text(*replaced(old, new))).changes
    assert change.kind is ContractChangeKind.CHANGED
    assert [(v.kind, v.unit) for v in change.value_changes] == [(kind, unit)] or kind == "blank"
    assert change.value_changes[0].kind == kind


def test_a_clause_that_went_came_or_moved_is_one_change() -> None:
    gone = compare_versions(text(*CLAUSES), text(*CLAUSES[:7], *CLAUSES[8:])).changes
    assert [(c.kind, c.old) for c in gone] == [(ContractChangeKind.DELETED, CLAUSES[7])]
    come = compare_versions(text(*CLAUSES[:7], *CLAUSES[8:]), text(*CLAUSES)).changes
    assert [(c.kind, c.new) for c in come] == [(ContractChangeKind.INSERTED, CLAUSES[7])]
    moved = compare_versions(text(*CLAUSES), text(*CLAUSES[:1], CLAUSES[7], *CLAUSES[1:7], *CLAUSES[8:])).changes
    assert [c.kind for c in moved] == [ContractChangeKind.MOVED]


def test_numbers_that_follow_an_inserted_clause_are_no_changes() -> None:
    new = [*CLAUSES[:6], "3.1 买方逾期付款的，按同期贷款利率支付利息。", *CLAUSES[6:]]
    new[7:9] = [new[7].replace("3.1", "3.2"), new[8].replace("3.2", "3.3")]
    (change,) = compare_versions(text(*CLAUSES), text(*new)).changes
    assert (change.kind, change.new) == (ContractChangeKind.INSERTED, new[6])


def test_a_number_that_changed_on_its_own_is_a_change() -> None:
    (change,) = compare_versions(text(*CLAUSES), text(*replaced("3.2 ", "3.5 "))).changes
    assert (change.old_number, change.new_number) == ("3.2", "3.5")


def test_what_the_new_version_does_not_show_comes_first() -> None:
    old = docx("1.1 付款期限为30日。", "1.2 质保期为24个月。")
    new = docx(
        a_paragraph(a_run("1.1 付款期限为") + deleted("30日") + inserted("60日") + a_run("。")), "1.2 质保期为12个月。"
    )
    silent, tracked = compared(old, new).changes
    assert (silent.tracked, silent.old, silent.new) == (False, "1.2 质保期为24个月。", "1.2 质保期为12个月。")
    assert (tracked.tracked, tracked.old, tracked.new) == (True, "1.1 付款期限为30日。", "1.1 付款期限为60日。")
    assert tracked.authors == ("对方法务",)


def test_a_silent_edit_inside_a_tracked_clause_is_told_apart_from_it() -> None:
    old = docx("付款期限为30日，利息按年3%计。", "其他条款不变。")
    edited = a_run("付款期限为") + deleted("30日") + inserted("60日") + a_run("，利息按年1%计。")
    silent, tracked = compared(old, docx(a_paragraph(edited), "其他条款不变。")).changes
    assert [(v.old, v.new) for v in silent.value_changes] == [("3%", "1%")]
    assert [(v.old, v.new) for v in tracked.value_changes] == [("30日", "60日")]


def test_a_change_pending_in_both_versions_is_no_news() -> None:
    pending = a_paragraph(a_run("付款期限为") + deleted("30日") + inserted("60日") + a_run("。"))
    assert compared(docx(pending), docx(pending)).changes == ()


def test_margins_notes_hidden_text_and_comments_are_compared_too() -> None:
    note = '<w:footnote w:id="1">{}</w:footnote>'
    comment = '<w:comment w:id="1" w:author="甲">{}</w:comment>'
    body = [a_paragraph(a_run("价格条款。") + '<w:r><w:footnoteReference w:id="1"/></w:r>'), "交货条款。"]
    hidden = a_paragraph(a_run("另加服务费三万元。", "<w:vanish/>"))
    old = docx(*body, footnotes=note.format(a_paragraph("含税13%。")), header=a_paragraph("合同号 QL-2026-01"))
    new = docx(
        *body,
        hidden,
        footnotes=note.format(a_paragraph("含税6%。")),
        header=a_paragraph("合同号 QL-2026-02"),
        comments=comment.format(a_paragraph("请确认。")),
    )
    found = {change.place: (change.old, change.new) for change in compared(old, new).changes}
    assert found == {
        Place.NOTE: ("1 含税13%。", "1 含税6%。"),
        Place.MARGIN: ("合同号 QL-2026-01", "合同号 QL-2026-02"),
        Place.HIDDEN: ("", "另加服务费三万元。"),
        Place.COMMENT: ("", "请确认。"),
    }


def test_what_controls_and_text_boxes_say_is_compared_too() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    box = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"

    def version(days: int, share: int) -> bytes:
        body = a_paragraph(a_run("付款期限为") + control.format(a_run(f"{days}日")) + a_run("。"))
        return docx(body, a_paragraph(a_run("见框内。") + box.format(a_paragraph(f"违约金为总价的{share}%。"))))

    found = [(v.old, v.new) for c in compared(version(30, 5), version(60, 8)).changes for v in c.value_changes]
    assert found == [("30日", "60日"), ("5%", "8%")]


def test_page_numbers_are_no_change() -> None:
    old, new = (docx("条款一。", footer=a_paragraph(f"第 {page} 页 共 9 页")) for page in (1, 2))
    assert compared(old, new).changes == ()


def test_a_word_file_and_its_text_do_not_differ() -> None:
    word = version_of(docx(*CLAUSES, header=a_paragraph("合同号 QL-2026-01")), "contract.docx")
    plain = version_of("\n\n".join(CLAUSES).encode(), "contract.txt")
    assert compare_versions(word, plain).changes == ()


def test_the_views_of_a_word_file_are_the_texts_before_and_after_its_changes() -> None:
    mark = f"<w:rPr><w:ins {WHO}/></w:rPr>"
    data = docx(
        a_paragraph(a_run("甲") + deleted("乙") + inserted("丙")),
        a_paragraph(inserted("新段。"), mark),
        styled("x", "末段。"),
    )
    texts = [
        [block.text for block in read_docx(view(data, "v.docx"), "v.docx").blocks]
        for view in (original_view, accepted_view)
    ]
    assert texts == [["甲乙", "末段。"], ["甲丙", "新段。", "末段。"]]


def test_the_export_holds_every_field_a_program_asks_for() -> None:
    plain = comparison_as_json(compare_versions(text(*CLAUSES), text(*replaced("0.5‰", "0.3‰"))))
    assert plain["silent"] == 1
    (change,) = plain["changes"]
    assert {"kind", "old", "new", "value_changes", "tracked", "anchors"} <= change.keys()
    assert [anchor["side"] for anchor in change["anchors"]] == ["old", "new"]
