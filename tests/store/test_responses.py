from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bidkit.kernel.errors import Conflict
from bidkit.respond.response import Compliance, Response, State
from bidkit.store import Store
from tests.builders import a_deal

TYPED = Response(
    Compliance.PARTIAL, "≥16 GB", "响应：\n见附件", "P3", "李工", date(2027, 3, 1), State.REVIEWED, "价格待定"
)


@pytest.fixture
def deal_store(store: Store) -> Store:
    with store.begin("wang") as work:
        work.deals.add(a_deal())
        work.deals.add(a_deal("D-2"))
    return store


def test_typed_words_come_back_as_version_one(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        work.responses.save(a_deal(), {"req-1": TYPED})
    with deal_store.read() as work:
        assert work.responses.of(a_deal()) == {"req-1": replace(TYPED, version=1)}


def test_an_older_state_is_never_thrown_away(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        work.responses.save(a_deal(), {"req-1": TYPED})
        work.responses.save(a_deal(), {"req-1": Response(version=1)})
    with deal_store.read() as work:
        assert work.responses.history(a_deal(), "req-1") == (replace(TYPED, version=1), Response(version=2))
        assert work.responses.of(a_deal()) == {"req-1": Response(version=2)}


def test_words_in_force_are_not_stored_again(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        assert work.responses.save(a_deal(), {"req-1": TYPED}) == {"req-1": replace(TYPED, version=1)}
        assert work.responses.save(a_deal(), {"req-1": TYPED, "req-2": Response()}) == {}
    with deal_store.read() as work:
        assert [event.act for event in work.events("D-1")] == ["deal.created", "rows.worked-on"]


def test_an_edit_made_on_an_older_state_is_a_conflict_and_changes_nothing(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        work.responses.save(a_deal(), {"req-1": TYPED})
    with pytest.raises(Conflict, match="req-1"), deal_store.begin("wang") as work:
        work.responses.save(a_deal(), {"req-0": TYPED, "req-1": Response(Compliance.FULL)})
    with deal_store.read() as work:
        assert work.responses.of(a_deal()) == {"req-1": replace(TYPED, version=1)}


def test_the_same_row_of_another_deal_has_work_of_its_own(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        work.responses.save(a_deal("D-2"), {"req-1": TYPED})
    with deal_store.read() as work:
        assert work.responses.of(a_deal()) == {}


def test_rows_that_were_worked_on_are_counted_by_deal(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        work.responses.save(a_deal(), {"req-1": TYPED, "req-2": TYPED})
        work.responses.save(a_deal(), {"req-1": Response(version=1)})
    with deal_store.read() as work:
        assert work.responses.counts() == {"D-1": 2}
