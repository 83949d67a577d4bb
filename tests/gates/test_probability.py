"""RULE5: one figure from the process, the rest from our own closed deals, or none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bidkit.gates.model import FactState, Standing
from bidkit.gates.position import Reach
from bidkit.gates.probability import Basis, ClosedDeal, wilson, win_probability
from bidkit.vocabulary.stages import stage_model

_MODEL = stage_model()
_PREFERRED = {"S6.C4": Standing("S6.C4", FactState.PROVEN)}


def closed(won: int, lost: int, reached: Reach = Reach(8, 8)) -> list[ClosedDeal]:  # noqa: B008 a frozen value
    return [ClosedDeal(f"D-{n}", reached, n < won) for n in range(won + lost)]


def test_rule_5_the_preferred_supplier_has_about_three_chances_in_four() -> None:
    found = win_probability(_MODEL, Reach(6, 6), _PREFERRED, [])
    assert (found.value, found.basis, found.history) == (Decimal("0.75"), Basis.PROCESS, None)


@pytest.mark.parametrize("state", [FactState.OPEN, FactState.WAIVED])
def test_no_other_point_has_a_figure_without_data(state: FactState) -> None:
    for entered in range(9):
        found = win_probability(_MODEL, Reach(entered, entered), {"S6.C4": Standing("S6.C4", state)}, [])
        assert (found.value, found.basis) == (None, Basis.NOT_ENOUGH_DATA)


def test_ten_closed_deals_that_got_this_far_give_a_share_with_its_interval() -> None:
    found = win_probability(_MODEL, Reach(4, 4), {}, closed(3, 7))
    assert (found.value, found.basis) == (Decimal("0.300"), Basis.HISTORY)
    assert found.history is not None
    assert (found.history.low, found.history.high, found.history.won, found.history.of) == (
        Decimal("0.108"), Decimal("0.603"), 3, 10,
    )  # fmt: skip


def test_nine_are_not_enough_and_the_counts_are_still_shown() -> None:
    found = win_probability(_MODEL, Reach(4, 4), {}, closed(3, 6))
    assert (found.value, found.basis) == (None, Basis.NOT_ENOUGH_DATA)
    assert found.history is not None
    assert (found.history.won, found.history.of) == (3, 9)


def test_deals_that_never_got_this_far_say_nothing_about_it() -> None:
    early = closed(0, 50, Reach(2, 1))
    found = win_probability(_MODEL, Reach(4, 3), {}, early + closed(6, 4))
    assert found.value == Decimal("0.600")


def test_rule_3_a_deal_resting_between_two_stages_has_not_gained_the_chance_of_the_next() -> None:
    fell_before_entering = closed(0, 10, Reach(4, 4))
    entered_five = closed(10, 0, Reach(5, 4))
    resting = win_probability(_MODEL, Reach(4, 4), {}, fell_before_entering + entered_five)
    entered = win_probability(_MODEL, Reach(5, 4), {}, fell_before_entering + entered_five)
    assert (resting.value, entered.value) == (Decimal("0.500"), Decimal("1.000"))


def test_our_own_counts_stand_beside_the_figure_of_the_process() -> None:
    found = win_probability(_MODEL, Reach(6, 6), _PREFERRED, closed(18, 2))
    assert found.value == Decimal("0.75")
    assert found.history is not None
    assert found.history.share == Decimal("0.900")


@pytest.mark.parametrize(("won", "of"), [(0, 1), (1, 1), (0, 30), (30, 30), (7, 20)])
def test_the_interval_holds_the_share_and_stays_within_nought_and_one(won: int, of: int) -> None:
    found = wilson(won, of)
    assert 0 <= found.low <= found.share <= found.high <= 1
