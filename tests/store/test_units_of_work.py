from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.kernel.errors import Conflict, NotFound
from bidkit.store import Store, open_store
from tests.builders import SteppingClock, a_deal


def test_a_deal_comes_back_as_it_was_stored(store: Store) -> None:
    with store.begin("wang") as work:
        work.deals.add(a_deal())
    with store.read() as work:
        assert work.deals.get("D-1") == a_deal()
        assert work.deals.all() == (a_deal(),)


def test_the_deal_is_there_after_the_store_was_closed_and_opened_again(store: Store, place: str | Path) -> None:
    with store.begin("wang") as work:
        work.deals.add(a_deal())
    store.close()
    again = open_store(place, "memory://blobs", SteppingClock())
    with again.read() as work:
        assert work.deals.find("D-1") == a_deal()
    again.close()


def test_an_unknown_deal_is_not_found(store: Store) -> None:
    with store.read() as work:
        assert work.deals.find("D-9") is None
        with pytest.raises(NotFound, match="bidkit deal new D-9"):
            work.deals.get("D-9")
    with pytest.raises(NotFound), store.begin("wang") as work:
        work.deals.lock("D-9")


def test_a_code_that_is_taken_is_a_conflict(store: Store) -> None:
    with store.begin("wang") as work:
        work.deals.add(a_deal())
    with pytest.raises(Conflict, match="D-1"), store.begin("li") as work:
        work.deals.add(a_deal(name="another"))
    with store.read() as work:
        assert [event.act for event in work.events()] == ["deal.created"]


def test_a_unit_of_work_that_raises_leaves_no_deal_and_no_event(store: Store) -> None:
    def half_done() -> None:
        with store.begin("wang") as work:
            work.deals.add(a_deal())
            raise KeyError("a mistake")

    with pytest.raises(KeyError):
        half_done()
    with store.read() as work:
        assert work.deals.all() == ()
        assert list(work.events()) == []


def test_a_change_made_on_an_older_revision_is_a_conflict(store: Store) -> None:
    with store.begin("wang") as work:
        work.deals.add(a_deal())
    with store.read() as work:
        loaded = work.deals.get("D-1")
    with store.begin("li") as work:
        assert work.deals.advance(loaded).revision == 2
    with pytest.raises(Conflict, match="meanwhile"), store.begin("wang") as work:
        work.deals.advance(loaded)


def test_a_reader_cannot_change_anything(store: Store) -> None:
    with store.begin("wang") as work:
        work.deals.add(a_deal())
    with store.read() as work:
        with pytest.raises(RuntimeError, match="only reads"):
            work.deals.advance(a_deal())
        with pytest.raises(RuntimeError, match="only reads"):
            work.deals.lock("D-1")


def test_a_reader_sees_one_state_while_others_write(store: Store) -> None:
    with store.begin("wang") as work:
        work.deals.add(a_deal("D-1"))
    with store.read() as reader:
        assert len(reader.deals.all()) == 1
        with store.begin("li") as work:
            work.deals.add(a_deal("D-2"))
        assert len(reader.deals.all()) == 1
    with store.read() as reader:
        assert len(reader.deals.all()) == 2
