"""A deal walks the eight stages at the command line, and company A stops where the manual says it stops."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bidkit.cli import main
from bidkit.kernel.clock import SystemClock
from bidkit.store import open_store
from bidkit.vocabulary.stages import Fact, Verify, stage_model
from tests.gates.meeting import MEETS
from tests.usecases.deals import PEOPLE, submit

MODEL = stage_model()
REQUIRED = (*MODEL.required, *MODEL.required_or_waived)
Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `bidkit` and gives what it printed; fails unless it ended with `status`."""

    def call(*words: str | Path, status: int = 0) -> str:
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        printed = capsys.readouterr()
        assert end.value.code == status, printed.err
        return printed.out + printed.err

    return call


@pytest.fixture
def deal(run: Run) -> str:
    """A deal of a house with people."""
    for login, roles in PEOPLE.items():
        run("person", "add", login, "--name", login, *(w for r in roles for w in ("--role", r)), "--as", "root")
    run("deal", "new", "A-1", "--name", "智慧泵站", "--customer", "甲公司", "--language", "zh")
    return "A-1"


def gate(run: Run, code: str, *words: str, status: int = 0) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(run("gate", "show", code, *words, "--format", "json", status=status))
    return shown


def prove(run: Run, home: Path, folder: Path, code: str, fact: Fact) -> None:
    """The fact shown as a person at the keyboard would; forms are taken as filled in."""
    if fact.verify is Verify.AUTO:
        store = open_store(home / "bidkit.db", home / "blobs", SystemClock())
        for form in fact.when:
            submit(store, form, code=code, **MEETS.get(fact.id, {}).get(form, {}))
        store.close()
    elif fact.verify is Verify.ATTACH:
        path = folder / f"{fact.id}.txt"
        path.write_text(f"about {fact.id}", encoding="utf-8")
        named = ("--kind", "customer_message", "--origin", "customer_message", "--as", "ann")
        run("evidence", "add", code, path, "--for", fact.id, *named)
    else:
        run("gate", "judge", code, fact.id, "--reason", "谈过", "--as", "chen")


def walk(run: Run, home: Path, folder: Path, code: str, *stages: int) -> None:
    for number in stages:
        for fact in MODEL.stages[number - 1].of_kind(*REQUIRED):
            prove(run, home, folder, code, fact)


def test_a_deal_walks_from_the_first_call_to_the_hand_over(run: Run, deal: str, home: Path, tmp_path: Path) -> None:
    for number in range(1, 9):
        assert gate(run, deal)["gate"] == f"S{number}.enter"
        assert gate(run, deal, f"S{number}.enter", "--strict", status=10)["open"] is False
        walk(run, home, tmp_path, deal, number)
        shown = gate(run, deal, f"S{number}.complete", "--strict")
        assert (shown["open"], shown["position"]) == (True, {"entered": number, "completed": number})
        decided = ("--verdict", "approve", "--digest", shown["digest"], "--reason", "齐备", "--as", "bo")
        assert "recorded" in run("gate", "decide", deal, f"S{number}.complete", *decided)
    assert "won" in run("deal", "close", deal, "won", "--reason", "签约", "--as", "bo")
    assert "whole" in run("audit", "verify")


def test_company_a_asked_for_a_formal_design_has_completed_stage_four_and_not_entered_stage_five(
    run: Run, deal: str, home: Path, tmp_path: Path
) -> None:
    walk(run, home, tmp_path, deal, 1, 2, 3, 4)
    shown = gate(run, deal)
    assert (shown["gate"], shown["position"]) == ("S5.enter", {"entered": 4, "completed": 4})
    assert [(b["code"], b["fact"]) for b in shown["blockers"]] == [("no-proof", "S5.M1")]
    assert "已完成阶段 S4，尚未进入阶段 S5" in run("gate", "show", deal)
    notice = tmp_path / "notice.txt"
    notice.write_text("招标公告", encoding="utf-8")
    run("evidence", "add", deal, notice, "--kind", "public_notice", "--origin", "public_notice", "--as", "ann")
    entry = json.loads(run("evidence", "list", deal, "--format", "json"))[-1]["id"]
    assert "behind" in run("deal", "step", deal, "B5", "--evidence", entry, "--as", "ann")
    prove(run, home, tmp_path, deal, MODEL.facts["S5.M1"])
    assert gate(run, deal)["position"] == {"entered": 5, "completed": 4}
    assert gate(run, deal)["pace"] == "in_sync"


def test_a_tender_out_of_the_blue_is_entered_late_decided_on_by_two_and_then_written(run: Run, deal: str) -> None:
    run("gate", "late", deal, "--stage", "5", "--reason", "直接发标", "--asked-by", "ann", "--as", "chen")
    assert gate(run, deal, "write_bid", "--strict", status=10)["blockers"][0]["code"] == "go-no-go-missing"
    assert "second person" in run("gate", "override", deal, "write_bid", "--reason", "来不及", "--as", "chen")
    assert "两次签署是同一人" in run("gate", "sign", deal, "D1", "--as", "chen", status=10)
    run("gate", "sign", deal, "D1", "--as", "zhou")
    assert gate(run, deal, "write_bid", "--strict")["open"] is True
    waived = json.loads(run("evidence", "list", deal, "--format", "json"))[0]
    assert (waived["kind"], waived["asked_by"], waived["by"]) == ("waiver", "ann", "chen")
    assert "completed 4 -> 0" in run("evidence", "withdraw", deal, waived["id"], "--reason", "重来", "--as", "chen")


def test_a_stale_digest_and_a_statement_of_our_own_are_refused_by_status(run: Run, deal: str, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("they will sign", encoding="utf-8")
    ours = ("--kind", "our_statement", "--origin", "our_record", "--as", "ann")
    assert "我方自述不算凭据" in run("evidence", "add", deal, note, "--for", "S1.C4", *ours, status=10)
    decided = ("--verdict", "reject", "--digest", "0" * 64, "--reason", "x", "--as", "bo")
    assert "gate show A-1 S1.enter" in run("gate", "decide", deal, "S1.enter", *decided, status=5)
    assert "no gate 'S1'" in run("gate", "show", deal, "S1", status=2)


def test_what_is_known_about_a_deal_is_shown_and_kept(run: Run, deal: str) -> None:
    named = ("--method", "open_tender", "--regime", "gov_procurement", "--published", "2026-04-01", "--movable", "none")
    run("deal", "profile", deal, *named, "--value", "4,800,000", "--owner", "bo", "--as", "bo")
    known = json.loads(run("deal", "profile", deal, "--format", "json"))
    assert (known["method"], known["value"], known["movable_topics"]) == ("open_tender", "4800000", [])
    assert "no method raffle" in run("deal", "profile", deal, "--method", "raffle", status=2)
    people = json.loads(run("person", "list", "--format", "json"))
    assert {person["login"] for person in people} == set(PEOPLE)
    run("person", "erase", "fay", "--as", "root")
    assert "fay" in run("person", "list")
