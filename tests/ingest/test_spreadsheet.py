from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bidkit.ingest import spreadsheet
from bidkit.ingest.model import BlockKind, SourceDocument
from bidkit.ingest.spreadsheet import print_value, read_spreadsheet
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.finding import Finding, Severity
from tests.ingest.small_files import a_workbook, a_zip, rows, saved, texts


def workbook(**sheets: list[list[object]]) -> SourceDocument:
    return read_spreadsheet(saved(a_workbook(**sheets)), "prices.xlsx")


def test_each_sheet_is_a_heading_with_its_rows_below() -> None:
    document = workbook(Prices=[["No.", "Item", "Price"], [1, "Pump", 9.5]], Notes=[["Sign here"]])
    assert [(b.kind, b.text, b.anchor.path) for b in document.blocks] == [
        (BlockKind.HEADING, "Prices", ()),
        (BlockKind.TABLE_ROW, "No. | Item | Price", ("Prices",)),
        (BlockKind.TABLE_ROW, "1 | Pump | 9.5", ("Prices",)),
        (BlockKind.HEADING, "Notes", ()),
        (BlockKind.TABLE_ROW, "Sign here", ("Notes",)),
    ]
    assert [row.place.table for row in rows(document) if row.place] == [0, 0, 1]


def test_the_header_is_found_below_title_rows() -> None:
    book = a_workbook(
        S=[["Price sheet for pumps"], ["No.", "Item", "Price"], [1, "Pump, stainless", 9], [2, "Valve", None]]
    )
    book["S"].merge_cells("A1:C1")
    found = rows(read_spreadsheet(saved(book), "prices.xlsx"))
    assert [row.place.header for row in found if row.place] == [False, True, False, False]
    assert found[2].place is not None
    assert found[2].place.header_texts == ("No.", "Item", "Price")


def test_merged_regions_become_spans_and_continued_cells() -> None:
    book = a_workbook(S=[["No.", "Item", "Price"], [1, "Pump", 9], [None, "Valve", 8]])
    book["S"].merge_cells("A2:A3")
    last = rows(read_spreadsheet(saved(book), "prices.xlsx"))[-1]
    assert [(c.column, c.continued, c.text) for c in last.cells] == [
        (0, True, "1"),
        (1, False, "Valve"),
        (2, False, "8"),
    ]
    assert last.text == "Valve | 8"


def test_tables_with_a_gap_between_them_are_two() -> None:
    document = workbook(S=[["No.", "Item", "Price"], [1, "Pump", 9], [], ["No.", "Task", "Days"], [1, "Build", 3]])
    last = rows(document)[-1].place
    assert last is not None
    assert (last.table, last.row, last.header_texts) == (1, 1, ("No.", "Task", "Days"))


def test_a_hidden_sheet_is_read_and_reported() -> None:
    book = a_workbook(Prices=[["Item"]], Lists=[["yes"], ["no"]])
    book["Lists"].sheet_state = "hidden"
    document = read_spreadsheet(saved(book), "prices.xlsx")
    assert texts(document) == ["Prices", "Item", "Lists", "yes", "no"]
    assert document.findings == (Finding("hidden-sheet", Severity.NOTE, (("sheet", "Lists"),)),)


def test_line_breaks_in_a_cell_are_lines() -> None:
    (row,) = rows(workbook(S=[["1. sign\n2. seal\n", "x"]]))
    assert [line.text for line in row.cells[0].lines] == ["1. sign", "2. seal"]


def test_a_lonely_cell_far_away_costs_nothing() -> None:
    book = a_workbook(S=[["Item", "Price"]])
    book["S"]["A900000"] = "forgotten"
    assert texts(read_spreadsheet(saved(book), "prices.xlsx")) == ["S", "Item | Price"]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (1.0, "1"),
        (0.1 + 0.2, "0.3"),
        (1234567.89, "1234567.89"),
        (-3, "-3"),
        (True, "TRUE"),
        (None, ""),
        (" a\r\nb ", "a\nb"),
        (date(2031, 6, 9), "2031-06-09"),
        (datetime(2031, 6, 9), "2031-06-09"),  # noqa: DTZ001 - a cell has no time zone
        (datetime(2031, 6, 9, 12, 30), "2031-06-09 12:30"),  # noqa: DTZ001
        (time(9, 0, 5), "09:00:05"),
        (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_values_are_printed_as_a_person_sees_them(value: object, printed: str) -> None:
    assert print_value(value) == printed


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_CELLS", 5)
    with pytest.raises(UnreadableFile) as refused:
        workbook(A=[[1, 2, 3]], B=[[1, 2, 3]])
    assert refused.value.reason == "too-large"


def test_a_workbook_that_unpacks_to_an_absurd_size_is_left_alone() -> None:
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.main+xml"/></Types>'
    data = a_zip(("[Content_Types].xml", types), ("xl/worksheets/sheet1.xml", bytes(30_000_000)))
    with pytest.raises(UnreadableFile) as refused:
        read_spreadsheet(data, "prices.xlsx")
    assert refused.value.reason == "zip-bomb"


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(UnreadableFile) as refused:
        workbook(S=[[]])
    assert refused.value.reason == "empty"
