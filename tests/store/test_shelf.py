"""Values of any kind under keys: kept in every state, changed by one person at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest

from bidkit.kernel.errors import Conflict, NotFound
from bidkit.store import Store
from bidkit.store.shelf import Kind
from tests.builders import a_deal


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    price: Decimal
    on: date | None = None
    parts: tuple[str, ...] = ()
    colour: Colour = Colour.RED


THINGS = Kind("thing", Thing)
BOLT = Thing("螺栓", Decimal("1.50"), date(2027, 1, 2), ("a", "b"))


@pytest.fixture
def deal_store(store: Store) -> Store:
    with store.begin("wang") as work:
        work.deals.add(a_deal())
        work.deals.add(a_deal("D-2"))
    return store


def test_a_value_comes_back_as_it_was_put(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        stored = work.of_deal(a_deal(), THINGS).put("bolt", BOLT)
    assert (stored.value, stored.version, stored.by) == (BOLT, 1, "li")
    with deal_store.read() as work:
        assert work.of_deal(a_deal(), THINGS).get("bolt") == stored


def test_deals_and_house_keep_their_things_apart(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        work.of_house(THINGS).put("bolt", BOLT)
        work.of_deal(a_deal(), THINGS).put("nut", BOLT)
    with deal_store.read() as work:
        assert list(work.of_house(THINGS).all()) == ["bolt"]
        assert list(work.of_deal(a_deal(), THINGS).all()) == ["nut"]
        assert work.of_deal(a_deal("D-2"), THINGS).all() == {}
        assert work.of_deal(a_deal(), Kind("other", Thing)).all() == {}


def test_every_state_stays_and_an_equal_one_is_not_stored_again(deal_store: Store) -> None:
    dearer = replace(BOLT, price=Decimal(2))
    with deal_store.begin("li") as work:
        shelf = work.of_deal(a_deal(), THINGS)
        shelf.put("bolt", BOLT)
        shelf.put("bolt", BOLT)
        shelf.put("bolt", dearer, based_on=1)
        assert [state.value for state in shelf.history("bolt")] == [BOLT, dearer]
    with deal_store.read() as work:
        assert sum(event.act == "thing.saved" for event in work.events("D-1")) == 2
        assert work.verify_audit().broken is None


def test_a_change_made_on_an_older_state_is_a_conflict_and_changes_nothing(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        work.of_deal(a_deal(), THINGS).put("bolt", BOLT)
    with pytest.raises(Conflict, match="bolt"), deal_store.begin("wang") as work:
        work.of_deal(a_deal(), THINGS).put_all({"nut": (BOLT, 0), "bolt": (replace(BOLT, name="x"), 0)})
    with deal_store.read() as work:
        assert list(work.of_deal(a_deal(), THINGS).all()) == ["bolt"]


def test_a_value_put_away_is_gone_and_can_come_back(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        shelf = work.of_deal(a_deal(), THINGS)
        shelf.put("bolt", BOLT)
        shelf.put_away("bolt", 1)
        shelf.put_away("bolt", 1)
        assert shelf.find("bolt") is None
        with pytest.raises(NotFound):
            shelf.get("bolt")
        assert shelf.put("bolt", BOLT, based_on=2).version == 3


def test_an_erased_value_leaves_the_chain_whole(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        shelf = work.of_deal(a_deal(), THINGS)
        shelf.put("bolt", BOLT)
        shelf.put("bolt", replace(BOLT, name="y"), based_on=1)
        assert shelf.erase("bolt") == 2
        assert shelf.erase("bolt") == 0
        assert shelf.find("bolt") is None
        assert shelf.history("bolt") == ()
    with deal_store.read() as work:
        assert work.verify_audit().broken is None


def test_many_values_go_in_at_once(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        shelf = work.of_house(THINGS)
        assert shelf.put_all({f"k{n:04}": (BOLT, 0) for n in range(1200)}) == 1200
        assert shelf.put_all({f"k{n:04}": (BOLT, 0) for n in range(1200)}) == 0
        assert len(shelf.all()) == 1200


def test_the_audit_chain_holds_digests_and_no_words(deal_store: Store) -> None:
    with deal_store.begin("li") as work:
        work.of_deal(a_deal(), THINGS).put("bolt", BOLT)
    with deal_store.read() as work:
        assert "螺栓" not in repr([event.payload for event in work.events("D-1") if event.act == "thing.saved"])
