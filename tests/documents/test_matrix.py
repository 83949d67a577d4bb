"""What stands in the matrix."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from bidkit.documents.cells import CELL_LIMIT, cell_text
from bidkit.documents.matrix import write_matrix
from bidkit.documents.matrix_columns import COLUMNS, PLACE
from bidkit.documents.outline import outline_of
from bidkit.documents.wording import finding_text
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.requirements.model import Kind
from bidkit.respond.response import Compliance, Response
from bidkit.vocabulary.tables import label, labels
from tests.documents.builders import (
    DEAL,
    a_criterion,
    a_fact,
    a_quantity,
    a_requirement,
    a_solicitation,
)

ZH = Language.ZH


def sheet_of(data: bytes, code: str, language: Language = ZH, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)[label("matrix", code, language)]


def cell(sheet: Any, row: int, code: str) -> Any:
    return sheet.cell(row + 1, PLACE[code] + 1)


def write(tender: Any = None, work: Any = None, language: Language = ZH) -> bytes:
    return write_matrix(tender or a_solicitation(), DEAL, work or {}, language)


@pytest.mark.parametrize("language", list(Language))
def test_every_requirement_is_one_row_in_order_with_its_text_verbatim(language: Language) -> None:
    tender = a_solicitation(30)
    sheet = sheet_of(write(tender, language=language), "sheet.requirements", language)
    assert [cell(sheet, n, "text").value for n in range(1, 31)] == [r.text for r in tender.requirements]
    assert [cell(sheet, n, "id").value for n in range(1, 31)] == [r.id for r in tender.requirements]
    assert sheet.max_row == 31


@pytest.mark.parametrize("text", ["=1+1", "+86 拨打", "-5℃ 至 40℃", "@SUM(A1)", '=HYPERLINK("http://a")', "http://a.b"])
def test_text_that_looks_like_a_formula_or_link_stays_text(text: str) -> None:
    work = {a_requirement(1).id: Response(owner=text, answer=text, note=text)}
    data = write(a_solicitation(requirements=(a_requirement(1, text=text, clause=text),)), work)
    sheet = sheet_of(data, "sheet.requirements")
    for code in ("text", "clause", "owner", "answer", "note"):
        assert (cell(sheet, 1, code).data_type, cell(sheet, 1, code).value) == ("s", text)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if "sheet1.xml.rels" in name]


def test_control_characters_and_half_characters_are_left_out_of_cells() -> None:
    text = "工期\x00\x07\x0b为\ud800 90 \uffff天\r\n以内"
    sheet = sheet_of(write(a_solicitation(requirements=(a_requirement(1, text=text),))), "sheet.requirements")
    assert cell(sheet, 1, "text").value == "工期为 90 天\n以内"


@pytest.mark.parametrize("sign", ["长", "😀"])
def test_text_longer_than_a_cell_is_cut_and_says_how_much_is_missing(sign: str) -> None:
    text = sign * 40_000
    shown = cell_text(text, ZH)
    assert len(shown.encode("utf-16-le")) // 2 <= CELL_LIMIT
    kept = shown.count(sign)
    assert str(40_000 - kept) in shown.removeprefix(sign * kept)


def test_people_get_frozen_panes_filters_drop_downs_and_printable_pages() -> None:
    sheet = sheet_of(write(a_solicitation(5)), "sheet.requirements")
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == "A1:AA6"
    rules = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    assert rules["N2:N6"].formula1 == '"完全满足,部分满足,不满足,不适用"'
    assert rules["R2:R6"].formula1 == "'人员名单'!$A$2:$A$60"
    assert not rules["R2:R6"].showErrorMessage
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        None,  # one page wide, the format's default
        0,
    )
    assert sheet.print_title_rows == "$1:$1"
    assert "&P" in sheet.oddFooter.right.text
    assert cell(sheet, 1, "text").alignment.wrap_text
    assert sheet.column_dimensions["AA"].hidden


def test_a_knockout_row_is_tinted_and_the_columns_for_people_look_different() -> None:
    sheet = sheet_of(write(), "sheet.requirements")
    fills = {code: cell(sheet, 1, code).fill.start_color.rgb for code in ("text", "mark", "knockout", "answer")}
    assert fills["text"] == fills["mark"] == fills["knockout"] != fills["answer"]
    assert cell(sheet, 2, "text").fill.start_color.rgb not in fills.values()
    assert cell(sheet, 1, "knockout").value == "是"
    assert sheet.cell(1, PLACE["answer"] + 1).fill.start_color.rgb != sheet.cell(1, 1).fill.start_color.rgb


def test_rows_are_as_high_as_their_text_and_grow_when_somebody_types_more() -> None:
    rows = (a_requirement(1, text="短"), a_requirement(2, text="长" * 270), a_requirement(3, text="极长" * 20_000))
    data = write(a_solicitation(requirements=rows))
    sheet = sheet_of(data, "sheet.requirements")
    short, tall, tallest = (sheet.row_dimensions[n].height for n in (2, 3, 4))
    assert short < 60 < 4 * short < tall < tallest <= 409
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _, _, below = archive.read("xl/worksheets/sheet1.xml").partition(b'<row r="2"')
    assert b"customHeight" not in below


def test_figures_are_printed_with_bound_and_start() -> None:
    text = "质保期不少于 3 年，自验收合格之日起算。"
    row = a_requirement(1, text=text, quantities=(a_quantity(text, "3 年", start_event="验收合格之日"),))
    sheet = sheet_of(write(a_solicitation(requirements=(row,))), "sheet.requirements")
    assert cell(sheet, 1, "quantities").value == "≥ 3 年 (验收合格之日)"


def test_equal_input_gives_equal_bytes_without_a_person_or_machine_in_the_properties() -> None:
    data = write()
    assert data == write()
    properties = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert (properties.creator, properties.lastModifiedBy) == (None, None)


@pytest.mark.parametrize("language", list(Language))
def test_sheet_names_are_legal_and_headings_name_one_column_each(language: Language) -> None:
    names = [text[language] for code, text in labels("matrix").items() if code.startswith("sheet.")]
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)
    assert len(set(names)) == len(names)
    headings = [label("matrix", f"column.{column.code}", each) for column in COLUMNS for each in Language]
    assert len(headings) == len(set(headings)) == 2 * len(COLUMNS)


def test_scoring_sums_are_formulas_with_values_and_a_wrong_sum_is_said() -> None:
    data = write()
    formulas, values = sheet_of(data, "sheet.scoring"), sheet_of(data, "sheet.scoring", values=True)
    totals = {values.cell(r, 2).value: r for r in range(6, values.max_row + 1)}
    assert formulas.cell(totals["合计"], 4).value == "=SUM($D$2:$D$4)"
    assert [values.cell(totals["合计"], c).value for c in (4, 5, 6)] == [95, 100, "不一致"]
    assert [values.cell(totals["价格"], c).value for c in (4, 5, 6)] == [30, 30, "一致"]
    assert [values.cell(totals["技术"], c).value for c in (4, 5, 6)] == [65, 70, "不一致"]


def test_scoring_without_a_stated_total_says_so_and_unpriced_criteria_count_nothing() -> None:
    tender = a_solicitation(facts=(), criteria=(a_criterion("方案", None), a_criterion("团队", 12.5, "本地服务")))
    sheet = sheet_of(write(tender), "sheet.scoring", values=True)
    assert [sheet.cell(sheet.max_row, c).value for c in (2, 4, 5, 6)] == ["合计", 12.5, None, "文件未载明总分"]


def test_the_knockout_register_follows_the_requirement_sheet() -> None:
    first = a_requirement(1)
    data = write(work={first.id: Response(Compliance.FULL, owner="李工")})
    formulas, values = sheet_of(data, "sheet.knockouts"), sheet_of(data, "sheet.knockouts", values=True)
    assert values.max_row == 2
    assert [values.cell(2, c).value for c in (1, 2, 3, 9, 10)] == [1, "★", first.text, "完全满足", "李工"]
    assert f'MATCH("{first.id}"' in formulas.cell(2, 9).value


def test_facts_show_what_was_not_found_and_where_values_differ() -> None:
    sheet = sheet_of(write(), "sheet.facts")
    rows = {sheet.cell(r, 1).value: [sheet.cell(r, c).value for c in (2, 3, 6)] for r in range(2, sheet.max_row + 1)}
    assert rows["预算金额"] == [6480000, "预算金额：648万元", "前后不一致，请澄清"]
    assert rows["质保期"] == ["未载明", None, None]
    assert rows["分值构成"][0] == "价格 30 · 技术 70"
    assert len(rows) == len(labels("key_facts"))


@pytest.mark.parametrize(
    ("value", "other", "verdict"),
    [
        (90, 120, "前后不一致，请澄清"),
        ("5%", "10%", "前后不一致，请澄清"),
        ("2027-04-08T09:30", "2027-04-09T09:30", "前后不一致，请澄清"),
        ("终验合格之日起 3 年", "自终验合格之日起不少于 3 年", "措辞不同，请核对"),
        (True, True, "一致"),
    ],
)
def test_two_values_are_a_conflict_and_two_wordings_are_to_be_compared(value: Any, other: Any, verdict: str) -> None:
    sheet = sheet_of(write(a_solicitation(facts=(a_fact("warranty", value, "原文", other),))), "sheet.facts")
    assert verdict in {sheet.cell(r, 6).value for r in range(2, sheet.max_row + 1)}


def test_a_fact_of_an_unlisted_key_is_kept() -> None:
    sheet = sheet_of(write(a_solicitation(facts=(a_fact("site_visit", True),))), "sheet.facts")
    assert [sheet.cell(sheet.max_row, c).value for c in (1, 2)] == ["site_visit", "是"]


def test_findings_and_marks_have_a_sheet_each() -> None:
    data = write(a_solicitation(requirements=(a_requirement(1, mark="★"), a_requirement(2, mark="▲"))))
    questions, marks = sheet_of(data, "sheet.questions"), sheet_of(data, "sheet.marks")
    assert questions.cell(2, 3).value == "表1：新增的列“列1”不会被读回"
    assert [marks.cell(2, c).value for c in (1, 2, 3)] == ["★", "不满足即否决", 1]
    assert [marks.cell(3, c).value for c in (1, 2, 3)] == ["▲", "未载明", 1]


def test_a_finding_without_a_value_its_words_want_is_still_shown() -> None:
    finding = Finding("matrix-extra-column", Severity.NOTE, (("sheet", "表"),))
    assert finding_text(finding, Language.EN) == '表: the added column "{name}" is not read back'


def test_work_on_rows_no_longer_in_the_tender_is_not_lost() -> None:
    data = write(work={"req-gone": Response(Compliance.PARTIAL, "", "已写的响应", "", "王工", note="备注")})
    sheet = sheet_of(data, "sheet.earlier")
    typed = [sheet.cell(2, c).value or "" for c in range(1, 10)]
    assert typed == ["req-gone", "部分满足", "", "已写的响应", "", "王工", "", "", "备注"]
    assert "失效行的填写内容" not in openpyxl.load_workbook(io.BytesIO(write())).sheetnames


def test_a_tender_without_rows_facts_or_criteria_still_gives_a_whole_workbook() -> None:
    empty = a_solicitation(requirements=(), facts=(), criteria=(), findings=(), legend=())
    assert sheet_of(write(empty), "sheet.requirements").max_row == 1
    assert sheet_of(write(empty), "sheet.howto").max_row > 5


def test_the_outline_counts_what_stands_under_each_heading() -> None:
    rows = [
        a_requirement(1, section=("一", "甲"), knockout=True),
        a_requirement(2, section=("二",)),
        a_requirement(3, section=("一", "乙")),
        a_requirement(4, section=()),
        a_requirement(5, section=("一", "甲"), kind=Kind.CONTRACT),
    ]
    entries, paths = outline_of(rows)
    assert [(e.path, e.depth, e.title, e.rows, e.knockouts) for e in entries] == [
        ("1.", 0, "一", 3, 1),
        ("1.1.", 1, "甲", 2, 1),
        ("1.2.", 1, "乙", 1, 0),
        ("2.", 0, "二", 1, 0),
        ("3.", 0, "", 1, 0),
    ]
    assert paths == ("1.1.", "2.", "1.2.", "3.", "1.1.")


def test_section_progress_is_counted_live_with_the_value_of_now() -> None:
    data = write(a_solicitation(4), {a_requirement(2).id: Response(Compliance.FULL)})
    formulas, values = sheet_of(data, "sheet.sections"), sheet_of(data, "sheet.sections", values=True)
    assert [values.cell(2, c).value for c in range(1, 6)] == ["第五章 采购需求", 4, 1, 1, 0.25]
    assert formulas.cell(2, 4).value.startswith("=COUNTIFS('需求矩阵'!$Z$2:$Z$5,\"1.*\"")


def test_a_print_header_of_any_length_fits() -> None:
    deal = type(DEAL)("C" * 90, "甲&乙" * 90, "&" * 300, ZH)
    data = write_matrix(a_solicitation(), deal, {}, ZH)
    header = sheet_of(data, "sheet.requirements").oddHeader
    assert header.left.text
    assert header.right.text
