from __future__ import annotations

import json
from pathlib import Path

import pytest

from bidkit.cli.main import main
from bidkit.kernel.clock import SystemClock
from bidkit.kernel.language import Language
from bidkit.store import open_store
from bidkit.usecases.deals import new_deal
from bidkit.usecases.people import save_person
from tests.contract.contracts import CLEAN_ZH
from tests.usecases.deals import hire
from tests.usecases.test_contract_review import word_file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the deal D-9, its people, and a contract in order."""
    monkeypatch.setenv("BIDKIT_HOME", str(tmp_path))
    for name in ("BIDKIT_DATABASE_URL", "BIDKIT_STORAGE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    store = open_store(tmp_path / "bidkit.db", tmp_path / "blobs", SystemClock())
    hire(store)
    save_person(store, login="dora", name="Dora", roles=("delivery",), actor="root")
    new_deal(store, code="D-9", name="Pumps", customer="Water office", language=Language.EN, actor="ann")
    store.close()
    word_file(tmp_path / "draft.docx", CLEAN_ZH)
    word_file(tmp_path / "other.docx", CLEAN_ZH.replace("24个月", "36个月"))
    (tmp_path / "bid.txt").write_text(CLEAN_ZH, "utf-8")
    return tmp_path


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(words)
    return int(end.value.code or 0)


def test_a_contract_goes_from_review_to_signature_at_the_command_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review = ("contract", "review", "D-9", "draft.docx", "--bid", "bid.txt")
    assert run(*review, "--format", "json", "--as", "ann") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["round"], found["pending"], found["conclusion"]) == (1, 0, "open")
    grave = [one["id"] for one in found["findings"] if one["weight_code"] in ("fatal", "serious")]

    assert run("contract", "seal", "D-9", "--as", "chen") == 5
    for finding in grave:
        assert run("contract", "verdict", "D-9", finding, "accept", "--reason", "seen", "--as", "zhou") == 0
    for department, login in (("finance", "fay"), ("commercial", "fay"), ("legal", "zhou"), ("delivery", "dora")):
        assert run("contract", "opinion", "D-9", department, "agree", "--as", login) == 0
    assert run("contract", "opinion", "D-9", "presales", "agree", "--as", "ann") == 0
    assert run("contract", "record", "D-9", "-o", "record.docx") == 0
    assert run("contract", "pull", "D-9", "record.docx", "--as", "zhou") == 0
    assert "0 verdicts taken in" in capsys.readouterr().out
    assert run("contract", "seal", "D-9", "-o", "record.pdf", "--as", "chen") == 0
    assert (folder / "record.pdf").read_bytes().startswith(b"%PDF")

    assert run("contract", "signed", "D-9", "other.docx", "--as", "ann") == 10
    assert "36个月" in capsys.readouterr().out
    assert run("contract", "signed", "D-9", "draft.docx", "--on", "2026-05-08", "--as", "ann") == 0

    assert run("obligations", "D-9", "--event", "acceptance=2026-07-31", "-o", "due.ics", "--as", "ann") == 0
    assert run("obligations", "D-9") == 0
    assert "2026-07-07" in capsys.readouterr().out
    assert run("obligations", "D-9", "--event", "acceptance", "--as", "ann") == 2
    assert run("handover", "D-9") == 0
    assert "no hand-over form was begun" in capsys.readouterr().out
    assert run("handover", "D-9", "--close", "--as", "dora") == 5


def test_a_known_contract_is_no_new_round(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for said in ("new round 1", "known already, round 1"):
        assert run("contract", "review", "D-9", "draft.docx", "--as", "ann") == 0
        assert said in capsys.readouterr().out
    assert folder.exists()
    assert run("contract", "review", "D-9", "nowhere.docx", "--as", "ann") == 2
    assert run("contract", "review", "D-9", "draft.docx", "--type", "gift", "--as", "ann") == 2
