"""Answering rows, one by one and from a file, with suggestions and a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bidkit.kernel.errors import Conflict, NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.requirements.model import FactValue, KeyFact, Solicitation
from bidkit.respond.response import Compliance, State
from bidkit.store import Store
from bidkit.usecases.company import save_facts
from bidkit.usecases.kinds import COMPANY_FACTS
from bidkit.usecases.library import add_answers, put_away_answer, search_library, take_from_deal
from bidkit.usecases.parse import Reading
from bidkit.usecases.plan_files import write_plan
from bidkit.usecases.responding import import_answers, plan_work, respond, suggestions_for
from bidkit.usecases.tenders import add_tender
from bidkit.usecases.watch import NOBODY, Watcher
from tests.builders import a_tender_file, an_anchor, read_simply


def reading_due(on: str):
    """The stand-in reading of a tender that is due on this day."""

    def read(paths: list[Path], watcher: Watcher = NOBODY) -> Reading:
        made = read_simply(paths, watcher)
        due = KeyFact("submission_deadline", FactValue(on, on, an_anchor()))
        return replace(made, solicitation=replace(made.solicitation, facts=(due,), language=Language.EN))

    return read


@pytest.fixture
def row(store: Store, tmp_path: Path) -> str:
    """The id of the first of the two rows of D-1's tender, which is due on 30 November 2026."""
    read = reading_due("2026-11-30T10:00:00+08:00")
    add_tender(store, code="D-1", paths=[a_tender_file(tmp_path)], actor="wang", read=read)
    return tender(store).requirements[0].id


def tender(store: Store) -> Solicitation:
    with store.read() as work:
        latest = work.solicitations.latest(work.deals.get("D-1"))
        assert latest is not None
        return work.solicitations.load(latest)


def say(store: Store, row: str, **cells: str):
    return respond(store, code="D-1", answers={row: cells}, actor="li")


def test_an_answer_is_stored_as_drafted_and_again_changes_nothing(store: Store, row: str) -> None:
    answered = say(store, row, compliance="full", offered="30 days", answer="Signed by hand.", due_on="2026-11-20")
    now = answered.changed[row]
    assert (now.compliance, now.state, now.due_on) == (Compliance.FULL, State.DRAFTED, date(2026, 11, 20))
    assert say(store, row, compliance="Full").changed == {}


def test_a_changed_answer_loses_its_approval(store: Store, row: str) -> None:
    say(store, row, compliance="full", state="approved")
    assert say(store, row, note="x").changed[row].state is State.APPROVED
    assert say(store, row, answer="other").changed[row].state is State.DRAFTED


def test_an_approval_needs_an_answer(store: Store, row: str) -> None:
    with pytest.raises(Conflict, match="answer it first"):
        say(store, row, state="approved")


@pytest.mark.parametrize(
    ("cells", "said"),
    [({"compliance": "perhaps"}, "perhaps"), ({"colour": "red"}, "colour"), ({"due_on": "soon"}, "soon")],
)
def test_a_text_nobody_understands_stores_nothing(store: Store, row: str, cells: dict[str, str], said: str) -> None:
    other = tender(store).requirements[1].id
    with pytest.raises(UsageError, match=said):
        respond(store, code="D-1", answers={other: {"note": "x"}, row: cells}, actor="li")
    with store.read() as work:
        assert work.responses.of(work.deals.get("D-1")) == {}


def test_a_row_the_tender_does_not_have_is_refused(store: Store, row: str) -> None:
    with pytest.raises(NotFound, match="req-nothing"):
        say(store, "req-nothing", note=row)


def test_a_claim_is_held_against_the_facts_on_the_day_bids_are_due(store: Store, row: str) -> None:
    fact = {"kind": "licence", "subject": "Us", "attribute": "licence", "value": "1", "valid_to": "2026-11-29"}
    save_facts(store, facts=[fact], actor="li")
    with store.read() as work:
        (fact_id,) = work.of_house(COMPANY_FACTS).all()
    codes = [f.code for f in say(store, row, compliance="full", proof=f"see {fact_id}").findings]
    assert codes == ["fact-without-proof", "fact-not-valid"]
    assert [f.code for f in say(store, row, proof="fact-000000000000").findings] == ["fact-unknown"]


def test_lines_of_a_file_are_answers_by_row() -> None:
    assert import_answers([{"id": "a", "note": None, "offered": 3}]) == {"a": {"note": "", "offered": "3"}}
    for lines in ([{"note": "x"}], [{"id": "a"}, {"id": "a"}]):
        with pytest.raises(UsageError, match="line"):
            import_answers(lines)


def test_an_approved_answer_is_suggested_for_a_like_row_of_another_deal(store: Store, row: str) -> None:
    say(store, row, compliance="full", answer="Every offer of Pumps is signed by hand.", state="approved")
    shelved = take_from_deal(store, code="D-1", actor="li")
    assert (shelved.given, shelved.changed) == (1, 1)
    assert take_from_deal(store, code="D-1", actor="li").changed == 0
    (found,) = suggestions_for(store, code="D-1", row_ids=[row])
    assert found.suggestions[0].answer.source_deal == "D-1"
    assert search_library(store, text="signed offers")[0].answer.answer.startswith("Every offer")
    put_away_answer(store, answer_id=found.suggestions[0].answer.id, actor="li")
    assert search_library(store, text="signed offers") == ()


def test_only_open_rows_are_suggested_for_when_none_is_named(store: Store, row: str) -> None:
    say(store, row, compliance="full")
    assert [entry.row.id for entry in suggestions_for(store, code="D-1")] != [row]
    with pytest.raises(NotFound):
        suggestions_for(store, code="D-1", row_ids=["req-x"])


@pytest.mark.usefixtures("row")
def test_a_deal_without_approved_answers_gives_none(store: Store) -> None:
    with pytest.raises(NotFound, match="approve"):
        take_from_deal(store, code="D-1", actor="li")


def test_answers_of_a_file_are_shelved_whole_or_not_at_all(store: Store) -> None:
    good = {"demand": "training", "answer": "five days", "kind": "technical", "language": "en"}
    with pytest.raises(UsageError, match="line 2"):
        add_answers(store, answers=[good, {"demand": "x"}], actor="li")
    assert search_library(store, text="training") == ()
    assert add_answers(store, answers=[good], actor="li").changed == 1
    assert add_answers(store, answers=[good], actor="li").changed == 0


def test_the_plan_gives_every_row_a_day_and_an_owner_and_keeps_what_people_set(store: Store, row: str) -> None:
    say(store, row, owner="me", due_on="2026-11-26")
    planned = plan_work(store, code="D-1", actor="li", start=date(2026, 11, 2), owners={"presales": "wang"})
    with store.read() as work:
        typed = work.responses.of(work.deals.get("D-1"))
    assert (typed[row].owner, typed[row].due_on) == ("me", date(2026, 11, 26))
    other = next(response for row_id, response in typed.items() if row_id != row)
    assert (other.owner, other.due_on) == ("wang", planned.plan.due_on(tender(store).requirements[1].kind))
    assert plan_work(store, code="D-1", actor="li", start=date(2026, 11, 2)).changed == 0


@pytest.mark.usefixtures("row")
def test_a_plan_is_written_as_sheet_and_calendar(store: Store, tmp_path: Path) -> None:
    planned = plan_work(store, code="D-1", actor="li", start=date(2026, 11, 2))
    write_plan(store, planned=planned, path=tmp_path / "plan.xlsx")
    write_plan(store, planned=planned, path=tmp_path / "plan.ics", language=Language.ZH)
    entries = (tmp_path / "plan.ics").read_bytes()
    assert (tmp_path / "plan.xlsx").read_bytes().startswith(b"PK")
    assert entries.count(b"BEGIN:VEVENT") == len(planned.plan.steps)
    assert b"DTSTART;VALUE=DATE:20261130" in entries
    with pytest.raises(UsageError):
        write_plan(store, planned=planned, path=tmp_path / "plan.pdf")


def test_without_a_deadline_there_is_no_plan(store: Store, tmp_path: Path) -> None:
    add_tender(store, code="D-1", paths=[a_tender_file(tmp_path)], actor="wang", read=reading_due("after the holidays"))
    with pytest.raises(NotFound, match="deadline"):
        plan_work(store, code="D-1", actor="li")
