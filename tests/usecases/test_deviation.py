"""Deviation tables of a deal: built, typed in, read back, approved."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from bidkit.deviation.approve import Exposure, Risk
from bidkit.deviation.entries import EntryEdit, RowEntry
from bidkit.deviation.tables_model import DeviationRow, Table
from bidkit.documents.deviation.sheet import COLUMNS
from bidkit.kernel.errors import Conflict, NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.negotiation.plan import plan_of
from bidkit.respond.response import Compliance, State
from bidkit.store import Store
from bidkit.terms.model import Direction
from bidkit.usecases.deals import new_deal
from bidkit.usecases.deviation_files import build_deviations, pull_deviations
from bidkit.usecases.deviation_work import (
    approve_deviation,
    deviation_blockers,
    load_deviations,
    set_exposure,
    state_no_deviation,
    take_in,
    value_findings,
)
from bidkit.usecases.negotiation_draft import draft_plan
from bidkit.usecases.responding import respond
from bidkit.usecases.tenders import add_tender
from bidkit.vocabulary.rules import legal_rules
from tests.builders import NOON
from tests.usecases.conftest import opened

CHECKOUT = Path(__file__).resolve().parents[2]
CODE = "D-ZH"


@pytest.fixture(scope="module")
def tender_folder(house_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house with our Chinese sample tender in a deal, its tables put together; made once, copied for each test."""
    folder = tmp_path_factory.mktemp("tender") / "home"
    shutil.copytree(house_folder, folder)
    made = opened(folder)
    new_deal(made, code=CODE, name="泵站", customer="青澜市水务中心", language=Language.ZH, actor="li")
    add_tender(made, code=CODE, paths=[CHECKOUT / "samples" / "zh"], actor="li")
    load_deviations(made, CODE)
    made.close()
    return folder


@pytest.fixture
def sample(tender_folder: Path, home: Path) -> Iterator[Store]:
    """A copy of that store."""
    shutil.copytree(tender_folder, home)
    store = opened(home, NOON + timedelta(hours=2))
    yield store
    store.close()


def rows_of(store: Store, *, knockout: bool = False) -> list[DeviationRow]:
    """The technical rows that answer one requirement."""
    tables = load_deviations(store, CODE).tables
    rows = [row for table in tables if table.table is Table.TECHNICAL for row in table.rows]
    return [row for row in rows if len(row.requirement_ids) == 1 and row.knockout is knockout]


def say(store: Store, row: DeviationRow, direction: Direction | None, **words: str) -> None:
    take_in(store, CODE, [EntryEdit(row.id, RowEntry(direction=direction, **words))], "li")


def test_a_row_answered_once_says_the_same_in_response_and_table(sample: Store) -> None:
    row = rows_of(sample)[0]
    respond(sample, code=CODE, answers={row.requirement_ids[0]: {"compliance": "full", "answer": "满足"}}, actor="li")
    assert load_deviations(sample, CODE).entries[row.id].response == "满足"
    say(sample, row, Direction.NONE, response="完全满足", proof="P12")
    with sample.read() as work:
        response = work.responses.of(work.deals.get(CODE))[row.requirement_ids[0]]
    assert (response.answer, response.proof, response.compliance) == ("满足", "P12", Compliance.FULL)
    assert load_deviations(sample, CODE).entries[row.id].direction is Direction.NONE


def test_words_typed_in_excel_come_back_and_again_change_nothing(sample: Store, tmp_path: Path) -> None:
    built = build_deviations(sample, code=CODE, folder=tmp_path / "out", actor="li", bidder="青岚")
    sheet_file = built.files[-1]
    row = rows_of(sample)[0]
    book = openpyxl.load_workbook(sheet_file)
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            if any(cell.value == row.id for cell in line):
                line[COLUMNS.index("response")].value = "主频 1.5GHz"
                line[COLUMNS.index("direction")].value = "正偏离"
    book.save(sheet_file)
    assert pull_deviations(sample, code=CODE, path=sheet_file, actor="li").changed == 1
    assert pull_deviations(sample, code=CODE, path=sheet_file, actor="li").changed == 0
    entry = load_deviations(sample, CODE).entries[row.id]
    assert (entry.response, entry.direction) == ("主频 1.5GHz", Direction.POSITIVE)


def test_a_blank_table_is_not_written_without_a_person_s_word(sample: Store, tmp_path: Path) -> None:
    built = build_deviations(sample, code=CODE, folder=tmp_path / "out", actor="li")
    assert any("commercial" in why for why in built.left_out)
    said = state_no_deviation(sample, code=CODE, table=Table.COMMERCIAL, actor="bo")
    assert state_no_deviation(sample, code=CODE, table=Table.COMMERCIAL, actor="bo") == said
    built = build_deviations(sample, code=CODE, folder=tmp_path / "out", actor="li")
    assert not any("commercial" in why for why in built.left_out)


def test_nobody_says_no_deviation_against_a_row_that_deviates(sample: Store) -> None:
    say(sample, rows_of(sample)[0], Direction.NEGATIVE, response="不满足")
    with pytest.raises(Conflict, match="1 rows"):
        state_no_deviation(sample, code=CODE, table=Table.TECHNICAL, actor="bo")
    with pytest.raises(NotFound):
        state_no_deviation(sample, code=CODE, table=Table.COMMERCIAL, actor="a stranger")


def test_a_negative_row_needs_its_approval_anew_after_every_change(sample: Store) -> None:
    row = rows_of(sample)[0]
    say(sample, row, Direction.NEGATIVE, response="1 GHz")
    set_exposure(sample, code=CODE, row_id=row.id, exposure=Exposure(risk=Risk.LOW), actor="li")
    assert [f.code for f in deviation_blockers(load_deviations(sample, CODE))] == ["deviation-not-approved"]
    assert approve_deviation(sample, code=CODE, row_id=row.id, actor=presales(sample)) == ()
    respond(sample, code=CODE, answers={row.requirement_ids[0]: {"answer": "0.9 GHz"}}, actor="li")
    assert [f.code for f in deviation_blockers(load_deviations(sample, CODE))] == ["deviation-not-approved"]


def test_a_negative_knockout_row_blocks_and_nobody_can_approve_it(sample: Store) -> None:
    row = rows_of(sample, knockout=True)[0]
    say(sample, row, Direction.NEGATIVE, response="不满足")
    assert [f.code for f in deviation_blockers(load_deviations(sample, CODE))] == ["deviation-knockout-negative"]
    with pytest.raises(Conflict, match="by anybody"):
        approve_deviation(sample, code=CODE, row_id=row.id, actor=presales(sample))


def test_a_row_that_is_not_negative_needs_no_approval(sample: Store) -> None:
    row = rows_of(sample)[0]
    say(sample, row, Direction.NONE, response="1.2GHz，4 核")
    with pytest.raises(Conflict, match="not negative"):
        approve_deviation(sample, code=CODE, row_id=row.id, actor=presales(sample))
    with pytest.raises(NotFound):
        approve_deviation(sample, code=CODE, row_id="dev-nothing", actor=presales(sample))


def test_values_that_speak_against_the_entry_are_found(sample: Store) -> None:
    row = next(row for row in rows_of(sample) if "1.2GHz" in row.requirement)
    say(sample, row, Direction.NONE, response=row.requirement.replace("1.2", "0.8"))
    assert [f.code for f in value_findings(load_deviations(sample, CODE))] == ["deviation-values-disagree"]


def test_an_answer_nobody_judged_is_named(sample: Store) -> None:
    row = rows_of(sample)[0]
    respond(sample, code=CODE, answers={row.requirement_ids[0]: {"answer": "满足"}}, actor="li")
    assert [f.code for f in value_findings(load_deviations(sample, CODE))] == ["deviation-not-judged"]


def test_an_approved_answer_changed_in_a_table_falls_back_to_drafted(sample: Store) -> None:
    row = rows_of(sample)[0]
    cells = {"compliance": "full", "answer": "满足", "state": "approved"}
    respond(sample, code=CODE, answers={row.requirement_ids[0]: cells}, actor="li")
    base = load_deviations(sample, CODE).entries[row.id]
    take_in(sample, CODE, [EntryEdit(row.id, RowEntry(response="基本满足"), base)], "li")
    with sample.read() as work:
        assert work.responses.of(work.deals.get(CODE))[row.requirement_ids[0]].state is State.DRAFTED


def test_another_kind_of_file_is_refused(sample: Store, tmp_path: Path) -> None:
    for name in ("table.pdf", "missing.docx"):
        if name.endswith("pdf"):
            (tmp_path / name).write_bytes(b"%PDF")
        with pytest.raises(UsageError):
            pull_deviations(sample, code=CODE, path=tmp_path / name, actor="li")


def presales(store: Store) -> str:
    """Somebody who may approve a deviation of low risk."""
    with store.read() as work:
        return next(p.login for p in work.people.all() if "presales" in p.roles)


def test_a_draft_plan_takes_up_the_tender_s_terms_and_every_row_in_dispute(sample: Store) -> None:
    row = rows_of(sample)[0]
    say(sample, row, Direction.NEGATIVE, response="1 GHz")
    content = draft_plan(sample, CODE)
    by_id = {issue["id"]: issue for issue in content["issues"]}
    assert by_id[row.id]["deviations"] == [row.id]
    assert by_id[row.id]["options"][0]["label"] == "1 GHz"
    assert by_id["price"]["options"][0]["price"] > by_id["price"]["options"][-1]["price"] > 0
    topics = legal_rules().topics
    plan = plan_of({**content, "reservation": 1}, dict.fromkeys(topics, True))
    assert len(plan.issues) == len(content["issues"])
