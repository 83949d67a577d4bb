from __future__ import annotations

import json
from pathlib import Path

import pytest

from bidkit.cli.main import main
from tests.deviation.builders import BLANK_ROW, HEADER, a_docx, needs


@pytest.fixture
def tender(tmp_path: Path) -> Path:
    path = tmp_path / "tender.docx"
    path.write_bytes(a_docx([*needs(), "## 四、技术要求偏离表", ("", (HEADER, BLANK_ROW))]))
    return path


def test_rows_are_printed_one_object_a_line(tender: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["deviation", "rows", str(tender), "--format", "jsonl"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert end.value.code == 0
    assert [(row["table"], row["item"], row["clause"]) for row in rows] == [
        ("technical", "泵站网关", "1.1"),
        ("technical", "泵站网关", "1.2"),
        ("technical", "液位计", "2.1"),
    ]
    assert rows[1]["requirement"].startswith("★1.2")
    assert rows[1]["anchor"]["doc"] == "tender.docx"


def test_rows_as_a_table_show_the_mark(tender: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["deviation", "rows", str(tender), "--format", "table"])
    assert "★" in capsys.readouterr().out


def test_a_file_without_any_demand_is_no_empty_answer(tmp_path: Path) -> None:
    path = tmp_path / "notice.docx"
    path.write_bytes(a_docx(["青澜市水务中心"]))
    with pytest.raises(SystemExit) as end:
        main(["deviation", "rows", str(path)])
    assert end.value.code == 4
