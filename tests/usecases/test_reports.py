"""Reports over a store: what stands in them is what the gates say."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from bidkit.documents.reports.model import Dossier, StageState
from bidkit.gates.decisions import Verdict
from bidkit.kernel.deal import Outcome
from bidkit.kernel.errors import NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.closing import close_deal
from bidkit.usecases.customer_steps import see_step
from bidkit.usecases.deadlines import Deadline, deadlines
from bidkit.usecases.deals import new_deal
from bidkit.usecases.decisions import Wanted, decide
from bidkit.usecases.evidence import withdraw
from bidkit.usecases.gate_state import load_state
from bidkit.usecases.profile import describe_deal, money
from bidkit.usecases.report_build import dossier_of
from bidkit.usecases.reports import write_dossier, write_pipeline, write_scorecard
from bidkit.usecases.waivers import WaiverWish, enter_late, waive
from tests.usecases.deals import DEAL, hire, prove_stages

EN, ZH = Language.EN, Language.ZH
TODAY = date(2026, 5, 4)


def day(number: int, month: int = 5) -> date:
    return date(2026, month, number)


@pytest.fixture
def house(store: Store, tmp_path: Path) -> Store:
    """A house whose deal has completed stage 1, is behind its customer, has a date, a value and a decision."""
    hire(store)
    prove_stages(store, tmp_path / "letters", 1)
    wish = WaiverWish("they called us", "ann", day(10))
    waive(store, code=DEAL, fact="S2.P1", wish=wish, by="chen")
    changes: dict[str, Any] = {
        "owner": "ann",
        "value": money("3860000", "CNY"),
        "next_on": day(8),
        "next_what": "visit",
    }
    describe_deal(store, code=DEAL, changes=changes, actor="bo")
    see_step(store, code=DEAL, step="B3", actor="ann", seen_on=day(2), evidence=("E1",), next_on=day(20))
    decide(store, DEAL, Wanted("S1.complete", Verdict.APPROVE, "all in order"), by="bo")
    return store


def dossier(store: Store, code: str = DEAL, language: Language = EN) -> Dossier:
    with store.read() as work:
        return dossier_of(work, load_state(store, work, code), language)


def rows_of(path: Path, sheet: int = 0) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_dossier_says_where_the_deal_rests_and_what_is_wanted_by_when(house: Store) -> None:
    found = dossier(house)
    assert (found.track.entered, found.track.completed, found.track.pace, found.track.gap) == (1, 1, "behind", 2)
    states = [mark.state for mark in found.track.marks[:3]]
    assert states == [StageState.COMPLETED, StageState.BLOCKED, StageState.AHEAD]
    assert {condition.stage for condition in found.conditions} == {2, 3}
    assert all(condition.due == day(8) and condition.owners and condition.why for condition in found.conditions)
    assert found.later_open > 20
    assert (found.deal.owner, str(found.deal.worth.amount)) == ("Ann", "3860000")
    assert [due.what for due in found.dues] == ["visit", "waiver_ends", "step_stale", "customer_date"]


def test_a_decision_holds_until_what_it_was_taken_on_changes(house: Store) -> None:
    (before,) = dossier(house).decisions
    assert (before.state, before.by, before.verdict) == ("valid", "Bo", "approve")
    withdraw(house, code=DEAL, entry="E1", reason="wrong customer", actor="ann")
    found = dossier(house)
    assert [line.state for line in found.decisions] == ["void"]
    assert "1 decisions are void because what was decided on has changed" in found.alerts
    assert [line.withdrawn for line in found.proofs if line.kind == "customer_message"] == [True, False]


def test_a_deal_that_came_in_late_is_shown_with_waivers_and_without(house: Store) -> None:
    new_deal(house, code="D-2", name="Late", customer="Harbour", language=EN, actor="ann")
    enter_late(house, code="D-2", stage=5, wish=WaiverWish("tender arrived", "ann"), by="chen")
    found = dossier(house, "D-2")
    assert (found.track.completed, found.strict_entered, found.late_entry) == (4, 0, True)
    assert [mark.state for mark in found.track.marks[:5]] == [StageState.WAIVED] * 4 + [StageState.BLOCKED]
    assert "A deal that came in late has no valid go decision" in found.alerts
    assert {line.state for line in found.waivers} == {"valid"}


def test_law_is_named_where_it_limits_and_where_it_cannot_be_told(house: Store) -> None:
    assert {note.permission for note in dossier(house).scope} == {"not_checked"}
    known = {"method": "open_tender", "regime": "tendering_law", "published_on": day(1)}
    describe_deal(house, code=DEAL, changes=known, actor="bo")
    scope = {note.rule: note for note in dossier(house).scope}
    assert scope["CR4-negotiate"].permission == "forbidden"
    assert "Tendering and Bidding Law 43, 55" in scope["CR4-negotiate"].sources
    describe_deal(house, code=DEAL, changes={"method": "single_source", "regime": "enterprise_rules"}, actor="bo")
    assert dossier(house).scope == ()


def test_the_dossier_is_written_whole_in_the_deals_language_and_twice_alike(house: Store, tmp_path: Path) -> None:
    path = tmp_path / "dossier.pdf"
    made = write_dossier(house, code=DEAL, path=path)
    first = path.read_bytes()
    assert (made.open, made.void) == (len(made.dossier.conditions), 0)
    assert "Deal dossier" in pypdf.PdfReader(io.BytesIO(first)).pages[0].extract_text()
    write_dossier(house, code=DEAL, path=path)
    assert path.read_bytes() == first


def test_an_unknown_deal_leaves_no_file(house: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        write_dossier(house, code="D-404", path=tmp_path / "dossier.pdf")
    assert not (tmp_path / "dossier.pdf").exists()


def test_the_pipeline_has_a_row_for_every_deal_with_closed_ones_last(house: Store, tmp_path: Path) -> None:
    new_deal(house, code="A-0", name="Over", customer="Harbour", language=EN, actor="ann")
    close_deal(house, code="A-0", outcome=Outcome.LOST, reason="price", actor="bo")
    made = write_pipeline(house, path=tmp_path / "all.xlsx")
    assert (made.deals, made.listed) == (2, 2)
    first, second = rows_of(tmp_path / "all.xlsx")
    assert (first["Code"], first["Position"], first["Gap"]) == (DEAL, "1 completed and 2 not entered", 2)
    assert (first["Days left"], first["What falls due"], first["Value"]) == (4, "visit", 3860000)
    assert (first["Chance"], first["Basis"]) == (None, "not enough data")
    assert (second["Code"], second["State"], second["Chance"]) == ("A-0", "lost", None)


def test_the_pipeline_on_paper_lists_open_deals(house: Store, tmp_path: Path) -> None:
    made = write_pipeline(house, path=tmp_path / "all.pdf", language=ZH)
    assert (made.deals, made.listed) == (1, 1)
    text = pypdf.PdfReader(tmp_path / "all.pdf").pages[0].extract_text()
    assert "商机总览" in text
    assert "落后 2" in text


def test_a_report_of_another_kind_is_refused_before_any_work(house: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.pdf or an \.xlsx"):
        write_pipeline(house, path=tmp_path / "all.docx")
    with pytest.raises(UsageError, match="no folder"):
        write_pipeline(house, path=tmp_path / "none" / "all.pdf")


def test_the_scorecard_credits_what_was_proven_in_the_period(house: Store, tmp_path: Path) -> None:
    path = tmp_path / "card.xlsx"
    made = write_scorecard(house, people=[], period=(day(1), day(31)), path=path)
    assert (made.people, made.achieved > 0) == (1, True)
    assert {row["Person"] for row in rows_of(path, 1)} == {"Ann"}
    assert all(row["Deal"] == DEAL and row["Proof"] for row in rows_of(path, 1))
    none = write_scorecard(house, people=["ann"], period=(day(1, 1), day(31, 1)), path=path)
    assert (none.people, none.achieved) == (1, 0)


def test_a_scorecard_wants_a_person_it_knows_and_a_period_that_has_days(house: Store, tmp_path: Path) -> None:
    path = tmp_path / "card.xlsx"
    with pytest.raises(NotFound):
        write_scorecard(house, people=["nobody"], period=(day(1), day(31)), path=path)
    with pytest.raises(UsageError, match="ends before it begins"):
        write_scorecard(house, people=[], period=(day(2), day(1)), path=path)
    assert not path.exists()


def whats(found: tuple[Deadline, ...]) -> list[tuple[str, str, date]]:
    return [(d.due.what, d.about, d.due.on) for d in found]


def test_deadlines_are_what_falls_due_soon_in_open_deals(house: Store) -> None:
    assert whats(deadlines(house, 7)) == [("visit", "", day(8)), ("waiver_ends", "S2.P1", day(10))]
    assert [d.due.what for d in deadlines(house, 30)] == ["visit", "waiver_ends", "customer_date"]
    assert deadlines(house, 0) == ()
    close_deal(house, code=DEAL, outcome=Outcome.ABANDONED, reason="no time", actor="bo")
    assert deadlines(house, 30) == ()


def test_a_void_decision_and_a_step_out_of_date_need_somebody(house: Store) -> None:
    withdraw(house, code=DEAL, entry="E1", reason="wrong customer", actor="ann")
    see_step(house, code=DEAL, step="B4", actor="ann", seen_on=day(1, 4))
    new_deal(house, code="D-3", name="Old", customer="Harbour", language=EN, actor="ann")
    see_step(house, code="D-3", step="B1", actor="ann", seen_on=day(1, 4))
    found = deadlines(house, 0)
    assert [(d.deal, d.due.what) for d in found] == [("D-3", "step_stale"), (DEAL, "decision_void")]
    assert found[1].due.on == TODAY
