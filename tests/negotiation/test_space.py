"""Packages, the front and the fair points."""

from __future__ import annotations

import itertools
import pickle
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidkit.kernel.errors import UsageError
from bidkit.negotiation.model import Issue, Option, ReservationValue
from bidkit.negotiation.space import LARGEST, Space, fair_packages, front, scaled_weights, space_of
from tests.negotiation.builders import a_payment_issue, a_price_issue, a_space, some_issues


def test_a_package_is_worth_its_price_with_shares_and_amounts() -> None:
    space = a_space()
    package = space.package(space.place((1, 1, 1)))
    assert package.our_value == Decimal("926200.00")  # 960,000 x (1 - 0.03) - 5,000
    assert package.their_value == pytest.approx(0.75)  # 0.5 x 2/4 + 1/4 + 1/4


def test_every_package_stands_where_its_options_say() -> None:
    space = a_space()
    choices = list(itertools.product(range(3), range(2), range(2)))
    assert [space.package(space.place(choice)).choice for choice in choices] == choices
    assert len(space.ours) == len(choices)


def test_weights_add_up_to_one() -> None:
    assert scaled_weights(some_issues()) == (0.5, 0.25, 0.25)


def _beats(space: Space, a: int, b: int) -> bool:
    ours, theirs = np.round(space.ours, 6), np.round(space.theirs, 9)
    return bool(ours[a] >= ours[b] and theirs[a] >= theirs[b] and (ours[a] > ours[b] or theirs[a] > theirs[b]))


_MONEY = st.integers(min_value=-50, max_value=50)
_OPTION = st.builds(lambda gain, amount: Option("o", gain / 4, amount=Decimal(amount)), st.integers(0, 4), _MONEY)
_ISSUE = st.lists(_OPTION, min_size=1, max_size=3)


@given(st.lists(_ISSUE, min_size=1, max_size=3), st.integers(-100, 100))
def test_the_front_holds_exactly_the_packages_nobody_beats(options: list[list[Option]], reservation: int) -> None:
    issues = [Issue("p", "price", "p", (Option("100", 0, price=Decimal(100)),), 1, 0, 0, 0, 0)]
    issues += [Issue(str(n), "x", str(n), tuple(found), 1, 0, 0, 0, 0) for n, found in enumerate(options)]
    space = space_of(issues, ReservationValue(Decimal(reservation)), 0.0)
    places = front(space)
    everything = range(len(space.ours))
    unbeaten = {place for place in everything if not any(_beats(space, other, place) for other in everything)}

    def points(some: set[int] | tuple[int, ...]) -> set[tuple[float, float]]:
        return {(round(float(space.ours[p]), 6), round(float(space.theirs[p]), 9)) for p in some}

    assert points(places) == points(unbeaten)
    assert len(points(places)) == len(places)


def test_fair_packages_lie_in_the_zone_and_on_the_front() -> None:
    space = a_space()
    fair = fair_packages(space)
    assert fair is not None
    on_front = {space.package(place).choice for place in front(space)}
    for package in (fair.nash, fair.kalai_smorodinsky, fair.egalitarian, fair.utilitarian):
        assert space.agreeable[space.place(package.choice)]
        assert package.choice in on_front


def test_an_empty_zone_has_no_fair_package() -> None:
    assert fair_packages(a_space(reservation=2_000_000)) is None


def test_kalai_and_smorodinsky_split_equal_gains_in_the_middle() -> None:
    options = tuple(Option(str(p), (110 - p) / 10, price=Decimal(p)) for p in range(100, 111))
    issue = Issue("price", "price", "p", options, 1, 0, 0, 10, 10)
    fair = fair_packages(space_of([issue], ReservationValue(Decimal(100)), 0.0))
    assert fair is not None
    assert fair.kalai_smorodinsky.our_value == Decimal("105.00")
    assert fair.nash.our_value == Decimal("105.00")


@pytest.mark.parametrize(
    "issues",
    [
        (a_payment_issue(),),
        (a_price_issue(), a_price_issue()),
        (a_price_issue(), replace(a_payment_issue(), options=())),
        (replace(a_price_issue(), their_weight=0.0),),
        (replace(a_price_issue(), options=(*a_price_issue().options, Option("?", 0.0))),),
    ],
    ids=["no price", "two prices", "no option", "no weight", "an option without price"],
)
def test_a_plan_that_cannot_be_valued_says_why(issues: tuple[Issue, ...]) -> None:
    with pytest.raises(UsageError):
        space_of(issues, ReservationValue(Decimal(1)), 0.0)


def test_too_many_packages_are_refused_before_they_are_made() -> None:
    many = tuple(Option(str(n), 0.0) for n in range(1500))
    issues = (a_price_issue(), *(Issue(str(n), "x", "x", many, 1, 0, 0, 0, 0) for n in range(2)))
    with pytest.raises(UsageError, match=f"{LARGEST:,}"):
        space_of(issues, ReservationValue(Decimal(1)), 0.0)


def test_an_option_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UsageError, match="no such package"):
        a_space().place((9, 0, 0))


def test_a_reservation_value_never_prints_itself() -> None:
    secret = ReservationValue(Decimal("765432.10"))
    space = a_space(reservation=765432)
    for text in (repr(secret), str(secret), f"{secret}", f"{secret:>30}", repr(space), repr([secret])):
        assert "765432" not in text
    with pytest.raises(TypeError, match="not serialised"):
        pickle.dumps(secret)
    assert secret.reveal() == Decimal("765432.10")
