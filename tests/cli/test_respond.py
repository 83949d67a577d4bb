"""`bidkit respond`, `bidkit library` and `bidkit facts-base` as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import bidkit.usecases.parse as parse
from bidkit.cli import main
from tests.builders import a_tender_file, rows_of

NEW = ["deal", "new", "D-1", "--name", "Pumps", "--customer", "Water office", "--language", "en", "--as", "wang"]


def call(*words: str | Path) -> int:
    """The exit status of `bidkit` with these words."""
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    assert isinstance(end.value.code, int)
    return end.value.code


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The row ids of D-1's tender."""
    monkeypatch.setattr(parse, "extraction", lambda: rows_of)
    path = a_tender_file(tmp_path)
    assert call(*NEW) == call("tender", "add", "D-1", path, "--as", "wang") == 0
    capsys.readouterr()
    assert call("parse", path) == 0
    return [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]


def test_an_answer_goes_from_a_row_to_the_library_and_back(rows: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    words = ["compliance=full", "answer=Our offers are signed by hand.", "state=approved"]
    assert call("respond", "set", "D-1", rows[0], *words, "--as", "li") == 0
    assert call("respond", "set", "D-1", rows[0], *words, "--as", "li") == 0
    assert "nothing changed" in capsys.readouterr().out
    assert call("library", "add", "--from", "D-1", "--as", "li") == 0
    assert call("library", "search", "signed by hand", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out.split("\n", 1)[1])
    assert found[0]["source_deal"] == "D-1"
    assert call("respond", "suggest", "D-1", "--row", rows[0], "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)[0]["answers"][0]["id"] == found[0]["id"]
    assert call("library", "remove", found[0]["id"], "--as", "li") == 0


def test_answers_of_a_file_come_in_whole_or_not_at_all(
    rows: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps({"id": rows[0], "note": "x"}) + "\n" + json.dumps({"id": "req-x", "note": "y"}))
    assert call("respond", "import", "D-1", file, "--as", "li") == 6
    file.write_text(json.dumps([{"id": rows[0], "note": "x"}]))
    assert call("respond", "import", "D-1", file, "--as", "li") == 0
    assert capsys.readouterr().out == "D-1: 1 rows changed\n"
    file.write_text("{not json")
    assert call("respond", "import", "D-1", file, "--as", "li") == 2


def test_facts_are_listed_with_what_is_wrong_with_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"kind": "licence", "subject": "Us", "attribute": "no", "value": "1"}))
    assert call("facts-base", "add", file, "--as", "li") == 0
    capsys.readouterr()
    assert call("facts-base", "list", "--format", "json") == 0
    (line,) = json.loads(capsys.readouterr().out)
    assert "proof" in line["mind"]
    assert call("facts-base", "prove", line["id"], file, "--page", "1", "--as", "li") == 0
    days = ["--from", "2027-01-01", "--to", "2027-02-01"]
    assert call("facts-base", "assign", "Zhao", "--role", "lead", "--project", "A", *days, "--as", "li") == 0
    assert call("facts-base", "assign", "Zhao", "--role", "lead", "--project", "B", *days, "--as", "li") == 0
    assert "Zhao" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [["library", "add"], ["respond", "set", "D-1", "req-1", "compliance"], ["facts-base", "add", "nowhere.json"]],
)
def test_a_wrong_call_says_what_to_do(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert call(*words, "--as", "li") == 2
    assert capsys.readouterr().err.startswith("bidkit: ")
