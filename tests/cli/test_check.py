"""`bidkit check` as a person types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.test_respond import call
from tests.usecases.sealing_bid import clean_bid, tender

NEW = ["deal", "new", "D-5", "--name", "泵站监测", "--customer", "湖东水务运行中心", "--language", "en", "--as", "bo"]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the deal D-5, its tender and its people; made once, copied for each test."""
    folder = tmp_path_factory.mktemp("check")
    (folder / "招标文件.docx").write_bytes(tender())
    clean_bid(folder / "bid")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BIDKIT_HOME", str(folder / "home"))
        assert call("person", "add", "bo", "--name", "Bo", "--role", "admin", "--as", "bo") == 0
        assert call(*NEW) == 0
        assert call("tender", "add", "D-5", folder / "招标文件.docx", "--as", "bo") == 0
    return folder


@pytest.fixture
def bid(begun: Path, home: Path) -> list[str | Path]:
    """The options that name the volumes."""
    shutil.copytree(begun / "home", home)
    return [word for path in sorted((begun / "bid").iterdir()) for word in ("--bid", path)]


def values(capsys: pytest.CaptureFixture[str]) -> dict[str, list[dict[str, str]]]:
    return json.loads(capsys.readouterr().out)


def test_an_open_blocker_ends_with_status_ten_and_is_shown(
    bid: list[str | Path], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert call("check", "D-5", *bid, "--as", "bo") == 10
    shown = capsys.readouterr()
    assert "is not answered" in shown.out
    assert "Not checked" in shown.out
    assert "do not seal" in shown.err


def test_the_list_as_json_names_rule_clause_place_reason_and_fix(
    bid: list[str | Path], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert call("check", "D-5", *bid, "--format", "json", "--as", "bo") == 10
    found = values(capsys)
    fault = found["faults"][0]
    assert fault["rule"] == "knockouts-answered"
    assert fault["clause"].startswith("招标文件.docx")
    assert fault["fix"].startswith("Answer the row")
    assert len(found["rules"]) > 40


def test_questions_are_answered_and_findings_waived_from_the_command_line(
    bid: list[str | Path], capsys: pytest.CaptureFixture[str]
) -> None:
    call("check", "run", "D-5", *bid, "--as", "bo")
    assert call("check", "answer", "D-5", "seal-and-sign", "yes", "--as", "bo") == 0
    assert call("check", "answer", "D-5", "seal-and-sign", "perhaps", "--as", "bo") == 2
    capsys.readouterr()
    assert call("check", "show", "D-5", "--format", "json") == 10
    found = values(capsys)
    seals = [q for q in found["questions"] if q["rule"] == "seal-and-sign"]
    assert seals
    assert all(q["answer"] == "yes" for q in seals)
    fault = found["faults"][0]["id"]
    assert call("check", "waive", "D-5", fault, "--reason", "a title, no demand", "--as", "bo") == 0
    capsys.readouterr()
    call("check", "show", "D-5", "--format", "json")
    assert next(f for f in values(capsys)["faults"] if f["id"] == fault)["waived"].startswith("a title")


def test_papers_are_written_where_they_are_asked_for(
    bid: list[str | Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    papers = ["--xlsx", tmp_path / "check.xlsx", "--pdf", tmp_path / "pdf", "--word", tmp_path / "word"]
    assert call("check", "D-5", *bid, *papers, "--as", "bo") == 10
    assert (tmp_path / "check.xlsx").is_file()
    assert {path.name for path in (tmp_path / "pdf").iterdir()} == {"self-check.pdf", "score-self-assessment.pdf"}


def test_comparing_with_another_bid_is_refused_with_status_eleven(
    bid: list[str | Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("check", "D-5", *bid, "--against", "other.docx", "--as", "bo") == 11
    assert "is not offered" in capsys.readouterr().err


def test_a_bid_that_was_never_checked_is_not_found(bid: list[str | Path]) -> None:
    assert bid
    assert call("check", "show", "D-5") == 6
    assert call("check", "D-5", "--as", "bo") == 6
