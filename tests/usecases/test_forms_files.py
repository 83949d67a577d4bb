from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bidkit.documents.forms.word_read import read_form_docx
from bidkit.kernel.deal import DealProfile, Ending, Outcome
from bidkit.kernel.errors import Conflict, NotFound, UnreadableFile, UsageError
from bidkit.store import Store
from bidkit.usecases.deals import new_deal
from bidkit.usecases.forms import find_form
from bidkit.usecases.forms_files import FormFormat, FormImport, export_form, import_form
from bidkit.usecases.forms_fill import fill_form
from bidkit.usecases.forms_merge import Clash, merge_values
from bidkit.usecases.forms_privacy import Overdue, erase_form, overdue_forms
from bidkit.usecases.forms_state import submit_form, void_form
from bidkit.vocabulary.forms import form_definition
from tests.documents.forms.word_person import all_text, edited, types
from tests.usecases.forms_builder import a_call, a_form, with_people

VISIT = form_definition("visit_report")
IMPACT = [{"department": "pumps", "effect": "stops", "metric": "3 a week"}, {"department": "office", "effect": "fines"}]


def exported(store: Store, document: str, path: Path, **changes: Any) -> Path:
    kind = FormFormat(path.suffix.removeprefix("."))
    export_form(store, **{"document": document, "path": path, "actor": "chen", "kind": kind, **changes})
    return path


def typed_into(path: Path, *acts: Callable[[Any], None]) -> Path:
    path.write_bytes(edited(path.read_bytes(), *acts))
    return path


def told(made: FormImport) -> list[str]:
    checks = ("form-required", "form-check-not-run")
    return [finding.code for finding in made.state.findings if finding.code not in checks]


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_file_nobody_typed_into_changes_nothing(store: Store, tmp_path: Path, ending: str) -> None:
    call = a_call(store)
    made = import_form(store, path=exported(store, call.document.id, tmp_path / f"call.{ending}"), actor="chen")
    assert (made.state.changed, made.state.version.number, told(made), made.kept) == (False, 2, [], None)


def test_what_was_typed_in_word_is_the_next_draft(store: Store, tmp_path: Path) -> None:
    call = a_call(store)
    path = typed_into(exported(store, call.document.id, tmp_path / "call.docx"), types("topic", "night trips"))
    made = import_form(store, path=path, actor="li")
    assert (made.state.version.number, made.state.version.state, made.state.version.by) == (3, "draft", "li")
    assert made.state.version.values == {**call.version.values, "topic": "night trips"}
    assert not import_form(store, path=path, actor="li").state.changed


def test_what_was_typed_in_excel_is_the_next_draft(store: Store, tmp_path: Path) -> None:
    call = a_call(store)
    path = exported(store, call.document.id, tmp_path / "call.xlsx")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    (row,) = [cells[0].row for cells in sheet.iter_rows() if str(cells[0].value).startswith("Duration")]
    sheet.cell(row, 2).value = 25
    book.save(path)
    assert import_form(store, path=path, actor="li").state.version.values["duration_min"] == 25


def test_changes_on_both_sides_are_joined_and_a_clash_keeps_both(store: Store, tmp_path: Path) -> None:
    visit = a_form(store, "visit_report", place="site", purpose="look", problem="trips", impact=IMPACT)
    path = exported(store, visit.document.id, tmp_path / "visit.docx")
    typed_into(
        path, types("purpose", "look and measure"), types("problem", "wet cables"), types("impact.1.metric", "2")
    )
    newer = [{**IMPACT[0], "metric": "5 a week"}, IMPACT[1]]
    fill_form(
        store,
        document=visit.document.id,
        values={"place": "office", "problem": "old wiring", "impact": newer},
        actor="wu",
    )
    made = import_form(store, path=path, actor="chen")
    values = made.state.version.values
    assert {key: values[key] for key in ("place", "purpose", "problem", "impact")} == {
        "place": "office",
        "purpose": "look and measure",
        "problem": "old wiring",
        "impact": [newer[0], {**IMPACT[1], "metric": "2"}],
    }
    (clash,) = [dict(f.values) for f in made.state.findings if f.code == "form-typed-twice"]
    assert (clash["field"], clash["kept"], clash["typed"]) == ("problem", "old wiring", "wet cables")
    assert made.state.version.note == "problem: wet cables"
    assert made.kept
    assert read_form_docx(made.kept.read_bytes()).values["problem"] == "wet cables"
    assert not import_form(store, path=path, actor="chen").state.changed


def test_a_text_that_does_not_fit_is_taken_in_and_told(store: Store, tmp_path: Path) -> None:
    call = a_call(store)
    path = typed_into(exported(store, call.document.id, tmp_path / "call.docx"), types("called_at", "last week"))
    made = import_form(store, path=path, actor="chen")
    assert told(made) == ["form-type"]
    assert made.state.version.values["called_at"] == "last week"


def test_a_change_to_what_the_system_fills_in_is_told_and_not_taken(store: Store, tmp_path: Path) -> None:
    made = a_form(store, "competitor_analysis", qualification_score="10", technical_score="20", price_score="30")
    path = exported(store, made.document.id, tmp_path / "c.docx")
    back = import_form(store, path=typed_into(path, types("total_score", "99")), actor="chen")
    assert (back.state.changed, told(back)) == (False, ["form-read-only-changed"])


def test_fields_one_may_not_see_are_not_in_the_file_and_stay_as_they_are(store: Store, tmp_path: Path) -> None:
    with_people(store, chen="presales", fu="finance")
    made = a_form(store, "customer_profile", actor="fu", bank_account="62 0001", industry="water")
    path = exported(store, made.document.id, tmp_path / "c.docx")
    assert "62 0001" not in all_text(path.read_bytes())
    back = import_form(store, path=typed_into(path, types("industry", "waste water")), actor="chen")
    assert back.state.version.values == {"bank_account": "62 0001", "industry": "waste water"}


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf"])
def test_personal_data_is_left_out_on_request_and_comes_to_no_harm(store: Store, tmp_path: Path, ending: str) -> None:
    call = a_call(store)
    made = export_form(
        store,
        document=call.document.id,
        path=tmp_path / f"c.{ending}",
        actor="chen",
        kind=FormFormat(ending),
        without_personal=True,
    )
    assert made.hidden == 2
    if ending != "pdf":
        assert not import_form(store, path=made.path, actor="chen").state.changed
    assert find_form(store, call.document.id).version.values["contact_id"] == "Liu Qing"


def test_an_erasure_empties_every_version_and_an_old_file_does_not_bring_the_data_back(
    store: Store, tmp_path: Path
) -> None:
    call = a_call(store)
    submit_form(store, document=call.document.id, actor="chen")
    path = exported(store, call.document.id, tmp_path / "call.docx")
    assert erase_form(store, document=call.document.id, actor="li", role="legal").versions == 2
    assert erase_form(store, document=call.document.id, actor="li", role="legal").versions == 0
    with store.read() as work:
        assert all("contact_id" not in v.values for v in work.forms.history(work.forms.get(call.document.id)))
        assert work.verify_audit().broken is None
    made = import_form(store, path=path, actor="chen")
    assert (made.state.changed, "contact_id" in made.state.version.values) == (False, False)


def test_only_those_entitled_erase(store: Store) -> None:
    call = a_call(store)
    with pytest.raises(UsageError, match="presales may not erase personal data"):
        erase_form(store, document=call.document.id, actor="li", role="presales")
    with_people(store, li="presales")
    with pytest.raises(UsageError, match="li does not have the role legal"):
        erase_form(store, document=call.document.id, actor="li", role="legal")


def test_forms_of_closed_deals_are_overdue_once_their_time_is_over(store: Store) -> None:
    call = a_call(store)
    ended = Ending(Outcome.LOST, "price", date(2024, 5, 3), 5, 4)
    with store.begin("chen") as work:
        work.profiles.save(work.deals.get("D-1"), DealProfile(ending=ended))
    assert overdue_forms(store) == (Overdue("D-1", call.document.id, "phone_record", date(2026, 5, 3)),)
    erase_form(store, document=call.document.id, actor="li", role="legal")
    assert overdue_forms(store) == ()


def test_a_file_of_another_store_is_refused(store: Store, tmp_path: Path) -> None:
    call = a_call(store)
    path = exported(store, call.document.id, tmp_path / "call.docx")
    other = a_form(store, "visit_report")
    strange = tmp_path / "strange.docx"
    shutil.copy(path, strange)
    void_form(store, document=call.document.id, actor="chen", reason="twice")
    with pytest.raises(Conflict, match="this form is void"):
        import_form(store, path=path, actor="chen")
    assert find_form(store, other.document.id).version.number == 1


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("call.docx", b"no zip", UnreadableFile),
        ("call.pdf", b"%PDF", UsageError),
        ("none.docx", None, UsageError),
    ],
    ids=["broken", "kind", "absent"],
)
def test_what_is_no_form_file_is_named(
    store: Store, tmp_path: Path, name: str, content: bytes | None, error: type[Exception]
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match=name):
        import_form(store, path=tmp_path / name, actor="chen")


def test_exporting_a_form_nobody_knows_writes_nothing(store: Store, tmp_path: Path) -> None:
    new_deal(
        store,
        code="D-2",
        name="x",
        customer="y",
        language=find_form(store, a_call(store).document.id).document.language,
        actor="chen",
    )
    with pytest.raises(NotFound):
        exported(store, "F99", tmp_path / "x.docx")
    assert list(tmp_path.glob("*.docx")) == []


COST = {"amount": "1.0", "currency": "CNY"}
ROW = {"department": "a", "effect": "b"}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged", "clashes"),
    [
        ({"place": "a"}, {"place": "a"}, {"place": "b"}, {"place": "b"}, ()),
        ({"place": "a"}, {"place": "b"}, {"place": "a"}, {"place": "b"}, ()),
        ({"place": "a"}, {"place": "b"}, {"place": "b"}, {"place": "b"}, ()),
        ({"place": "a"}, {"place": "b"}, {"place": "c"}, {"place": "b"}, (Clash("place", "b", "c"),)),
        ({"place": "a"}, {"place": "a"}, {}, {}, ()),
        ({"place": "a"}, {}, {"place": "b"}, {}, (Clash("place", None, "b"),)),
        ({}, {}, {"impact": [ROW]}, {"impact": [ROW]}, ()),
        ({"impact": [ROW]}, {"impact": [ROW]}, {}, {}, ()),
        (
            {"impact": [ROW]},
            {"impact": [{**ROW, "effect": "x"}]},
            {"impact": [{**ROW, "effect": "y", "metric": "1"}]},
            {"impact": [{**ROW, "effect": "x", "metric": "1"}]},
            (Clash("impact[0].effect", "x", "y"),),
        ),
        (
            {"impact": [ROW]},
            {"impact": [ROW, ROW]},
            {"impact": []},
            {"impact": [ROW, ROW]},
            (Clash("impact", [ROW, ROW], None),),
        ),
        ({"budget_min": COST}, {}, {"budget_min": {**COST, "amount": "1"}}, {}, ()),
    ],
    ids=[
        "theirs", "mine", "both alike", "both", "emptied", "emptied here", "rows added", "rows deleted", "cells",
        "rows on both sides", "same amount",
    ],
)  # fmt: skip
def test_three_versions_are_merged(base: Any, mine: Any, theirs: Any, merged: Any, clashes: Any) -> None:
    assert merge_values(VISIT, base, mine, theirs, {"place", "impact", "budget_min"}) == (merged, clashes)


def test_a_field_that_is_not_in_the_file_is_left_alone() -> None:
    assert merge_values(VISIT, {"place": "a"}, {"place": "a"}, {}, {"purpose"}) == ({"place": "a"}, ())
