"""`bidkit deviation compare` answers line by line and keeps what it does not know."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bidkit.cli.main import main


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["deviation", "compare", *words])
    shown = capsys.readouterr()
    return int(end.value.code or 0), shown.out, shown.err


def test_one_pair_is_answered_with_direction_reason_and_both_values(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = _run(capsys, "--required", "合同签订后30日内交货", "--offered", "合同签订后60日内交货")
    row = json.loads(out)
    assert status == 0
    assert (row["direction"], row["required"]["value"], row["offered"]["value"]) == ("negative", "30", "60")
    assert "不利" in row["why"]


def test_a_file_of_pairs_gives_one_line_each_and_keeps_further_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = [
        {"id": 7, "required": "RAM: at least 16 GB", "offered": "RAM: 32 GB", "note": "x"},
        {"id": 8, "required": "Warranty: 2 years", "offered": "fully compliant", "term": "warranty"},
    ]
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(json.dumps(pair) for pair in pairs) + "\n\n", encoding="utf-8")
    status, out, _ = _run(capsys, "--pairs", str(file))
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [(row["id"], row["direction"]) for row in rows] == [(7, "positive"), (8, "unclear")]
    assert rows[0]["note"] == "x"


@pytest.mark.parametrize("line", ["{", "[]", '{"required": "a"}', '{"required": "a", "offered": 3}'])
def test_a_line_that_is_no_pair_is_named(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(line, encoding="utf-8")
    status, out, err = _run(capsys, "--pairs", str(file))
    assert (status, out) == (2, "")
    assert "line 1" in err


def test_half_a_pair_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, "--required", "30 days")[0] == 2
