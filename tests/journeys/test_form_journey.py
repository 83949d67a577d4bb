"""A form's way from the command line through Word and back, until the condition it is evidence for is closed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from bidkit.cli import main
from bidkit.gates.model import FactState
from bidkit.store import open_store
from bidkit.usecases.gate_state import load_state
from tests.builders import SteppingClock

CLOSED = ("S1.M1", "S1.C1", "S1.C2", "S1.C3", "S1.P5", "S1.A3")
TYPED = {
    "customer_id": "青澜市水务中心",
    "contact_id": "柳青",
    "caller_id": "chen",
    "called_at": "2026年3月2日9:30",
    "contact_is_handler": "是",
    "topic": "泵站夜间跳闸",
    "customer_response": "积极",
    "interest_level": "有兴趣并会考虑",
    "meeting_agreed": "是",
    "meeting_at": "2026-03-09 14:00 +08:00",
    "meeting_place": "二号泵站",
    "meeting_topic": "现场看跳闸",
    "meeting_attendees.0.item": "柳青",
    "next_action": "准备拜访",
    "next_action_due": "2026/3/6",
}

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `bidkit` in this process; what it printed, after it ended well."""

    def call(*words: str | Path, status: int = 0) -> str:
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        printed = capsys.readouterr()
        assert end.value.code == status, printed.err
        return printed.out + printed.err

    return call


def fills_in_word(path: Path, texts: dict[str, str]) -> None:
    """A person opens the form in a Word processor, types into the fields and saves it."""
    document = Document(str(path))
    controls = {
        tag.get(qn("w:val")): control
        for control in document.element.body.iter(qn("w:sdt"))
        for tag in control.findall(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    }
    for field, text in texts.items():
        words = list(controls[field].iter(qn("w:t")))
        words[0].text = text
        for more in words[1:]:
            more.text = ""
    document.save(str(path))


def standings(home: Path) -> dict[str, FactState]:
    store = open_store(home / "bidkit.db", home / "blobs", SteppingClock())
    try:
        with store.read() as work:
            found = load_state(store, work, "D-1").standings
            return {fact: found[fact].state for fact in CLOSED}
    finally:
        store.close()


def test_a_call_typed_in_word_closes_the_conditions_of_the_first_stage(run: Run, home: Path, tmp_path: Path) -> None:
    word = tmp_path / "电话记录.docx"
    run("deal", "new", "D-1", "--name", "智慧泵站", "--customer", "青澜市水务中心", "--language", "zh")
    assert "F1 phone_record begun" in run("form", "new", "D-1", "phone_record", "--as", "chen")
    run("form", "submit", "F1", "--as", "chen", status=2)
    run("form", "export", "F1", "-o", word, "--as", "chen")
    fills_in_word(word, TYPED)
    assert "F1 version 2 saved" in run("form", "import", word, "--as", "chen")
    assert set(standings(home).values()) == {FactState.OPEN}
    assert "F1 version 3 submitted" in run("form", "submit", "F1", "--as", "chen")
    approve = ("form", "approve", "F1", "--role", "bid_manager", "--reason", "属实")
    run(*approve, "--as", "chen", status=5)
    assert "F1 version 4 approved" in run(*approve, "--as", "li.na")
    assert set(standings(home).values()) == {FactState.PROVEN}
    shown = json.loads(run("form", "show", "F1"))
    assert (shown["values"]["meeting_at"], shown["values"]["interest_level"]) == (
        "2026-03-09T14:00:00+08:00",
        "interested_will_consider",
    )
    run("audit", "verify")
