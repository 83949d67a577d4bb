"""`bidkit report` as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.cli import main

NEW = ["deal", "new", "D-1", "--name", "Pumps", "--customer", "Water office", "--language", "en", "--as", "wang"]


@pytest.fixture(autouse=True)
def deal(capsys: pytest.CaptureFixture[str]) -> None:
    """The deal D-1."""
    assert call(*NEW) == 0
    capsys.readouterr()


def call(*words: str | Path) -> int:
    """The exit status of `bidkit` with these words."""
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    assert isinstance(end.value.code, int)
    return end.value.code


@pytest.mark.parametrize(
    ("words", "name", "begins", "said"),
    [
        (["dossier", "D-1"], "dossier.pdf", b"%PDF", "10 open conditions, 0 void decisions"),
        (["pipeline"], "all.pdf", b"%PDF", "1 deals, 1 of them listed"),
        (["pipeline", "--language", "zh"], "all.xlsx", b"PK", "1 deals, 1 of them listed"),
        (["scorecard", "--from", "2026-10-01", "--to", "2026-12-31"], "card.xlsx", b"PK", "0 people, 0 contributions"),
    ],
    ids=["dossier", "pipeline on paper", "pipeline in a sheet", "scorecard"],
)
def test_a_report_is_written_and_counted(
    words: list[str], name: str, begins: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    assert call("report", *words, "-o", path) == 0
    assert path.read_bytes().startswith(begins)
    assert capsys.readouterr().out == f"{path}: {said}\n"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["dossier", "D-404", "-o", "{}/d.pdf"], 6, "there is no such deal"),
        (["pipeline", "-o", "{}/all.txt"], 2, "a report is a .pdf or an .xlsx"),
        (["scorecard", "--from", "2026-13-01", "--to", "2026-12-31", "-o", "{}/c.xlsx"], 2, "2026-13-01"),
        (["scorecard", "--from", "2026-12-31", "--to", "2026-01-01", "-o", "{}/c.xlsx"], 2, "ends before it begins"),
    ],
    ids=["unknown deal", "kind of file", "no day", "period"],
)
def test_a_wrong_call_says_what_is_wrong_and_writes_nothing(
    words: list[str], status: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = set(tmp_path.glob("*.*"))
    assert call("report", *(word.format(tmp_path) for word in words)) == status
    assert said in capsys.readouterr().err
    assert set(tmp_path.glob("*.*")) == before


@pytest.mark.parametrize("name", ["dossier", "pipeline", "scorecard"])
def test_the_help_of_every_report_teaches_by_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("report", name, "--help") == 0
    assert f"  bidkit report {name}" in capsys.readouterr().out.partition("Examples:")[2]
