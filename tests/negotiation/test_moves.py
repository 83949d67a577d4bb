"""Concessions, swaps, equal packages, shrinking steps and how sure we are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidkit.kernel.errors import UsageError
from bidkit.negotiation.model import Issue, Option, ReservationValue
from bidkit.negotiation.moves import concessions_by_price, equivalent_packages, shrinking_steps, swaps
from bidkit.negotiation.sensitivity import robustness
from bidkit.negotiation.space import space_of
from tests.negotiation.builders import a_price_issue, a_space


def test_the_cheapest_concession_for_their_gain_comes_first() -> None:
    moves = concessions_by_price(a_space(), (0, 0, 0))
    assert [(move.issue_id, move.cost) for move in moves][:2] == [
        ("training", Decimal("5000.00")),
        ("payment", Decimal("20000.00")),
    ]
    assert [move.cost_per_gain for move in moves] == sorted(move.cost_per_gain for move in moves)


def test_a_swap_leaves_both_better_off() -> None:
    space = a_space()
    found = swaps(space, (1, 1, 0))  # they have late payment, not the training they would rather have
    assert all(swap.our_gain > 0 and swap.their_gain > 0 for swap in found)
    for swap in found:
        assert swap.give.issue_id != swap.take.issue_id


def test_a_swap_is_found_where_priorities_differ() -> None:
    ours = Issue("a", "x", "a", (Option("no", 0), Option("yes", 1, amount=Decimal(-100))), 3, 0, 0, 1, 1)
    theirs = Issue("b", "x", "b", (Option("no", 0), Option("yes", 1, amount=Decimal(-900))), 1, 0, 0, 1, 1)
    space = space_of([a_price_issue(), ours, theirs], ReservationValue(Decimal(0)), 0.0)
    best = swaps(space, (0, 0, 1))[0]
    assert (best.give.issue_id, best.take.issue_id, best.our_gain) == ("a", "b", Decimal("800.00"))


def test_equal_packages_are_worth_the_target_to_us_and_differ() -> None:
    space = a_space()
    packages = equivalent_packages(space, Decimal(950_000), Decimal(10_000))
    assert 2 <= len(packages) <= 3
    assert len({package.choice for package in packages}) == len(packages)
    assert all(abs(package.our_value - 950_000) <= 10_000 for package in packages)
    assert packages[0].their_value == max(package.their_value for package in packages)
    assert equivalent_packages(space, Decimal(5), Decimal(1)) == ()


def test_steps_shrink_as_the_worked_example_says() -> None:
    assert shrinking_steps(Decimal(8), 4) == (Decimal("4.27"), Decimal("2.13"), Decimal("1.07"), Decimal("0.53"))


@given(st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False), st.integers(1, 8), st.floats(0.1, 0.9))
def test_steps_add_up_to_the_room_to_the_cent(room: Decimal, rounds: int, ratio: float) -> None:
    assert sum(shrinking_steps(room, rounds, ratio)) == room


@pytest.mark.parametrize(("room", "rounds", "ratio"), [(-1, 2, 0.5), (1, 0, 0.5), (1, 2, 1.0)])
def test_impossible_steps_are_refused(room: int, rounds: int, ratio: float) -> None:
    with pytest.raises(UsageError):
        shrinking_steps(Decimal(room), rounds, ratio)


def test_robustness_counts_the_draws_and_repeats_itself() -> None:
    space = a_space()
    first, again = robustness(space, (1, 0, 1), draws=50), robustness(space, (1, 0, 1), draws=50)
    assert first == again
    assert first.draws == 50
    assert first.agreeable == 50  # far inside the zone, whatever the weights
    assert robustness(a_space(reservation=2_000_000), (1, 0, 1), draws=10).agreeable == 0
