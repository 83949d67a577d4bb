"""Every package the issues allow, valued at once: who gains what, where both could agree, and what is fair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from bidkit.kernel.errors import UsageError
from bidkit.negotiation.model import Issue, Package, ReservationValue

Values = NDArray[np.float64]
Marks = NDArray[np.bool_]
Places = NDArray[np.intp]

LARGEST = 2_000_000
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, repr=False)
class Space:
    """All packages in the order of their option indexes, the last issue changing fastest.

    `ours` is in money, `theirs` from 0 to 1; both have one number a package. `agreeable` marks the zone of possible
    agreement: ours at least our reservation value, theirs at least `their_reservation`, our guess of theirs.
    """

    issues: tuple[Issue, ...]
    ours: Values
    theirs: Values
    agreeable: Marks
    our_reservation: ReservationValue
    their_reservation: float

    def package(self, place: int) -> Package:
        """The package at this place."""
        choice = np.unravel_index(place, tuple(len(issue.options) for issue in self.issues))
        value = Decimal(str(self.ours[place])).quantize(_CENT)
        return Package(tuple(int(index) for index in choice), value, float(self.theirs[place]))

    def place(self, choice: Sequence[int]) -> int:
        """Where the package with these options stands; raises UsageError where an option does not exist."""
        try:
            sizes = tuple(len(issue.options) for issue in self.issues)
            return int(np.ravel_multi_index(tuple(choice), sizes))
        except ValueError as error:
            raise UsageError("there is no such package", where="options", next_step="choose one per issue") from error


def space_of(issues: Sequence[Issue], our_reservation: ReservationValue, their_reservation: float) -> Space:
    """Every package of `issues` with its values.

    Raises UsageError where exactly one issue with prices is missing, an issue has no option, or the issues allow
    more than `LARGEST` packages.
    """
    _check(issues)
    sizes = [len(issue.options) for issue in issues]
    weights = scaled_weights(issues)
    price, share, amount = np.zeros(1), np.zeros(1), np.zeros(1)
    theirs = np.zeros(1)
    for issue, weight in zip(issues, weights, strict=True):
        options = issue.options
        price = _spread(price, [float(option.price or 0) for option in options])
        share = _spread(share, [option.share for option in options])
        amount = _spread(amount, [float(option.amount) for option in options])
        theirs = _spread(theirs, [weight * option.their_gain for option in options])
    assert len(theirs) == int(np.prod(sizes))
    ours = price * (1 + share) + amount
    agreeable = (ours >= float(our_reservation.reveal())) & (theirs >= their_reservation - 1e-12)
    return Space(tuple(issues), ours, theirs, agreeable, our_reservation, their_reservation)


def scaled_weights(issues: Sequence[Issue]) -> tuple[float, ...]:
    """Their weights of the issues, scaled to add up to 1; raises UsageError where none is positive."""
    total = sum(issue.their_weight for issue in issues)
    if total <= 0 or any(issue.their_weight < 0 for issue in issues):
        raise UsageError("no issue has a weight", where="weights", next_step="say what matters to the customer")
    return tuple(issue.their_weight / total for issue in issues)


def front(space: Space) -> tuple[int, ...]:
    """The places of the packages nobody can improve on without taking from the other, best for us first.

    Of packages with equal values the first stands for all.
    """
    ours, theirs = np.round(space.ours, 6), np.round(space.theirs, 9)
    order = np.lexsort((-theirs, -ours))
    before = np.maximum.accumulate(np.concatenate(([-np.inf], theirs[order][:-1])))
    return tuple(int(place) for place in order[theirs[order] > before])


@dataclass(frozen=True, slots=True)
class FairPackages:
    """Packages inside the zone of possible agreement by four notions of fairness.

    `nash` has the greatest product of both gains (Nash 1950), `kalai_smorodinsky` the greatest smaller share of each
    side's best gain (1975), `egalitarian` the greatest smaller gain with both gains scaled to the space, `utilitarian`
    the greatest sum.
    """

    nash: Package
    kalai_smorodinsky: Package
    egalitarian: Package
    utilitarian: Package


def fair_packages(space: Space) -> FairPackages | None:
    """The four fair packages; None where the zone of possible agreement is empty."""
    zone = np.flatnonzero(space.agreeable)
    if not zone.size:
        return None
    ours = space.ours[zone] - float(space.our_reservation.reveal())
    theirs = space.theirs[zone] - space.their_reservation
    best = ours / _top(ours), theirs / _top(theirs)
    width = ours / _top(space.ours - space.ours.min()), theirs / _top(space.theirs - space.theirs.min())

    def at(score: Values) -> Package:
        # Among equal scores the package that is better for both is meant, never the first that happens to stand there.
        order = np.lexsort((best[0] + best[1], np.round(score, 12)))
        return space.package(int(zone[order[-1]]))

    return FairPackages(
        nash=at(best[0] * best[1]),
        kalai_smorodinsky=at(np.minimum(*best)),
        egalitarian=at(np.minimum(*width)),
        utilitarian=at(width[0] + width[1]),
    )


def _spread(so_far: Values, options: Sequence[float]) -> Values:
    return (so_far[:, np.newaxis] + np.asarray(options, dtype=np.float64)[np.newaxis, :]).reshape(-1)


def _top(values: Values) -> float:
    return max(float(values.max()), 1e-12)


def _check(issues: Sequence[Issue]) -> None:
    priced = [issue for issue in issues if any(option.price is not None for option in issue.options)]
    if len(priced) != 1 or any(option.price is None for option in priced[0].options):
        raise UsageError("a plan needs one issue with a price in every option", where="price", next_step="add prices")
    empty = [issue.id for issue in issues if not issue.options]
    if empty:
        raise UsageError("an issue has no option", where=", ".join(empty), next_step="say how it could be settled")
    count = 1
    for issue in issues:
        count *= len(issue.options)
    if count > LARGEST:
        raise UsageError(
            f"the issues allow {count:,} packages, more than {LARGEST:,}",
            where="issues",
            next_step="leave out options or issues that decide nothing",
        )
