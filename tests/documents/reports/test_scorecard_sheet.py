"""The process scorecard as a workbook."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from bidkit.documents.reports.model import ScoreSheet
from bidkit.documents.reports.scorecard_sheet import write_scorecard_sheet
from bidkit.kernel.language import Language
from tests.documents.reports.builders import MODEL, a_score_sheet

EN = Language.EN


def sheets_of(*people: ScoreSheet) -> list[list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(write_scorecard_sheet(people, MODEL, EN)))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def test_every_item_has_a_line_and_each_person_a_column() -> None:
    sheet = a_score_sheet()
    head, *lines, total = sheets_of(sheet, a_score_sheet(person="Zhou", items=sheet.items))[0]
    assert head == ("Stage", "Code", "Assessment item", "李娜", "Zhou")
    assert [line[1] for line in lines] == [item.item for item in sheet.items]
    assert [line[3] for line in lines] == [len(item.proofs) for item in sheet.items]
    assert total[2:] == ("Total", sum(line[3] for line in lines), sum(line[4] for line in lines))


def test_an_item_nobody_brought_home_shows_a_zero() -> None:
    assert 0 in [line[3] for line in sheets_of(a_score_sheet())[0][1:-1]]


def test_every_contribution_stands_with_its_deal_and_its_proof() -> None:
    sheet = a_score_sheet()
    head, *lines = sheets_of(sheet)[1]
    assert head == ("Person", "Code", "Assessment item", "Date", "Deal", "Proof")
    assert len(lines) == sum(len(item.proofs) for item in sheet.items)
    assert {line[5] for line in lines} == {"visit_report-3\nproof.pdf"}


def test_nobody_gives_a_card_without_people() -> None:
    assert sheets_of()[0][0] == ("Stage", "Code", "Assessment item")
