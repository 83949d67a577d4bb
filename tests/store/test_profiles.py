from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bidkit.kernel.deal import DealProfile, Ending, Outcome
from bidkit.kernel.errors import Conflict
from bidkit.kernel.quantity import Money
from bidkit.store import Store
from tests.builders import a_deal

KNOWN = DealProfile(
    method="open_tender",
    regime="tendering_law",
    published_on=date(2026, 3, 10),
    procurement_closed_on=date(2026, 5, 1),
    movable_topics=frozenset({"payment", "training"}),
    value=Money(Decimal("4800000.50"), "CNY"),
    risk="medium",
    owner="ann",
    next_on=date(2026, 4, 1),
    next_what="开标",
    late_entry=5,
    ending=Ending(Outcome.LOST, "报价偏高", date(2026, 5, 2), 6, 5),
)


@pytest.fixture
def deal_store(store: Store) -> Store:
    with store.begin("wang") as work:
        work.deals.add(a_deal())
        work.deals.add(a_deal("D-2"))
    return store


def test_a_deal_nobody_described_has_an_empty_profile(deal_store: Store) -> None:
    with deal_store.read() as work:
        assert work.profiles.of(a_deal()) == DealProfile()


@pytest.mark.parametrize("profile", [KNOWN, DealProfile(owner="ann"), DealProfile(movable_topics=frozenset())])
def test_a_profile_comes_back_as_it_was_stored(deal_store: Store, profile: DealProfile) -> None:
    with deal_store.begin("ann") as work:
        assert work.profiles.save(a_deal(), profile) == replace(profile, version=1)
    with deal_store.read() as work:
        assert work.profiles.by_deal() == {"D-1": replace(profile, version=1)}
        assert work.profiles.of(a_deal("D-2")) == DealProfile()


def test_an_equal_profile_is_not_stored_again_and_an_older_one_stays(deal_store: Store) -> None:
    with deal_store.begin("ann") as work:
        work.profiles.save(a_deal(), KNOWN)
        work.profiles.save(a_deal(), replace(KNOWN, version=1))
        work.profiles.save(a_deal(), replace(KNOWN, risk="high", version=1))
    with deal_store.read() as work:
        assert [(p.version, p.risk) for _, p in work.profiles.history(a_deal())] == [(1, "medium"), (2, "high")]
        assert [e.act for e in work.events("D-1")] == ["deal.created", "deal.profiled", "deal.profiled"]


def test_a_change_made_on_an_older_profile_is_a_conflict(deal_store: Store) -> None:
    with deal_store.begin("ann") as work:
        work.profiles.save(a_deal(), KNOWN)
    with pytest.raises(Conflict, match="D-1"), deal_store.begin("li") as work:
        work.profiles.save(a_deal(), replace(KNOWN, risk="low", version=0))
