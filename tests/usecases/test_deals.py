from __future__ import annotations

from typing import Any

import pytest

from bidkit.kernel.errors import Conflict, NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.deals import NewDeal, list_deals, new_deal, show_deal


def open_deal(store: Store, **changes: Any) -> NewDeal:
    named: dict[str, Any] = {"code": "D-2", "name": "泵站", "customer": "水务", "language": Language.ZH, "actor": "li"}
    return new_deal(store, **named | changes)


def test_a_new_deal_is_listed_after_the_others(store: Store) -> None:
    made = open_deal(store)
    assert made.created
    assert [state.deal.code for state in list_deals(store)] == ["D-1", "D-2"]
    assert show_deal(store, "D-2").deal == made.deal
    assert show_deal(store, "D-2").tender is None


def test_opening_the_same_deal_twice_changes_nothing(store: Store) -> None:
    first = open_deal(store)
    second = open_deal(store, name=" 泵站 ", actor="wang")
    assert (second.deal, second.created) == (first.deal, False)
    with store.read() as work:
        assert [event.actor for event in work.events("D-2")] == ["li"]


@pytest.mark.parametrize("change", [{"name": "other"}, {"customer": "other"}, {"language": Language.EN}])
def test_another_deal_under_the_same_code_is_a_conflict(store: Store, change: dict[str, Any]) -> None:
    open_deal(store)
    with pytest.raises(Conflict, match="泵站"):
        open_deal(store, **change)


@pytest.mark.parametrize("code", ["", " ", "-D", "../D", "a/b", "a b", "x" * 65, "D.", "D\n1"])
def test_a_code_that_is_unsafe_in_a_file_name_is_refused(store: Store, code: str) -> None:
    with pytest.raises(UsageError, match="deal code"):
        open_deal(store, code=code)


@pytest.mark.parametrize("code", ["D-2026-001", "泵站-1", "a", "A_b.c"])
def test_a_plain_code_is_taken(store: Store, code: str) -> None:
    assert open_deal(store, code=code).deal.code == code


def test_a_deal_without_a_name_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="name"):
        open_deal(store, name="  ")


def test_an_unknown_deal_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        show_deal(store, "D-9")
