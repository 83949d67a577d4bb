"""A bid manager's first hour at the command line, on the sample tenders, with the program as installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import yaml
from pypdf import PdfReader

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLES = CHECKOUT / "samples"
EXPECTED = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))
COMMAND = Path(sys.executable).parent / "bidkit"


class Desk:
    """A folder with a space in its name, and the command line working on a store inside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "my deals"
        self.folder.mkdir()

    def __call__(self, *words: str | Path, status: int = 0) -> str:
        """What the command printed; fails unless it ended with `status`."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("BIDKIT_")}
        environment |= {"BIDKIT_HOME": str(self.folder / "home"), "BIDKIT_PERSON": "li.na"}
        done = subprocess.run(
            [str(COMMAND), *map(str, words)],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=environment,
            check=False,
        )
        assert done.returncode == status, done.stderr
        return done.stdout


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def columns(sheet: object) -> dict[str, int]:
    """Column heading -> column number, and the heading row itself under ""."""
    for row in sheet.iter_rows(min_row=1, max_row=10):  # type: ignore[attr-defined]
        names = {str(cell.value): cell.column for cell in row if cell.value}
        if len(names) > 8:
            return names | {"": row[0].row}
    raise AssertionError("no heading row")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_package_becomes_a_deal_with_matrix_and_brief(desk: Desk, language: str) -> None:
    desk("deal", "new", "D-1", "--name", "A", "--customer", "B", "--language", language)
    desk("tender", "add", "D-1", SAMPLES / language)
    desk("matrix", "D-1", "-o", "matrix.xlsx")
    desk("brief", "D-1", "-o", "brief.pdf")
    sheet = openpyxl.load_workbook(desk.folder / "matrix.xlsx").worksheets[0]
    least = sum(bounds[0] for bounds in EXPECTED[language]["rows"].values())
    assert sheet.max_row > least
    brief = PdfReader(desk.folder / "brief.pdf")
    assert len(brief.pages) == 1
    assert EXPECTED[language]["facts"]["project_number"] in brief.pages[0].extract_text()
    assert "whole" in desk("audit", "verify") or "events" in desk("audit", "verify")


def test_words_typed_into_the_matrix_outlive_a_second_export(desk: Desk) -> None:
    desk("deal", "new", "D-1", "--name", "A", "--customer", "B", "--language", "en")
    desk("tender", "add", "D-1", SAMPLES / "en")
    desk("matrix", "D-1", "-o", "matrix.xlsx")
    book = openpyxl.load_workbook(desk.folder / "matrix.xlsx")
    sheet = book.worksheets[0]
    place = columns(sheet)
    row = place[""] + 2
    row_id = sheet.cell(row, place["Row id"]).value
    sheet.cell(row, place["Response"]).value = "We confirm, see volume 2."
    book.save(desk.folder / "matrix.xlsx")

    desk("matrix", "D-1", "-o", "matrix.xlsx")
    desk("matrix", "D-1", "-o", "another.xlsx")

    for name in ("matrix.xlsx", "another.xlsx"):
        sheet = openpyxl.load_workbook(desk.folder / name).worksheets[0]
        typed = {
            sheet.cell(r, place["Row id"]).value: sheet.cell(r, place["Response"]).value for r in range(row, row + 1)
        }
        assert typed == {row_id: "We confirm, see volume 2."}


def test_adding_the_same_package_again_changes_nothing(desk: Desk) -> None:
    desk("deal", "new", "D-1", "--name", "A", "--customer", "B", "--language", "en")
    desk("tender", "add", "D-1", SAMPLES / "en")
    before = desk("deal", "show", "D-1")
    desk("tender", "add", "D-1", SAMPLES / "en")
    assert desk("deal", "show", "D-1") == before


def test_a_pipe_gets_one_json_object_a_row_and_nothing_else(desk: Desk) -> None:
    lines = desk("parse", SAMPLES / "en").splitlines()
    rows = [json.loads(line) for line in lines]
    assert all({"id", "text", "kind", "force", "knockout", "anchor", "why"} <= row.keys() for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)


def test_facts_agree_with_a_careful_reader(desk: Desk) -> None:
    facts = json.loads(desk("facts", SAMPLES / "zh"))["facts"]
    expected = EXPECTED["zh"]["facts"]
    assert facts["project_number"]["value"] == expected["project_number"]
    assert facts["submission_deadline"]["value"][:16] == expected["submission_deadline"]


def test_an_unknown_deal_ends_in_its_own_status(desk: Desk) -> None:
    desk("matrix", "D-404", "-o", "matrix.xlsx", status=6)
    assert not (desk.folder / "matrix.xlsx").exists()


def test_a_file_nobody_can_read_ends_in_its_own_status(desk: Desk) -> None:
    (desk.folder / "plan.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    desk("parse", "plan.pdf", status=3)
