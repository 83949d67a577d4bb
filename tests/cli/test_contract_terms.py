"""`bidkit contract terms` prints what a document states, and what it leaves blank."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bidkit.cli.main import main


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    file = tmp_path / "contract.md"
    file.write_text(
        "## Warranty\n\nThe warranty period is 24 months from acceptance.\n\n质保金：____%\n", encoding="utf-8"
    )
    return file


def test_terms_come_as_one_json_list(contract: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["contract", "terms", str(contract), "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    assert end.value.code == 0
    assert [(row["term"], row["state"]) for row in rows] == [("warranty", "filled"), ("retention", "not filled")]
    assert {k: rows[0]["value"][k] for k in ("value", "unit", "event")} == {
        "value": "24",
        "unit": "month",
        "event": "acceptance",
    }


def test_a_table_is_for_people(contract: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["contract", "terms", str(contract), "--format", "table"])
    assert "not filled" in capsys.readouterr().out
