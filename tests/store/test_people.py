from __future__ import annotations

from dataclasses import replace

import pytest

from bidkit.kernel.errors import Conflict, NotFound
from bidkit.store import Store
from bidkit.store.entries import Person

CHEN = Person("chen", "陈经理", "chen@example.com", frozenset({"approver", "legal"}))


@pytest.fixture
def peopled(store: Store) -> Store:
    with store.begin("root") as work:
        work.people.save(CHEN)
    return store


def test_a_person_comes_back_with_roles(peopled: Store) -> None:
    with peopled.read() as work:
        assert work.people.get("chen") == replace(CHEN, version=1)
        assert work.people.find("nobody") is None
        with pytest.raises(NotFound, match="bidkit person add nobody"):
            work.people.get("nobody")


def test_saving_the_same_state_twice_stores_it_once(peopled: Store) -> None:
    with peopled.begin("root") as work:
        assert work.people.save(CHEN).version == 1
        assert [event.act for event in work.events("person:chen")] == ["person.saved"]


def test_a_change_made_on_an_older_state_is_a_conflict(peopled: Store) -> None:
    with peopled.begin("root") as work:
        work.people.save(replace(CHEN, active=False, version=1))
    with pytest.raises(Conflict, match="chen"), peopled.begin("li") as work:
        work.people.save(replace(CHEN, roles=frozenset({"admin"}), version=1))


def test_erasing_a_person_empties_name_and_address_everywhere_and_leaves_the_chain_whole(peopled: Store) -> None:
    with peopled.begin("root") as work:
        work.people.save(replace(CHEN, email="new@example.com", version=1))
        assert work.people.erase("chen") == Person("chen", None, None, CHEN.roles, active=True, version=2)
    with peopled.read() as work:
        events = list(work.events("person:chen"))
        assert [event.payload is None for event in events] == [True, False, False]
        assert work.verify_audit().broken is None


def test_erasing_twice_changes_nothing(peopled: Store) -> None:
    for _ in range(2):
        with peopled.begin("root") as work:
            work.people.erase("chen")
    with peopled.read() as work:
        assert [event.act for event in work.events("person:chen")] == ["person.saved", "person.erased"]


def test_the_chain_holds_no_name_and_no_address(peopled: Store) -> None:
    with peopled.read() as work:
        written = "".join(str(event) for event in work.events())
    assert "陈" not in written
    assert "example.com" not in written
