from __future__ import annotations

import json
from pathlib import Path

import pytest

from bidkit.cli.main import main

TEXT = "采购合同\n\n第一条 履约保证金\n乙方应提交合同金额5%的履约保证金。\n\n第二条 培训\n乙方负责培训甲方人员。\n"
NDA = "NON-DISCLOSURE AGREEMENT\n\n1. The Receiving Party shall not reverse engineer any sample or software.\n"


def _status(*words: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(words)
    return end.value.code


def test_clauses_are_printed_as_a_list_with_type_text_anchor_and_confidence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "contract.txt"
    file.write_text(TEXT, encoding="utf-8")

    assert _status("contract", "clauses", str(file), "--format", "json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert {row["type"] for row in printed} >= {"performance_security", "training"}
    assert all(list(row) == ["type", "text", "anchor", "confidence"] for row in printed)


def test_statements_are_printed_with_their_evidence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "nda.md"
    file.write_text(NDA, encoding="utf-8")

    assert _status("contract", "statements", str(file)) == 0
    printed = {row["statement"]: row for row in json.loads(capsys.readouterr().out)}
    assert printed["no_reverse_engineering"]["verdict"] == "entailment"
    assert "reverse engineer" in printed["no_reverse_engineering"]["evidence"][0]["text"]


@pytest.mark.parametrize("command", ["clauses", "statements"])
def test_a_table_is_printed_for_people(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "nda.txt"
    file.write_text(NDA, encoding="utf-8")

    assert _status("contract", command, str(file), "--format", "table") == 0
    assert "sure" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _status("contract", "clauses", str(tmp_path / "none.docx")) == 3
    assert "none.docx" in capsys.readouterr().err
