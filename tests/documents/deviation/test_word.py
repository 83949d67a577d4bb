from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pytest

from bidkit.deviation.entries import NoDeviation, RowEntry
from bidkit.deviation.tables_model import Listing, Table
from bidkit.documents.deviation.model import DeviationPaper
from bidkit.documents.deviation.word import write_deviation_docx
from bidkit.documents.deviation.word_read import read_deviation_docx
from bidkit.kernel.errors import Conflict, UnreadableFile
from bidkit.kernel.language import Language
from bidkit.terms.model import Direction
from tests.deviation.builders import HEADER, a_docx
from tests.deviation.rows import a_row, a_table
from tests.documents.deviation.papers import (
    ANSWERS,
    BLANK,
    ISSUED,
    Tender,
    W,
    a_tender_with,
    answered,
    changed,
    grid,
    opened,
    with_text,
)


@pytest.fixture(scope="module")
def blank() -> Tender:
    return a_tender_with(BLANK)


@pytest.fixture(scope="module")
def issued() -> Tender:
    return a_tender_with(ISSUED)


def test_the_tenders_own_blank_form_is_kept_and_its_rows_are_filled(blank: Tender) -> None:
    data = write_deviation_docx(answered(blank.table), blank.data)
    rows = grid(data)
    assert tuple(rows[0]) == HEADER
    assert rows[1] == [
        "1",
        "泵站网关",
        "1.1 断网后缓存数据不少于 30 天。",
        "缓存 60 天\n含断电保护",
        "正偏离",
        "见检测报告\nP12",
    ]
    assert rows[2][1:] == ["", "★1.2 防护等级不低于 IP67，提供检测报告。", "满足，IP67", "无偏离", "P15"]
    assert len(rows) == 4
    texts = [paragraph.text for paragraph in opened(data).paragraphs]
    assert texts[:2] == ["四、技术要求偏离表", "投标人名称："]
    assert "1、“投标技术响应”一栏必须一一对照“招标技术要求”填写，不能不合理照搬照抄招标文件的技术要求。" in texts
    assert not any("用户需求书" in text or "合同" in text for text in texts)


def test_an_issued_form_keeps_every_printed_word_and_gets_only_answers(issued: Tender) -> None:
    before = [row for row in grid(a_docx(ISSUED)) if row]
    after = grid(write_deviation_docx(answered(issued.table), issued.data))
    assert [row[:3] for row in after] == [row[:3] for row in before]
    assert after[2][3:] == ["缓存 60 天\n含断电保护", "正偏离", "见检测报告\nP12"]
    assert after[1] == before[1]


@pytest.mark.parametrize("language", list(Language))
def test_the_house_form_repeats_its_header_and_has_fixed_columns(language: Language) -> None:
    table = a_table(a_row(8, band=True, requirement="（一）终端"), a_row(1), a_row(2))
    data = write_deviation_docx(answered(table, language=language))
    (made,) = opened(data).element.body.iter(f"{W}tbl")
    rows = grid(data)
    assert made.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
    assert made.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
    assert [len(row) for row in rows] == [9, 1, 9, 9]
    assert rows[1] == ["（一）终端"]
    assert rows[2][3:6] == [a_row(1).requirement, "缓存 60 天\n含断电保护", "60 天"]
    assert "{{" not in "".join(paragraph.text for paragraph in opened(data).paragraphs)


def test_a_blank_table_is_refused_and_with_a_persons_word_says_so() -> None:
    table = a_table(a_row(1), listing=Listing.DEVIATIONS)
    with pytest.raises(Conflict):
        write_deviation_docx(DeviationPaper(table))
    said = NoDeviation(Table.TECHNICAL, "wang.li", date(2026, 5, 4))
    rows = grid(write_deviation_docx(DeviationPaper(table, statement=said)))
    assert rows[1] == ["本表所列条款无偏离，我方完全响应招标文件的相应要求。"]


def test_nothing_private_of_the_tender_goes_out(blank: Tender) -> None:
    document = docx.Document(io.BytesIO(blank.data))
    document.core_properties.author = "采购办公室 李某"
    document.sections[0].header.paragraphs[0].text = "内部资料"
    source = io.BytesIO()
    document.save(source)
    data = write_deviation_docx(answered(blank.table), source.getvalue())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "ignore")
    assert "李某" not in everything
    assert "内部资料" not in everything


def test_equal_input_gives_equal_bytes(blank: Tender) -> None:
    paper = answered(blank.table)
    assert write_deviation_docx(paper, blank.data) == write_deviation_docx(paper, blank.data)


def test_another_tender_does_not_hold_the_form(blank: Tender) -> None:
    with pytest.raises(UnreadableFile, match="does not hold this form"):
        write_deviation_docx(answered(blank.table), a_docx(["# 公告"]))


@pytest.mark.parametrize("form", ["blank", "issued", "house"])
def test_a_file_nobody_touched_reads_back_as_no_change(form: str, blank: Tender, issued: Tender) -> None:
    tender = issued if form == "issued" else blank
    paper = answered(tender.table)
    data = write_deviation_docx(paper, None if form == "house" else tender.data)
    back = read_deviation_docx(data, tender.table)
    assert [edit.typed for edit in back.edits] == [paper.entries[edit.row_id] for edit in back.edits]
    assert [edit.base for edit in back.edits] == [edit.typed for edit in back.edits]
    assert len(back.edits) == len(paper.entries)
    assert (back.kept, back.findings) == ((), ())


def test_what_people_typed_comes_back_field_by_field(blank: Tender) -> None:
    paper = answered(blank.table)
    data = write_deviation_docx(paper, blank.data)
    first = blank.table.rows[0].id
    for old, new in (("含断电保护", "含双电源"), ("正偏离", "负偏离"), ("P12", "P13"), ("见检测报告", "见附件二")):
        data = with_text(data, old, new)
    edit = read_deviation_docx(data, blank.table).edits[0]
    assert edit.row_id == first
    assert edit.base == ANSWERS[0]
    assert edit.typed == changed(
        ANSWERS[0], response="缓存 60 天\n含双电源", direction=Direction.NEGATIVE, proof="P13", note="见附件二"
    )


def test_a_word_nobody_knows_leaves_the_direction_and_is_reported(blank: Tender) -> None:
    data = with_text(write_deviation_docx(answered(blank.table), blank.data), "正偏离", "差不多")
    back = read_deviation_docx(data, blank.table)
    assert back.edits[0].typed.direction is Direction.POSITIVE
    assert [finding.code for finding in back.findings] == ["deviation-file-unknown-direction"]
    assert back.kept == ("差不多",)


def test_a_changed_requirement_is_reported(blank: Tender) -> None:
    old = "1.1 断网后缓存数据不少于 30 天。"
    data = with_text(write_deviation_docx(answered(blank.table), blank.data), old, "1.1 断网后缓存数据不少于 20 天。")
    back = read_deviation_docx(data, blank.table)
    assert [finding.code for finding in back.findings] == ["deviation-file-requirement-changed"]


def test_rows_deleted_doubled_and_added_are_told_apart(blank: Tender) -> None:
    document = opened(write_deviation_docx(answered(blank.table), blank.data))
    (table,) = document.element.body.iter(f"{W}tbl")
    rows = list(table.iter(f"{W}tr"))
    copy = docx.oxml.parse_xml(docx.oxml.xmlchemy.serialize_for_reading(rows[1]))
    next(iter(copy.iter(f"{W}t"))).text = "9"
    for node in copy.iter(f"{W}t"):
        if node.text == "P12":
            node.text = "P99"
    rows[3].addnext(copy)
    table.remove(rows[2])
    extra = docx.oxml.parse_xml(docx.oxml.xmlchemy.serialize_for_reading(rows[3]))
    for control in list(extra.iter(f"{W}sdt")):
        control.getparent().remove(control)
    next(iter(extra.iter(f"{W}t"))).text = "补充一行"
    copy.addnext(extra)
    out = io.BytesIO()
    document.save(out)
    back = read_deviation_docx(out.getvalue(), blank.table)
    assert [edit.row_id for edit in back.edits] == [blank.table.rows[0].id, blank.table.rows[2].id]
    assert {finding.code for finding in back.findings} == {
        "deviation-file-duplicate-row",
        "deviation-file-added-row",
        "deviation-file-missing-rows",
    }
    assert any("P99" in text for text in back.kept)
    assert any("补充一行" in text for text in back.kept)


def test_rows_are_known_by_their_words_where_every_control_is_gone(blank: Tender) -> None:
    document = opened(write_deviation_docx(answered(blank.table), blank.data))
    for control in list(document.element.body.iter(f"{W}sdt")):
        for node in list(control.find(f"{W}sdtContent")):
            control.addprevious(node)
        control.getparent().remove(control)
    out = io.BytesIO()
    document.save(out)
    back = read_deviation_docx(with_text(out.getvalue(), "满足，IP67", "满足，IP68"), blank.table)
    assert [edit.row_id for edit in back.edits] == [row.id for row in blank.table.rows]
    assert back.edits[1].typed.response == "满足，IP68"
    assert back.edits[1].typed.direction is Direction.NONE


def test_a_file_of_something_else_is_refused(blank: Tender) -> None:
    with pytest.raises(UnreadableFile, match="no deviation table"):
        read_deviation_docx(a_docx(["# 公告", ("", (("日期", "地点"), ("今天", "青澜")))]), blank.table)


def test_an_unanswered_row_shows_nothing(blank: Tender) -> None:
    rows = grid(write_deviation_docx(DeviationPaper(blank.table), blank.data))
    assert {tuple(row[3:]) for row in rows[1:]} == {("", "", "")}
    back = read_deviation_docx(write_deviation_docx(DeviationPaper(blank.table), blank.data), blank.table)
    assert {edit.typed for edit in back.edits} == {RowEntry()}


def test_text_that_looks_like_a_placeholder_or_markup_stays_text() -> None:
    row = a_row(1, requirement="{{title}} <w:br/> & ]]> 参数")
    entry = RowEntry("{{project}} <b>&amp;</b>", direction=Direction.NONE)
    paper = DeviationPaper(a_table(row), {row.id: entry}, project="{{bidder}}", bidder="青澜")
    data = write_deviation_docx(paper)
    assert grid(data)[1][3:5] == ["{{title}} <w:br/> & ]]> 参数", "{{project}} <b>&amp;</b>"]
    assert opened(data).paragraphs[1].text == "项目名称：{{bidder}}"
    assert read_deviation_docx(data, a_table(row)).edits[0].typed == entry


def test_two_thousand_rows_come_back_whole() -> None:
    table = a_table(*(a_row(number, item=f"设备 {number // 10}") for number in range(1, 2001)))
    paper = answered(table)
    back = read_deviation_docx(write_deviation_docx(paper), table)
    assert {edit.row_id: edit.typed for edit in back.edits} == dict(paper.entries)
