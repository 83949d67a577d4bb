from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import bidkit.usecases.matrix as matrix_use_case
from bidkit.documents.matrix import read_matrix
from bidkit.documents.matrix_columns import PLACE
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict, NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.respond.response import Compliance, Response, RowEdit, merge
from bidkit.store import Store
from bidkit.usecases.deals import new_deal
from bidkit.usecases.matrix import MatrixExport, export_matrix, matrix_of_reading, read_matrix_back
from bidkit.usecases.tenders import add_tender
from tests.builders import a_tender_file, read_simply


@pytest.fixture
def matrix(store: Store, tmp_path: Path) -> Path:
    """A matrix of the deal D-1 with two rows."""
    add_tender(store, code="D-1", paths=[a_tender_file(tmp_path)], actor="wang", read=read_simply)
    export(store, tmp_path / "matrix.xlsx")
    return tmp_path / "matrix.xlsx"


def export(store: Store, path: Path, code: str = "D-1", actor: str = "li") -> MatrixExport:
    return export_matrix(store, code=code, path=path, actor=actor)


def change(path: Path, act: Callable[[Any], object]) -> None:
    """Work in the requirement sheet as a person would."""
    book = openpyxl.load_workbook(path)
    act(book.worksheets[0])
    book.save(path)
    book.close()


def type_in(path: Path, row: int = 1, **words: str) -> None:
    def typing(sheet: Any) -> None:
        for column, word in words.items():
            sheet.cell(row + 1, PLACE[column] + 1).value = word

    change(path, typing)


def words(store: Store) -> list[tuple[str, str, str, str]]:
    """What is in force on each row somebody worked on."""
    with store.read() as work:
        typed = work.responses.of(work.deals.get("D-1")).values()
    return [(str(w.compliance), w.owner, w.answer, w.note) for w in typed]


def shown(path: Path) -> list[Response]:
    return [edit.typed for edit in read_matrix(path.read_bytes()).edits]


def events(store: Store) -> int:
    with store.read() as work:
        return work.verify_audit().events


def test_a_second_export_keeps_what_people_typed_in(store: Store, matrix: Path) -> None:
    type_in(matrix, compliance="Partial", owner="Li", answer="see annex\n2", note="ask")
    again = export(store, matrix)
    assert again.read_back.changed == 1
    assert words(store) == [("partial", "Li", "see annex\n2", "ask")]
    assert shown(matrix) == [
        Response(Compliance.PARTIAL, "", "see annex\n2", "", "Li", note="ask", version=1),
        Response(),
    ]


def test_exporting_twice_changes_nothing(store: Store, matrix: Path) -> None:
    type_in(matrix, owner="Li")
    export(store, matrix)
    data, count = matrix.read_bytes(), events(store)
    again = export(store, matrix)
    assert again.read_back.changed == 0
    assert again.read_back.findings == ()
    assert (matrix.read_bytes(), events(store)) == (data, count)
    assert sorted(path.name for path in matrix.parent.glob("*.xlsx")) == ["matrix.xlsx"]


def test_words_stay_when_the_file_is_deleted(store: Store, matrix: Path) -> None:
    type_in(matrix, note="keep me")
    export(store, matrix)
    matrix.unlink()
    export(store, matrix)
    assert shown(matrix)[0].note == "keep me"


def test_words_stay_on_a_row_when_an_addendum_comes(store: Store, matrix: Path, tmp_path: Path) -> None:
    type_in(matrix, owner="Li")
    paths = [tmp_path / "tender.txt", a_tender_file(tmp_path, "a.txt", "Bonds must be posted.")]
    add_tender(store, code="D-1", paths=paths, actor="wang", read=read_simply)
    export(store, matrix)
    assert sorted(work.owner for work in shown(matrix)) == ["", "", "Li"]


def test_a_word_a_person_removed_is_gone_from_the_sheet_and_still_in_the_history(store: Store, matrix: Path) -> None:
    type_in(matrix, note="wrong")
    export(store, matrix)
    type_in(matrix, note="")
    export(store, matrix)
    assert words(store) == [("", "", "", "")]
    with store.read() as work:
        deal = work.deals.get("D-1")
        (row_id,) = work.responses.of(deal)
        assert [state.note for state in work.responses.history(deal, row_id)] == ["wrong", ""]


def test_two_people_on_different_fields_of_a_row_both_keep_theirs(store: Store, matrix: Path) -> None:
    copy = matrix.with_name("copy.xlsx")
    copy.write_bytes(matrix.read_bytes())
    type_in(matrix, owner="Li")
    type_in(copy, compliance="Full")
    export(store, matrix)
    assert export(store, copy).read_back.findings == ()
    assert words(store) == [("full", "Li", "", "")]


def test_two_people_on_the_same_field_lose_no_word_and_are_told(store: Store, matrix: Path) -> None:
    copy = matrix.with_name("copy.xlsx")
    copy.write_bytes(matrix.read_bytes())
    type_in(matrix, compliance="Full", answer="yes")
    type_in(copy, compliance="Not met", answer="no")
    export(store, matrix)
    stale = copy.read_bytes()
    told = export(store, copy, actor="wang").read_back
    assert [f.code for f in told.findings] == ["row-typed-twice"] * 2
    note = "Also typed: Compliance = Not met\nAlso typed: Response = no"
    assert words(store) == [("full", "", "yes", note)]
    copy.write_bytes(stale)
    export(store, copy)
    assert words(store) == [("full", "", "yes", note)]


def test_a_file_that_is_no_matrix_is_left_alone(store: Store, matrix: Path) -> None:
    matrix.write_text("my own notes")
    with pytest.raises(Conflict, match="not a matrix"):
        export(store, matrix)
    assert matrix.read_text() == "my own notes"


def test_the_matrix_of_another_deal_is_left_alone(store: Store, matrix: Path, tmp_path: Path) -> None:
    new_deal(store, code="D-2", name="Dams", customer="Water", language=Language.EN, actor="li")
    other = a_tender_file(tmp_path, "dam.txt", "Dams must hold.", "Gates must close.", "Spillways must be dry.")
    add_tender(store, code="D-2", paths=[other], actor="li", read=read_simply)
    before = matrix.read_bytes()
    with pytest.raises(Conflict, match="another deal than D-2"):
        export(store, matrix, "D-2")
    assert matrix.read_bytes() == before


def test_what_has_no_place_in_the_next_sheet_is_kept_in_a_copy(store: Store, matrix: Path) -> None:
    change(matrix, lambda sheet: sheet.append(["my own row"]))
    before = matrix.read_bytes()
    told = export(store, matrix).read_back
    assert "matrix-extra-row" in {finding.code for finding in told.findings}
    assert told.kept is not None
    assert told.kept.read_bytes() == before
    assert export(store, matrix).read_back.kept is None


def test_a_sheet_that_is_saved_while_we_write_is_read_again(
    store: Store, matrix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, turns = matrix_use_case.write_matrix, []

    def slow(*given: Any) -> bytes:
        if not turns:
            type_in(matrix, owner="Zhao")
        turns.append(1)
        return write(*given)

    monkeypatch.setattr(matrix_use_case, "write_matrix", slow)
    assert export(store, matrix).read_back.changed == 1
    assert len(turns) == 2
    assert shown(matrix)[0].owner == "Zhao"


def test_reading_back_leaves_the_file_as_it_is(store: Store, matrix: Path) -> None:
    type_in(matrix, owner="Li")
    before = matrix.read_bytes()
    assert read_matrix_back(store, code="D-1", path=matrix, actor="li").changed == 1
    assert read_matrix_back(store, code="D-1", path=matrix, actor="li").changed == 0
    assert matrix.read_bytes() == before


def test_reading_back_a_file_that_is_not_there_is_the_callers_mistake(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_matrix_back(store, code="D-1", path=tmp_path / "nothing.xlsx", actor="li")


def test_a_deal_without_tender_says_how_to_add_one(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="bidkit tender add D-1"):
        export(store, tmp_path / "matrix.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_missing_folder_is_the_callers_mistake(store: Store, matrix: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        export(store, matrix.parent / "nowhere" / "matrix.xlsx")


def test_a_matrix_without_deal_keeps_what_people_typed_too(tmp_path: Path) -> None:
    reading, path = read_simply([a_tender_file(tmp_path)]), tmp_path / "rows.xlsx"
    path.write_bytes(matrix_of_reading(reading, path))
    type_in(path, owner="Li")
    path.write_bytes(matrix_of_reading(reading, path))
    assert shown(path)[0].owner == "Li"


SHOWN = Response(Compliance.FULL, "", "yes", "", "Li", version=3)


@pytest.mark.parametrize(
    ("typed", "current", "expected", "clashes"),
    [
        pytest.param(SHOWN, SHOWN, SHOWN, [], id="nothing happened"),
        pytest.param(replace(SHOWN, owner="Wu"), SHOWN, replace(SHOWN, owner="Wu"), [], id="only the sheet changed"),
        pytest.param(SHOWN, replace(SHOWN, owner="Wu"), replace(SHOWN, owner="Wu"), [], id="only the store changed"),
        pytest.param(
            replace(SHOWN, owner="Wu"), replace(SHOWN, owner="Wu"), replace(SHOWN, owner="Wu"), [], id="alike"
        ),
        pytest.param(replace(SHOWN, owner=""), SHOWN, replace(SHOWN, owner=""), [], id="removed"),
        pytest.param(
            replace(SHOWN, owner="Wu"), replace(SHOWN, owner="He"), replace(SHOWN, owner="He"), ["owner"], id="both"
        ),
    ],
)
def test_a_merge_takes_changes_and_keeps_what_was_changed_on_both_sides(
    typed: Response, current: Response, expected: Response, clashes: list[str]
) -> None:
    merged, found = merge(RowEdit("req-1", typed, base=SHOWN), replace(current, version=5))
    assert merged == replace(expected, version=5)
    assert [clash.field for clash in found] == clashes


def test_a_sheet_that_does_not_say_what_it_showed_can_add_words_and_remove_none() -> None:
    merged, clashes = merge(RowEdit("req-1", Response(note="new")), SHOWN)
    assert merged == replace(SHOWN, note="new")
    assert clashes == ()


def test_a_deal_is_printed_with_its_own_words(store: Store) -> None:
    with store.read() as work:
        deal: Deal = work.deals.get("D-1")
    assert matrix_use_case.header(deal).customer == "Water office"
