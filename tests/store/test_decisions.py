from __future__ import annotations

import pytest

from bidkit.kernel.errors import Conflict, NotFound
from bidkit.store import Store
from tests.builders import a_deal


@pytest.fixture
def decided(store: Store) -> Store:
    with store.begin("chen") as work:
        work.deals.add(a_deal())
        work.decisions.add(
            a_deal(),
            gate="go_no_go",
            topic="go_no_go",
            verdict="approve_with_conditions",
            role="approver",
            reason="可投",
            digest="ab" * 32,
            conditions=("保函先开出",),
            overrides=("hard-stop",),
            persons=2,
        )
    return store


def test_a_decision_comes_back_and_waits_for_its_second_signature(decided: Store) -> None:
    with decided.read() as work:
        (entry,) = work.decisions.of(a_deal())
        assert (entry.id, entry.by, entry.role, entry.conditions, entry.overrides) == (
            "D1",
            "chen",
            "approver",
            ("保函先开出",),
            ("hard-stop",),
        )
        assert not entry.complete


def test_it_counts_once_another_person_has_signed(decided: Store) -> None:
    with decided.begin("zhou") as work:
        work.decisions.sign(a_deal(), "D1", "approver")
    with decided.read() as work:
        entry = work.decisions.get(a_deal(), "D1")
        assert entry.complete
        assert [(s.by, s.role) for s in entry.signatures] == [("zhou", "approver")]
        assert [e.act for e in work.events("D-1")] == ["deal.created", "decision.taken", "decision.signed"]


@pytest.mark.parametrize("who", ["chen", "zhou"])
def test_nobody_signs_twice(decided: Store, who: str) -> None:
    with decided.begin("zhou") as work:
        work.decisions.sign(a_deal(), "D1", "approver")
    with pytest.raises(Conflict, match="signed already"), decided.begin(who) as work:
        work.decisions.sign(a_deal(), "D1", "approver")


def test_an_unknown_decision_is_not_found(decided: Store) -> None:
    with pytest.raises(NotFound, match="D7"), decided.begin("zhou") as work:
        work.decisions.sign(a_deal(), "D7", "approver")
