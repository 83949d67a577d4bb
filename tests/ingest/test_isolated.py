from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.ingest.isolated import read_bytes_isolated, read_isolated
from bidkit.ingest.read import read_file
from bidkit.kernel.errors import UnreadableFile
from tests.ingest.small_files import a_workbook, saved

SHEET = saved(a_workbook(Prices=[["No.", "Item", "Price"], [1, "Pump", 9.5]]))


def reason_of(data: bytes, name: str, *, seconds: float = 60, megabytes: int = 2_000) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_bytes_isolated(data, name, seconds=seconds, megabytes=megabytes)
    assert name in str(refused.value)
    return refused.value.reason


def test_an_isolated_reading_gives_the_same_document(tmp_path: Path) -> None:
    file = tmp_path / "prices.doc"
    file.write_bytes(SHEET)
    assert read_isolated(file, seconds=60, megabytes=2_000) == read_file(file)


def test_a_refusal_comes_through() -> None:
    assert reason_of(b"print('hello')", "tool.py") == "unsupported-type"


def test_a_reading_that_takes_too_long_is_ended() -> None:
    assert reason_of(SHEET, "prices.xlsx", seconds=0.01) == "hung"


def test_a_reading_that_takes_too_much_memory_is_ended() -> None:
    # The text needs several times its size once decoded and cut into blocks.
    assert reason_of("投标人应当提交。\n".encode() * 1_500_000, "notes.txt", megabytes=350) == "too-large"
