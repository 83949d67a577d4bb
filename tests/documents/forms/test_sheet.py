from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bidkit.documents.forms.layout import is_read_only
from bidkit.documents.forms.plain import plain_values
from bidkit.documents.forms.sheet import write_form_xlsx
from bidkit.documents.forms.sheet_read import read_form_xlsx
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.language import Language
from bidkit.vocabulary.forms import form_definition, form_definitions
from tests.documents.forms.builders import a_paper, full_values

FORMS = sorted(form_definitions())
LIBRE = ("visit_report", "price_schedule")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("form", FORMS)
def test_a_filled_form_comes_back_from_excel_as_it_was(form: str, language: Language) -> None:
    paper = a_paper(form)
    back = read_form_xlsx(write_form_xlsx(paper, language))
    assert back.values == plain_values(paper.definition, paper.values)
    assert back.origin == paper.origin
    assert back.findings == ()


def typed_over(data: bytes, *acts: Callable[[Workbook], None]) -> bytes:
    """The workbook after a person at a spreadsheet program."""
    book = load_workbook(io.BytesIO(data))
    for act in acts:
        act(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def enters(label: str, value: Any) -> Callable[[Workbook], None]:
    def act(book: Workbook) -> None:
        sheet = book.worksheets[0]
        (row,) = [cells[0].row for cells in sheet.iter_rows() if str(cells[0].value or "").rstrip(" *△") == label]
        sheet.cell(row, 2).value = value

    return act


@pytest.fixture(scope="module")
def blank() -> bytes:
    """A blank visit report in English."""
    return write_form_xlsx(a_paper("visit_report", values={}), Language.EN)


def test_a_blank_form_comes_back_from_excel_blank_with_all_its_fields(blank: bytes) -> None:
    back = read_form_xlsx(blank)
    entered = {field.key for field in form_definition("visit_report").fields if not is_read_only(field)}
    assert (back.values, back.present, back.findings) == ({}, entered, ())


def test_what_a_person_types_into_cells_comes_back_as_typed_values(blank: bytes) -> None:
    def rows(book: Workbook) -> None:
        book["Our people"]["A2"] = "Anders Holm [u-11]"
        book["Next steps"]["A2"], book["Next steps"]["C2"] = "send the offer", date(2026, 3, 9)

    data = typed_over(
        blank,
        enters("Visit time", datetime(2026, 3, 5, 14, 30)),  # noqa: DTZ001  a cell has no zone
        enters("Place", 7),
        enters("Budget min · amount", 1200.5),
        enters("Budget min · currency", "EUR"),
        enters("No gift or hospitality", "yes"),
        rows,
    )
    assert read_form_xlsx(data).values == {
        "visit_at": "2026-03-05T14:30:00",
        "place": "7",
        "budget_min": {"amount": "1200.5", "currency": "EUR"},
        "gifts_none": True,
        "our_attendees": ["u-11"],
        "next_steps": [{"action": "send the offer", "due": "2026-03-09"}],
    }


def test_a_percentage_typed_as_excel_keeps_it_is_the_number_people_see() -> None:
    data = write_form_xlsx(a_paper("price_schedule", values={}), Language.EN)

    def act(book: Workbook) -> None:
        sheet = book["Lines"]
        column = next(cell.column for cell in sheet[1] if str(cell.value).startswith("Tax rate"))
        sheet.cell(2, column).value = 0.13

    assert read_form_xlsx(typed_over(data, act)).values == {"rows": [{"tax_rate": "13"}]}


def test_an_amount_without_its_currency_is_kept_for_validation_to_name(blank: bytes) -> None:
    back = read_form_xlsx(typed_over(blank, enters("Budget min · amount", 5)))
    assert back.values == {"budget_min": {"amount": "5"}}


def test_moved_rows_and_columns_and_added_ones_are_understood() -> None:
    data = write_form_xlsx(a_paper("visit_report"), Language.ZH)

    def act(book: Workbook) -> None:
        sheet = book["影响范围"]
        sheet.insert_cols(1)
        sheet["A1"], sheet["A2"] = "谁说的", "运行部"
        book.worksheets[0].insert_rows(3)
        book.move_sheet("影响范围", 3)

    back = read_form_xlsx(typed_over(data, act))
    assert back.values == plain_values(form_definition("visit_report"), full_values(form_definition("visit_report")))
    assert [(f.code, dict(f.values)["name"], dict(f.values)["text"]) for f in back.findings] == [
        ("form-extra-column", "谁说的", "运行部")
    ]


def test_a_sheet_deleted_by_a_person_leaves_its_field_out(blank: bytes) -> None:
    back = read_form_xlsx(typed_over(blank, lambda book: book.remove(book["Impact"])))
    assert "impact" not in back.present
    assert "causes" in back.present


def test_no_text_becomes_a_formula() -> None:
    book = load_workbook(io.BytesIO(write_form_xlsx(a_paper("visit_report", values={"place": "=1+1"}), Language.EN)))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_a_text_too_long_for_a_cell_is_left_out_not_cut() -> None:
    back = read_form_xlsx(write_form_xlsx(a_paper("visit_report", values={"purpose": "长" * 40_000}), Language.EN))
    assert "purpose" not in back.present
    assert "place" in back.present


def test_choices_are_offered_as_lists(blank: bytes) -> None:
    rules = load_workbook(io.BytesIO(blank)).worksheets[0].data_validations.dataValidation
    assert {rule.type for rule in rules} == {"list"}
    assert len(rules) >= 6


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 torn"], ids=["empty", "other", "torn"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"save it as \.xlsx"):
        read_form_xlsx(data)


def test_a_workbook_that_is_no_form_of_ours_is_refused() -> None:
    buffer = io.BytesIO()
    Workbook().save(buffer)
    with pytest.raises(UnreadableFile, match="not made from one of our forms"):
        read_form_xlsx(buffer.getvalue())


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_workbooks_saved_by_libreoffice_come_back_as_they_were(tmp_path: Path) -> None:
    papers = {f"{form}-{language}": (a_paper(form), language) for form in LIBRE for language in Language}
    for name, (paper, language) in papers.items():
        (tmp_path / f"{name}.xlsx").write_bytes(write_form_xlsx(paper, language))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(path) for path in sorted(tmp_path.glob("*.xlsx"))]
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for name, (paper, _) in papers.items():
        back = read_form_xlsx((tmp_path / "out" / f"{name}.xlsx").read_bytes())
        assert back.values == plain_values(paper.definition, paper.values), name
        assert (back.origin, back.findings) == (paper.origin, ()), name
