"""`bidkit bid` as a person types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bidkit.documents import office
from tests.cli.test_respond import call
from tests.usecases.bids.conftest import bid_folder
from tests.usecases.bids.desk import CODE, Word
from tests.usecases.conftest import house_folder

__all__ = ["bid_folder", "house_folder"]


@pytest.fixture
def folder(bid_folder: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files go, beside a data folder whose deal D-5 may write its bid."""
    shutil.copytree(bid_folder, home)
    monkeypatch.setattr(office, "office_program", lambda: None)
    monkeypatch.setenv("BIDKIT_PERSON", "bo")
    return tmp_path / "bid"


def test_a_bid_is_built_edited_pulled_and_watched(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("bid", "build", CODE, "-o", folder) == 0
    told = capsys.readouterr()
    assert "技术部分.docx: pages not counted" in told.out
    assert "“总体方案”" in told.err
    word = Word(folder / "技术部分.docx")
    word.paragraph_after("本节内容待编写", "手写的方案。")
    assert call("bid", "pull", CODE, word.save(folder.parent / "mail.docx")) == 0
    assert "D-5: technical: 0 answers changed, 1 parts edited" in capsys.readouterr().out
    assert call("bid", "build", CODE, "-o", folder) == 0
    assert call("bid", "status", CODE) == 0
    assert "总体方案" in capsys.readouterr().out
    assert call("bid", "status", CODE, "--format", "json") == 0
    volumes = {volume["volume"]: volume for volume in json.loads(capsys.readouterr().out)}
    standings = {part["id"]: part["standings"] for part in volumes["technical"]["parts"]}
    assert (standings["solution"], standings["implementation"]) == (["edited"], ["generated"])


def test_a_shut_gate_and_a_foreign_file_end_in_statuses_of_their_own(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("bid", "build", "D-1", "-o", folder) == 10
    assert "Write the bid" in capsys.readouterr().err
    assert call("bid", "build", "D-1", "-o", folder, "--override", "the customer asked", "--as", "chen") == 10
    assert "bidkit gate sign D-1" in capsys.readouterr().err
    assert not folder.exists()
    assert call("bid", "build", CODE, "-o", folder) == 0
    assert call("bid", "pull", "D-1", folder / "技术部分.docx") == 5
