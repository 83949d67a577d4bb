from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from bidkit.deviation.tables_model import DeviationTable, Table
from bidkit.documents.deviation.model import DeviationPaper
from bidkit.documents.deviation.sheet import write_deviation_xlsx
from bidkit.documents.deviation.sheet_read import read_deviation_xlsx
from bidkit.documents.model import DealHeader
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.language import Language
from bidkit.terms.model import Direction
from tests.deviation.rows import a_row, a_table
from tests.documents.deviation.papers import ANSWERS, answered, changed

DEAL = DealHeader("D-1", "智慧泵站", "青澜市水务中心", Language.ZH)
TECHNICAL = a_table(a_row(8, band=True, requirement="（一）终端"), a_row(1), a_row(2, knockout=True), a_row(3))
COMMERCIAL = a_table(a_row(11, table=Table.COMMERCIAL, requirement="45 日内交货"))
TABLES = (TECHNICAL, COMMERCIAL)


def _written(language: Language = Language.ZH, tables: tuple[DeviationTable, ...] = TABLES) -> bytes:
    return write_deviation_xlsx([answered(table, language=language) for table in tables], DEAL, language)


def _edited(data: bytes, *cells: tuple[str, str, str]) -> bytes:
    """The workbook after somebody typed (sheet, cell, text) with another program."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet, cell, text in cells:
        book[sheet][cell] = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("language", list(Language))
def test_each_table_has_a_sheet_with_frozen_header_and_choices(language: Language) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_written(language)))
    assert len(book.sheetnames) == 3
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "E2"
    assert sheet["D3"].value == a_row(1).requirement
    assert sheet["D3"].alignment.wrap_text
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"正偏离,无偏离,负偏离,待定"'
    assert str(choice.sqref) == "G2:G5"
    assert book.worksheets[-1].sheet_state == "veryHidden"


def test_a_book_nobody_touched_reads_back_as_no_change() -> None:
    technical, commercial = read_deviation_xlsx(_written(), TABLES)
    assert [edit.typed for edit in technical.edits] == list(ANSWERS)
    assert [edit.typed for edit in commercial.edits] == [ANSWERS[0]]
    assert all(edit.typed == edit.base for edit in technical.edits)
    assert (technical.kept, technical.findings, commercial.findings) == ((), (), ())


def test_what_another_program_saved_comes_back() -> None:
    data = _edited(
        _written(), ("技术偏离表", "E3", "缓存 90 天"), ("技术偏离表", "G3", "无偏离"), ("技术偏离表", "I4", "见附件")
    )
    edits = read_deviation_xlsx(data, TABLES)[0].edits
    assert edits[0].typed == changed(ANSWERS[0], response="缓存 90 天", direction=Direction.NONE)
    assert edits[0].base == ANSWERS[0]
    assert edits[1].typed == changed(ANSWERS[1], note="见附件")


def test_text_is_never_a_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(_written())) as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)
    assert b"<f>" not in sheets
    assert ANSWERS[2].response.startswith("=")


def test_sorted_moved_and_added_rows_are_told_apart() -> None:
    book = openpyxl.load_workbook(io.BytesIO(_written()))
    sheet = book["技术偏离表"]
    last = [cell.value for cell in sheet[5]]
    sheet.delete_rows(5)
    sheet.insert_rows(2)
    for column, value in enumerate(last, start=1):
        sheet.cell(2, column, value)
    sheet.append(["9", "", "", "补充要求", "我方补充"])
    out = io.BytesIO()
    book.save(out)
    back = read_deviation_xlsx(out.getvalue(), TABLES)[0]
    assert {edit.row_id for edit in back.edits} == {a_row(n).id for n in (1, 2, 3)}
    assert [finding.code for finding in back.findings] == ["deviation-file-added-row"]
    assert "我方补充" in back.kept[0]


def test_a_row_of_another_table_and_a_strange_word_are_kept_and_reported() -> None:
    data = _edited(_written(), ("技术偏离表", "J3", "dev-unknown"), ("技术偏离表", "G4", "差不多"))
    back = read_deviation_xlsx(data, TABLES)[0]
    assert {finding.code for finding in back.findings} == {
        "deviation-file-unknown-row",
        "deviation-file-unknown-direction",
        "deviation-file-missing-rows",
    }
    assert any("缓存 60 天" in text for text in back.kept)


def test_rows_are_known_by_their_words_where_the_ids_are_gone() -> None:
    book = openpyxl.load_workbook(io.BytesIO(_written(tables=(TECHNICAL,))))
    book["技术偏离表"].delete_cols(10)
    del book["_shown"]
    out = io.BytesIO()
    book.save(out)
    (back,) = read_deviation_xlsx(out.getvalue(), (TECHNICAL,))
    assert [edit.row_id for edit in back.edits] == [a_row(n).id for n in (1, 2, 3)]
    assert back.edits[0].base is None
    assert back.edits[0].typed.response == ANSWERS[0].response


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no", b"text"])
def test_a_file_that_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_deviation_xlsx(data, TABLES)


def test_a_workbook_of_something_else_is_refused() -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with pytest.raises(UnreadableFile, match="no sheet has our columns"):
        read_deviation_xlsx(out.getvalue(), TABLES)


def test_unanswered_rows_are_blank_and_equal_input_gives_equal_bytes() -> None:
    papers = [DeviationPaper(TECHNICAL)]
    data = write_deviation_xlsx(papers, DEAL, Language.ZH)
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["G3"].value is None
    assert data == write_deviation_xlsx(papers, DEAL, Language.ZH)
