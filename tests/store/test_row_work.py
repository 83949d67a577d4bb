from __future__ import annotations

from dataclasses import replace

import pytest

from bidkit.kernel.errors import Conflict
from bidkit.requirements.work import Compliance, RowWork
from bidkit.store import Store
from tests.builders import a_deal

TYPED = RowWork(Compliance.PARTIAL, "李工", "响应：\n见附件", "价格待定")


@pytest.fixture
def deal_store(store: Store) -> Store:
    with store.begin("wang") as work:
        work.deals.add(a_deal())
        work.deals.add(a_deal("D-2"))
    return store


def test_typed_words_come_back_as_version_one(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        work.row_work.save(a_deal(), {"req-1": TYPED})
    with deal_store.read() as work:
        assert work.row_work.of(a_deal()) == {"req-1": replace(TYPED, version=1)}


def test_an_older_state_is_never_thrown_away(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        work.row_work.save(a_deal(), {"req-1": TYPED})
        work.row_work.save(a_deal(), {"req-1": RowWork(version=1)})
    with deal_store.read() as work:
        assert work.row_work.history(a_deal(), "req-1") == (replace(TYPED, version=1), RowWork(version=2))
        assert work.row_work.of(a_deal()) == {"req-1": RowWork(version=2)}


def test_words_in_force_are_not_stored_again(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        assert work.row_work.save(a_deal(), {"req-1": TYPED}) == {"req-1": replace(TYPED, version=1)}
        assert work.row_work.save(a_deal(), {"req-1": TYPED, "req-2": RowWork()}) == {}
    with deal_store.read() as work:
        assert [event.act for event in work.events("D-1")] == ["deal.created", "rows.worked-on"]


def test_an_edit_made_on_an_older_state_is_a_conflict_and_changes_nothing(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        work.row_work.save(a_deal(), {"req-1": TYPED})
    with pytest.raises(Conflict, match="req-1"), deal_store.begin("wang") as work:
        work.row_work.save(a_deal(), {"req-0": TYPED, "req-1": RowWork(Compliance.FULL)})
    with deal_store.read() as work:
        assert work.row_work.of(a_deal()) == {"req-1": replace(TYPED, version=1)}


def test_the_same_row_of_another_deal_has_work_of_its_own(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        work.row_work.save(a_deal("D-2"), {"req-1": TYPED})
    with deal_store.read() as work:
        assert work.row_work.of(a_deal()) == {}


def test_rows_that_were_worked_on_are_counted_by_deal(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        work.row_work.save(a_deal(), {"req-1": TYPED, "req-2": TYPED})
        work.row_work.save(a_deal(), {"req-1": RowWork(version=1)})
    with deal_store.read() as work:
        assert work.row_work.counts() == {"D-1": 2}
