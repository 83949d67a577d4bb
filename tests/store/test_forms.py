from __future__ import annotations

from typing import Any

import pytest

from bidkit.kernel.errors import Conflict, NotFound
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.store.entries import FormDocument
from tests.builders import a_deal

VALUES: dict[str, Any] = {"customer": "青澜市水务中心", "visited_on": "2026-05-01", "people": [{"name": "王"}]}


@pytest.fixture
def deal_store(store: Store) -> Store:
    with store.begin("wang") as work:
        work.deals.add(a_deal())
    return store


def begun(store: Store, form: str = "visit_report", *, house: bool = False) -> FormDocument:
    with store.begin("ann") as work:
        deal = None if house else a_deal()
        return work.forms.add(deal, form=form, definition_version=3, language=Language.ZH)


def save(store: Store, document: FormDocument, state: str, on: int, **changes: Any) -> None:
    with store.begin("ann") as work:
        work.forms.save(document, VALUES | changes, state=state, on_version=on)


def test_a_form_comes_back_with_every_version(deal_store: Store) -> None:
    document = begun(deal_store)
    save(deal_store, document, "draft", 0)
    save(deal_store, document, "submitted", 1, visited_on="2026-05-02")
    with deal_store.read() as work:
        assert work.forms.get(document.id) == document
        assert (document.deal, document.form, document.definition_version, document.language) == (
            "D-1",
            "visit_report",
            3,
            Language.ZH,
        )
        first, second = work.forms.history(document)
        assert (first.number, first.state, first.values) == (1, "draft", VALUES)
        assert (second.number, second.state, second.values["visited_on"]) == (2, "submitted", "2026-05-02")
        assert first.digest != second.digest
        assert work.forms.latest(document) == second


def test_a_save_on_an_older_version_is_a_conflict(deal_store: Store) -> None:
    document = begun(deal_store)
    save(deal_store, document, "draft", 0)
    with pytest.raises(Conflict, match=document.id):
        save(deal_store, document, "draft", 0, customer="other")
    with deal_store.read() as work:
        assert len(work.forms.history(document)) == 1


def test_what_counts_is_the_latest_version_that_is_no_draft(deal_store: Store) -> None:
    twice, draft, empty = begun(deal_store), begun(deal_store, "org_chart"), begun(deal_store, "lessons")
    save(deal_store, twice, "submitted", 0)
    save(deal_store, twice, "draft", 1)
    save(deal_store, draft, "draft", 0)
    save(deal_store, draft, "draft", 1)
    with deal_store.read() as work:
        counts = {s.document.id: (s.version.number, s.version.state) for s in work.forms.in_force()["D-1"]}
        assert counts == {twice.id: (1, "submitted"), draft.id: (2, "draft")}
        assert work.forms.in_force("D-1") == work.forms.in_force()
        latest = {s.document.id: s.version.number for s in work.forms.of(a_deal())}
        assert latest == {twice.id: 2, draft.id: 2}
        assert work.forms.latest(empty) is None
        assert [(s.document.id, s.version.number) for s in work.forms.histories(a_deal())] == [
            (twice.id, 1),
            (twice.id, 2),
            (draft.id, 1),
            (draft.id, 2),
        ]


def test_a_form_of_the_whole_house_belongs_to_no_deal(deal_store: Store) -> None:
    document = begun(deal_store, "qualification_library", house=True)
    save(deal_store, document, "submitted", 0)
    with deal_store.read() as work:
        assert [s.document for s in work.forms.of(None)] == [document]
        assert work.forms.of(a_deal()) == ()
        assert work.forms.in_force() == {}
        assert [event.act for event in work.events("house:forms")] == ["form.begun", "form.saved"]


@pytest.mark.parametrize("unknown", ["F99", "E1", "", "F0", "F1x"])
def test_an_unknown_form_is_not_found(deal_store: Store, unknown: str) -> None:
    with deal_store.read() as work, pytest.raises(NotFound):
        work.forms.get(unknown)


def test_erased_values_leave_every_version_and_the_chain_stays_whole(deal_store: Store) -> None:
    document, other = begun(deal_store), begun(deal_store)
    save(deal_store, document, "draft", 0)
    save(deal_store, document, "submitted", 1)
    save(deal_store, other, "submitted", 0)

    def without_people(values: Any) -> Any:
        return {key: value for key, value in values.items() if key != "people"}

    with deal_store.begin("root") as work:
        before = [version.digest for version in work.forms.history(document)]
        assert work.forms.erase(document, without_people) == 2
        assert work.forms.erase(document, without_people) == 0
    with deal_store.read() as work:
        versions = work.forms.history(document)
        assert [v.digest for v in versions] == before
        assert all("people" not in v.values and v.erased_at for v in versions)
        assert work.forms.history(other)[0].values == VALUES
        saved = [event.payload for event in work.events("D-1") if event.act == "form.saved"]
        assert [payload is None for payload in saved] == [True, True, False]
        assert work.verify_audit().broken is None
