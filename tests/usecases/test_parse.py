from __future__ import annotations

from pathlib import Path

import pytest

import bidkit.usecases.parse as parse
from bidkit.ingest.package import Refusal
from bidkit.kernel.errors import NothingFound, UnreadableFile, UsageError
from bidkit.usecases.parse import facts_of_files, parse_files, read_files
from bidkit.usecases.watch import NOBODY
from tests.builders import a_tender_file, rows_of


class Diary:
    """A watcher that remembers."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.refusals: list[Refusal] = []

    def step(self, what: str) -> None:
        self.steps.append(what)

    def refused(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)


@pytest.fixture
def simple_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in extraction in the place of the real one."""
    monkeypatch.setattr(parse, "extraction", lambda: rows_of)


@pytest.mark.usefixtures("simple_rows")
def test_several_files_are_one_tender_and_the_steps_are_told(tmp_path: Path) -> None:
    diary = Diary()
    one, two = a_tender_file(tmp_path), a_tender_file(tmp_path, "a.txt", "Bonds must be posted.")
    reading = parse_files([one, two], diary)
    assert [row.anchor.file_name for row in reading.solicitation.requirements] == ["a.txt", "tender.txt", "tender.txt"]
    assert diary.steps == ["reading a.txt", "reading tender.txt", "finding requirements"]


@pytest.mark.usefixtures("simple_rows")
def test_reading_twice_gives_equal_values(tmp_path: Path) -> None:
    path = a_tender_file(tmp_path)
    assert parse_files([path]) == parse_files([path])
    assert facts_of_files([path]) == facts_of_files([path])


@pytest.mark.usefixtures("simple_rows")
def test_a_refused_file_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    diary = Diary()
    reading = parse_files([tmp_path / "empty.pdf", a_tender_file(tmp_path)], diary)
    assert len(reading.solicitation.requirements) == 2
    assert [refusal.reason for refusal in diary.refusals] == ["empty"]
    assert reading.refused == tuple(diary.refusals)


def test_files_of_which_none_can_be_read_are_an_error_that_names_the_reasons(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "tool.exe").write_bytes(b"MZ\x90\x00" * 100)
    with pytest.raises(UnreadableFile, match=r"2 files: no file could be read \(empty, unsupported-type\)"):
        read_files([tmp_path / "empty.pdf", tmp_path / "tool.exe"], NOBODY)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    with pytest.raises(UnreadableFile, match="no file in it"):
        read_files([tmp_path / "package"], NOBODY)


def test_a_path_that_does_not_exist_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_files([a_tender_file(tmp_path), tmp_path / "nothing"], NOBODY)


@pytest.mark.usefixtures("simple_rows")
def test_no_requirement_is_an_error_for_rows_and_none_for_facts(tmp_path: Path) -> None:
    path = a_tender_file(tmp_path, "notice.txt", "Project number: HX-2026-17", "The weather is fine.")
    with pytest.raises(NothingFound):
        parse_files([path])
    found = facts_of_files([path])
    assert found["facts"]["project_number"]["value"] == "HX-2026-17"
