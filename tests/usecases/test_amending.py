from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bidkit.deviation.approve import Approval, Exposure, Risk
from bidkit.deviation.entries import NoDeviation, RowEntry
from bidkit.documents.amendment.model import Amendment
from bidkit.ingest.model import SourceDocument
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict, NotFound, UnreadableFile, UsageError
from bidkit.kernel.language import Language
from bidkit.requirements.changes import What
from bidkit.requirements.changes.carry import RowFate
from bidkit.requirements.model import FactValue, KeyFact, Requirement, Solicitation
from bidkit.respond.response import Compliance, Response, State
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.terms.model import Direction
from bidkit.usecases import parse
from bidkit.usecases.amending import AmendedTender, amend_tender
from bidkit.usecases.amending_log import acknowledge, addenda_of, rows_changed_since
from bidkit.usecases.deviation_work import deviation_blockers, load_deviations
from bidkit.usecases.kinds import (
    DEVIATION_APPROVALS,
    DEVIATION_ENTRIES,
    DEVIATION_EXPOSURES,
    NO_DEVIATIONS,
    TENDER_CHANGES,
)
from bidkit.usecases.responding import plan_work
from bidkit.usecases.tenders import add_tender
from tests.builders import an_anchor, read_simply, rows_of

CHECKOUT = Path(__file__).resolve().parents[2]
TENDER = (
    "# Purchase of pumps",
    "## 1 Terms",
    "1.1 Offers must reach us no later than 2026-07-01.",
    "1.2 The warranty must be 24 months.",
    "1.3 Offers must be signed by hand.",
    "1.4 Pumps must run for 30 days without a stop.",
    "1.5 Spare parts must be kept in the country.",
)
ADDENDUM = (
    "# Addendum 1",
    'Section 1.2: replace "24 months" with "36 months".',
    "Delete Section 1.5.",
)
LATER = 'Section 1.1: replace "2026-07-01" with "2026-07-15".'
_DUE = re.compile(r"no later than (\d{4}-\d{2}-\d{2})")


def with_deadline(documents: Sequence[SourceDocument]) -> Solicitation:
    """The stand-in extraction, with the day offers are due as the one fact."""
    found = rows_of(documents)
    rows = tuple(replace(row, mark=None, points=None, knockout=False, lead_in=None) for row in found.requirements)
    days = [match[1] for row in rows if (match := _DUE.search(row.text))]
    facts = tuple(KeyFact("submission_deadline", FactValue(day, day, an_anchor())) for day in days[:1])
    return replace(found, requirements=rows, facts=facts, criteria=(), language=Language.EN)


@pytest.fixture(autouse=True)
def simple_extraction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "extraction", lambda: with_deadline)


def a_file(folder: Path, name: str, *lines: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def tender(store: Store, tmp_path: Path) -> Path:
    """The tender of D-1, stored as its first revision."""
    path = a_file(tmp_path, "tender.md", *TENDER)
    add_tender(store, code="D-1", paths=[path], actor="wang", read=parse.parse_files)
    return path


def amend(store: Store, *paths: Path) -> AmendedTender:
    return amend_tender(store, code="D-1", paths=paths, actor="wang")


def made(amended: AmendedTender) -> Amendment:
    assert amended.amendment is not None
    return amended.amendment


def rows(store: Store) -> dict[str, Requirement]:
    """A word of each row in force -> the row."""
    with store.read() as work:
        latest = work.solicitations.latest(work.deals.get("D-1"))
        assert latest is not None
        found = work.solicitations.load(latest).requirements
    words = ("reach", "warranty", "signed", "run", "Spare", "insured")
    return {word: row for word in words for row in found if word in row.text}


def respond(store: Store, **answers: Response) -> None:
    ids = {word: row.id for word, row in rows(store).items()}
    with store.begin("li") as work:
        work.responses.save(work.deals.get("D-1"), {ids[word]: said for word, said in answers.items()})


def responses(store: Store) -> dict[str, Response]:
    with store.read() as work:
        return work.responses.of(work.deals.get("D-1"))


def deal_of(store: Store) -> Deal:
    with store.read() as work:
        return work.deals.get("D-1")


def state(store: Store) -> tuple[int, int]:
    """How many revisions and events there are."""
    with store.read() as work:
        return len(work.solicitations.all(work.deals.get("D-1"))), work.verify_audit().events


APPROVED = Response(Compliance.FULL, answer="We do.", owner="li", state=State.APPROVED)


@pytest.mark.usefixtures("tender")
def test_orders_are_carried_out_and_rows_keep_their_ids(store: Store, tmp_path: Path) -> None:
    before = rows(store)
    amended = amend(store, a_file(tmp_path, "addendum.md", *ADDENDUM))
    after = rows(store)
    assert after["warranty"].text.endswith("36 months.")
    assert {word: row.id for word, row in after.items()} == {w: r.id for w, r in before.items() if w != "Spare"}
    assert [(row.row_id, row.fate, row.what) for row in made(amended).rows] == [
        (before["warranty"].id, RowFate.CHANGED, What.NUMBER),
        (before["Spare"].id, RowFate.REMOVED, None),
    ]
    assert (made(amended).number, made(amended).base, made(amended).revision) == (1, 1, 2)
    assert made(amended).listed == ("addendum.md",)


@pytest.mark.usefixtures("tender")
def test_answers_of_touched_rows_are_kept_opened_and_listed_with_their_owner(store: Store, tmp_path: Path) -> None:
    respond(store, warranty=APPROVED, Spare=APPROVED, signed=APPROVED)
    ids = {word: row.id for word, row in rows(store).items()}
    amended = amend(store, a_file(tmp_path, "addendum.md", *ADDENDUM))
    now = responses(store)
    changed, gone = now[ids["warranty"]], now[ids["Spare"]]
    assert changed.same_substance(APPROVED)
    assert changed.state is State.OPEN
    assert "24 months" in changed.note
    assert "36 months" in changed.note
    assert (gone.same_substance(APPROVED), gone.state) == (True, State.APPROVED)
    assert now[ids["signed"]].same_words(APPROVED)
    assert [(one.row_id, one.fate, one.owner, one.state) for one in made(amended).answers] == [
        (ids["warranty"], RowFate.CHANGED, "li", State.APPROVED),
        (ids["Spare"], RowFate.REMOVED, "li", State.APPROVED),
    ]


@pytest.mark.usefixtures("tender")
def test_the_same_files_again_change_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    respond(store, warranty=APPROVED)
    addendum = a_file(tmp_path, "addendum.md", *ADDENDUM)
    first = amend(store, addendum)
    before = state(store)
    monkeypatch.setattr(parse, "extraction", None)
    again = amend(store, addendum.rename(tmp_path / "renamed.md"))
    assert (again.created, again.amendment) == (False, first.amendment)
    assert state(store) == before


def test_a_file_of_the_tender_itself_is_no_amendment(store: Store, tender: Path) -> None:
    again = amend(store, tender)
    assert (again.created, again.amendment) == (False, None)
    assert state(store)[0] == 1


def test_the_whole_package_added_afterwards_is_the_amended_revision(store: Store, tender: Path, tmp_path: Path) -> None:
    addendum = a_file(tmp_path, "addendum.md", *ADDENDUM)
    amend(store, addendum)
    added = add_tender(store, code="D-1", paths=[tender, addendum], actor="wang", read=read_simply)
    assert (added.created, added.revision.number) == (False, 2)


@pytest.mark.usefixtures("tender")
def test_a_second_addendum_of_the_same_name_works_on_what_the_first_left(store: Store, tmp_path: Path) -> None:
    warranty = rows(store)["warranty"].id
    amend(store, a_file(tmp_path, "addendum.md", *ADDENDUM))
    order = 'Section 1.2: replace "36 months" with "48 months".'
    second = made(amend(store, a_file(tmp_path / "more", "addendum.md", "# Addendum 2", order)))
    assert (second.number, second.base, second.revision) == (2, 2, 3)
    assert [file.name for file in second.files] == ["addendum (2).md"]
    (change,) = second.rows
    assert (change.row_id, "36" in change.old, "48" in change.new) == (warranty, True, True)
    assert "Spare" not in rows(store)


@pytest.mark.usefixtures("tender")
def test_a_new_issue_replaces_the_tender_and_what_an_addendum_added_is_not_told_twice(
    store: Store, tmp_path: Path
) -> None:
    ids = {word: row.id for word, row in rows(store).items()}
    addition = "The goods must be insured by the supplier."
    amend(
        store,
        a_file(tmp_path, "addendum.md", *ADDENDUM, f"The following requirement is added to Section 1: {addition}"),
    )
    assert rows(store)["insured"].anchor.file_name == "addendum.md"
    lines = [line.replace("24 months", "36 months").replace("30 days", "60 days") for line in TENDER[:-1]]
    second = made(amend(store, a_file(tmp_path, "tender-v2.md", *lines, addition)))
    now = rows(store)
    assert second.reissued == ("tender.md",)
    assert [(row.row_id, row.fate) for row in second.rows if row.fate is not RowFate.MOVED] == [
        (ids["run"], RowFate.CHANGED)
    ]
    with store.read() as work:
        latest = work.solicitations.latest(work.deals.get("D-1"))
        assert latest is not None
        assert sum("insured" in row.text for row in work.solicitations.load(latest).requirements) == 1
        assert [f.name for f in work.solicitations.delivered(latest)] == ["addendum.md", "tender-v2.md"]
    assert {now[w].id for w in ("reach", "warranty", "signed", "run")} == {
        ids[w] for w in ("reach", "warranty", "signed", "run")
    }


@pytest.mark.usefixtures("tender")
def test_days_of_the_work_plan_move_with_the_deadline_and_days_set_by_hand_stay(store: Store, tmp_path: Path) -> None:
    by_hand = date(2026, 5, 9)
    respond(store, signed=Response(owner="li", due_on=by_hand))
    plan_work(store, code="D-1", actor="wang")
    before = responses(store)
    ids = {word: row.id for word, row in rows(store).items()}
    amended = made(amend(store, a_file(tmp_path, "addendum.md", "# Addendum 1", LATER)))
    after = responses(store)
    (fact,) = amended.facts
    assert (fact.key, fact.old, fact.new) == ("submission_deadline", "2026-07-01", "2026-07-15")
    moved = {move.row_id: (move.old, move.new) for move in amended.dues}
    assert moved.keys() == {ids[word] for word in ("reach", "warranty", "run", "Spare")}
    assert all(old < new for old, new in moved.values())
    assert {row_id: (before[row_id].due_on, after[row_id].due_on) for row_id in moved} == moved
    assert after[ids["signed"]].due_on == by_hand


@pytest.mark.usefixtures("tender")
def test_work_on_touched_deviation_rows_goes_along_and_is_open_again(store: Store, tmp_path: Path) -> None:
    work = load_deviations(store, "D-1")
    kept = {w: r for w in ("warranty", "signed") for t in work.tables for r in t.rows if w in r.requirement}
    negative = RowEntry(response="12 months", direction=Direction.NEGATIVE)
    with store.begin("li") as unit:
        deal = unit.deals.get("D-1")
        unit.of_deal(deal, DEVIATION_ENTRIES).put(kept["warranty"].id, negative)
        unit.of_deal(deal, DEVIATION_ENTRIES).put(kept["signed"].id, RowEntry(direction=Direction.NONE))
        unit.of_deal(deal, DEVIATION_EXPOSURES).put(kept["warranty"].id, Exposure(risk=Risk.LOW))
        given = Approval(kept["warranty"].id, "chen", "sales_lead", 1)
        unit.of_deal(deal, DEVIATION_APPROVALS).put(f"{kept['warranty'].id}:chen", given)
    amended = made(amend(store, a_file(tmp_path, "addendum.md", *ADDENDUM)))
    now = load_deviations(store, "D-1")
    (row,) = [r for t in now.tables for r in t.rows if "36 months" in r.requirement]
    entry = now.entries[row.id]
    assert (entry.direction, "36 months" in entry.note) == (Direction.NEGATIVE, True)
    assert now.exposures[row.id].risk is Risk.LOW
    assert now.entries[kept["signed"].id].direction is Direction.NONE
    assert any(found.code == "deviation-not-approved" for found in deviation_blockers(now))
    (touched,) = amended.deviations
    assert (touched.old_id, touched.row_id, touched.approved_by) == (kept["warranty"].id, row.id, ("chen",))


@pytest.mark.usefixtures("tender")
def test_a_statement_of_no_deviation_falls_where_rows_changed(store: Store, tmp_path: Path) -> None:
    work = load_deviations(store, "D-1")
    table = next(t.table for t in work.tables if any("warranty" in row.requirement for row in t.rows))
    with store.begin("li") as unit:
        said = NoDeviation(table, "li", date(2026, 5, 4))
        unit.of_deal(unit.deals.get("D-1"), NO_DEVIATIONS).put(table.value, said)
    amended = made(amend(store, a_file(tmp_path, "addendum.md", *ADDENDUM)))
    now = load_deviations(store, "D-1")
    (row,) = [r for t in now.tables if t.table is table for r in t.rows if "36 months" in r.requirement]
    assert amended.statements == (table.value,)
    assert now.entries[row.id].direction is Direction.UNCLEAR


@pytest.mark.usefixtures("tender")
def test_a_place_that_is_not_found_is_told_and_its_new_text_is_a_row(store: Store, tmp_path: Path) -> None:
    order = 'Section 9.9: replace "The crane must lift 5 tonnes." with "The crane must be insured."'
    amended = made(amend(store, a_file(tmp_path, "addendum.md", "# Addendum 1", order)))
    assert len(amended.unplaced) == 1
    assert "insured" in rows(store)


@pytest.mark.usefixtures("tender")
def test_rows_changed_since_a_revision_can_be_asked_for(store: Store, tmp_path: Path) -> None:
    warranty = rows(store)["warranty"].id
    amend(store, a_file(tmp_path, "addendum.md", *ADDENDUM))
    with store.read() as work:
        deal = work.deals.get("D-1")
        assert warranty in rows_changed_since(work, deal, 1)
        assert rows_changed_since(work, deal, 2) == {}
        assert [stored.key for stored in work.of_deal(deal, TENDER_CHANGES).all().values()] == ["0001"]


@pytest.mark.usefixtures("tender")
def test_an_addendum_is_acknowledged_once_by_a_person_of_the_house(store: Store, tmp_path: Path) -> None:
    amend(store, a_file(tmp_path, "addendum.md", *ADDENDUM))
    with pytest.raises(NotFound, match="nobody is known"):
        acknowledge(store, code="D-1", number=1, actor="li")
    with store.begin("li") as work:
        work.people.save(Person("li", "Li", roles=frozenset({"presales"})))
    first = acknowledge(store, code="D-1", number=1, actor="li")
    assert acknowledge(store, code="D-1", number=1, actor="li") == first
    with pytest.raises(NotFound, match="no change number 2"):
        acknowledge(store, code="D-1", number=2, actor="li")
    with store.read() as work:
        assert [one.receipt for one in addenda_of(work, work.deals.get("D-1"))] == [first]


@pytest.mark.usefixtures("tender")
def test_an_addendum_nobody_can_read_stores_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"")
    before = state(store)
    with pytest.raises(UnreadableFile):
        amend(store, tmp_path / "scan.pdf")
    with pytest.raises(UsageError):
        amend(store, tmp_path / "nowhere.pdf")
    assert state(store) == before


def test_a_deal_without_tender_cannot_be_amended(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no tender"):
        amend(store, a_file(tmp_path, "addendum.md", *ADDENDUM))


@pytest.mark.usefixtures("tender")
def test_somebody_else_who_changes_the_tender_meanwhile_is_a_conflict(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = a_file(tmp_path, "other.md", "Bonds must be posted.")

    def slow(documents: Sequence[SourceDocument]) -> Solicitation:
        add_tender(store, code="D-1", paths=[other], actor="zhao", read=read_simply)
        return with_deadline(documents)

    monkeypatch.setattr(parse, "extraction", lambda: slow)
    with pytest.raises(Conflict, match="meanwhile"):
        amend(store, a_file(tmp_path, "addendum.md", *ADDENDUM))


KILLED = """
import os, signal, sys
from pathlib import Path
import bidkit.store.store
from bidkit.store import open_store
from bidkit.usecases import amending, parse
from tests.builders import SteppingClock
from tests.usecases.test_amending import with_deadline

def die(*args, **named):
    os.kill(os.getpid(), signal.SIGKILL)

where, home, path = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
parse.extraction = lambda: die if where == "while reading" else with_deadline
if where == "before the commit":
    bidkit.store.store.audit.append = die
if where == "between answers and deviations":
    amending.reopen_deviations = die
store = open_store(home / "bidkit.db", home / "blobs", SteppingClock())
amending.amend_tender(store, code="D-1", paths=[path], actor="wang")
"""


@pytest.mark.parametrize("where", ["while reading", "between answers and deviations", "before the commit"])
@pytest.mark.usefixtures("tender")
def test_a_run_that_is_killed_stores_nothing_half_and_the_next_run_finishes(
    store: Store, home: Path, tmp_path: Path, where: str
) -> None:
    respond(store, warranty=APPROVED)
    addendum = a_file(tmp_path, "addendum.md", *ADDENDUM)
    before = state(store)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, where, str(home), str(addendum)], cwd=CHECKOUT, timeout=120, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert state(store) == before
    amended = amend(store, addendum)
    assert amended.created
    assert [one.owner for one in made(amended).answers] == ["li"]
    assert not amend(store, addendum).created
