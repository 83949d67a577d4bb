"""What comes back from a matrix people worked in."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bidkit.documents.matrix import read_matrix, write_matrix
from bidkit.documents.matrix_columns import PLACE
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.language import Language
from bidkit.respond.response import NO_RESPONSE, Compliance, Response, RowEdit, State
from bidkit.vocabulary.tables import label
from tests.documents.builders import DEAL, a_requirement, a_solicitation

IDS = tuple(a_requirement(n).id for n in range(1, 6))
WORK = {
    IDS[0]: Response(
        Compliance.FULL,
        "36 个月",
        "满足，见方案 3.2 节\n另附图纸",
        "P12",
        "王工",
        date(2027, 3, 1),
        State.REVIEWED,
        "-",
        3,
    ),
    IDS[1]: Response(Compliance.PARTIAL, "007", "与 <b>&amp;</b>", note="1.0", version=1),
    IDS[2]: Response(Compliance.NOT_APPLICABLE, version=2),
}

TRICKY = {IDS[3]: Response(Compliance.NONE, "-1", "=满足 _x0041_\t@A1", "@P", "＝王", None, State.DRAFTED, "+1", 1)}


def written(language: Language = Language.ZH) -> bytes:
    return write_matrix(a_solicitation(5), DEAL, WORK, language)


def changed(change: Callable[[Any], None], language: Language = Language.ZH) -> bytes:
    """The matrix after `change` worked on its requirement sheet."""
    book = openpyxl.load_workbook(io.BytesIO(written(language)))
    change(book[label("matrix", "sheet.requirements", language)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put(sheet: Any, row: int, **texts: Any) -> None:
    for code, text in texts.items():
        sheet.cell(row + 1, PLACE[code] + 1).value = text


def codes(data: bytes) -> list[str]:
    return [finding.code for finding in read_matrix(data).findings]


@pytest.mark.parametrize("language", list(Language))
def test_an_untouched_matrix_gives_back_what_was_written_with_its_versions(language: Language) -> None:
    work = WORK | TRICKY
    back = read_matrix(write_matrix(a_solicitation(5), DEAL, work, language))
    assert back.edits == tuple(RowEdit(i, work.get(i, NO_RESPONSE), work.get(i, NO_RESPONSE)) for i in IDS)
    assert (back.extra_rows, back.findings) == ((), ())


def test_an_edit_comes_back_beside_what_the_sheet_had_shown() -> None:
    data = changed(lambda s: put(s, 1, compliance="Not met", owner="赵工", answer="改写", note=None))
    assert read_matrix(data).edits[0] == RowEdit(
        IDS[0], replace(WORK[IDS[0]], compliance=Compliance.NONE, owner="赵工", answer="改写", note=""), WORK[IDS[0]]
    )


def test_sorted_and_hidden_rows_and_moved_columns_change_nothing() -> None:
    def shuffle(sheet: Any) -> None:
        rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value
        sheet.row_dimensions[3].hidden = True
        sheet.insert_rows(1, amount=2)
        sheet.insert_cols(2, amount=1)

    back = read_matrix(changed(shuffle))
    assert {e.row_id: e.typed for e in back.edits} == {i: WORK.get(i, NO_RESPONSE) for i in IDS}
    assert back.findings == ()


def test_an_added_column_with_content_is_reported() -> None:
    data = changed(lambda s: [setattr(s["X1"], "value", "报价影响"), setattr(s["X3"], "value", "2 万元")])
    back = read_matrix(data)
    assert [(f.code, dict(f.values)["name"]) for f in back.findings] == [("matrix-extra-column", "报价影响")]
    assert len(back.edits) == 5


def test_an_added_row_is_kept_and_reported() -> None:
    data = changed(lambda s: put(s, 6, text="客户口头要求：现场演示", owner="王工"))
    back = read_matrix(data)
    assert codes(data) == ["matrix-extra-row"]
    assert back.extra_rows[0].row == 7
    assert back.extra_rows[0].cells == (("要求原文", "客户口头要求：现场演示"), ("负责人", "王工"))


def test_an_id_of_another_tender_is_kept_and_reported() -> None:
    data = changed(lambda s: put(s, 6, id="req-ffffffffffff", answer="别处的内容"))
    back = read_matrix(data)
    assert codes(data) == ["matrix-unknown-row"]
    assert ("响应内容", "别处的内容") in back.extra_rows[0].cells
    assert len(back.edits) == 5


def test_the_ids_known_now_decide_when_they_are_given() -> None:
    back = read_matrix(written(), known=IDS[1:])
    assert [(f.code, dict(f.values)["id"]) for f in back.findings] == [("matrix-unknown-row", IDS[0])]
    assert ("响应内容", "满足，见方案 3.2 节\n另附图纸") in back.extra_rows[0].cells


def test_a_copied_row_counts_once_and_a_different_copy_is_kept_and_reported() -> None:
    same = changed(lambda s: put(s, 6, id=IDS[3]))
    other = changed(lambda s: put(s, 6, id=IDS[3], answer="第二种写法"))
    assert codes(same) == []
    assert codes(other) == ["matrix-duplicate-row"]
    assert read_matrix(other).edits[3].typed == NO_RESPONSE
    assert ("响应内容", "第二种写法") in read_matrix(other).extra_rows[0].cells


def test_an_unknown_compliance_word_leaves_the_row_as_it_was_and_is_reported() -> None:
    data = changed(lambda s: put(s, 1, compliance="基本满足", owner="赵工"))
    back = read_matrix(data)
    assert codes(data) == ["matrix-unknown-word"]
    assert (back.edits[0].typed.compliance, back.edits[0].typed.owner) == (Compliance.FULL, "赵工")
    assert ("响应情况", "基本满足") in back.extra_rows[0].cells


def test_deleted_rows_are_counted_and_change_nothing() -> None:
    data = changed(lambda s: s.delete_rows(2, 2))
    back = read_matrix(data)
    assert [(f.code, dict(f.values)["count"]) for f in back.findings] == [("matrix-missing-rows", "2")]
    assert [e.row_id for e in back.edits] == list(IDS[2:])


def test_numbers_and_dates_typed_into_text_columns_come_back_as_printed_text() -> None:
    edit = read_matrix(changed(lambda s: put(s, 4, answer=12, note=0.5, owner=True))).edits[3]
    assert (edit.typed.answer, edit.typed.note) == ("12", "0.5")


def test_a_matrix_without_its_hidden_sheet_is_still_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written()))
    del book["_base"]
    buffer = io.BytesIO()
    book.save(buffer)
    back = read_matrix(buffer.getvalue())
    assert [e.typed.answer for e in back.edits] == [WORK.get(i, NO_RESPONSE).answer for i in IDS]
    assert {(e.base, e.typed.version) for e in back.edits} == {(None, 0)}


def a_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    return buffer.getvalue()


@pytest.mark.parametrize("data", [b"", b"not a workbook", a_zip()], ids=["empty", "text", "zip"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"save it as \.xlsx"):
        read_matrix(data)


def test_a_sheet_without_row_ids_is_refused_with_what_to_do() -> None:
    data = changed(lambda s: setattr(s.cell(1, PLACE["id"] + 1), "value", "?"))
    with pytest.raises(UnreadableFile, match="export the matrix again"):
        read_matrix(data)


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_matrix_saved_again_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    data = write_matrix(a_solicitation(5), DEAL, WORK | TRICKY, Language.ZH)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "m.xlsx").write_bytes(data)
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "in" / "m.xlsx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert read_matrix((tmp_path / "m.xlsx").read_bytes()) == read_matrix(data)
