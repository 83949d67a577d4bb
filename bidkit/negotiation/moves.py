"""Which steps to make: what costs us least for their gain, packages worth the same to us, steps that shrink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from bidkit.kernel.errors import UsageError
from bidkit.negotiation.model import Package
from bidkit.negotiation.space import Space

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Move:
    """A step on one issue away from a package: what it costs us (money, negative = it earns) and gains them (0..1)."""

    issue_id: str
    from_option: int
    to_option: int
    cost: Decimal
    gain: float

    @property
    def cost_per_gain(self) -> Decimal:
        """Money we give for the whole of their scale; the smaller, the sooner we should offer it."""
        return self.cost / Decimal(str(self.gain))


@dataclass(frozen=True, slots=True)
class Swap:
    """Giving one move and taking another, after which both sides stand better by these amounts."""

    give: Move
    take: Move
    our_gain: Decimal
    their_gain: float


def concessions_by_price(space: Space, choice: Sequence[int]) -> tuple[Move, ...]:
    """Every single step that gains them something, cheapest for us per unit of their gain first.

    No step goes beyond the issue's limit.
    """
    moves = [move for move in _moves(space, choice) if move.gain > 1e-12]
    return tuple(sorted(moves, key=lambda move: (move.cost_per_gain, move.issue_id, move.to_option)))


def swaps(space: Space, choice: Sequence[int]) -> tuple[Swap, ...]:
    """Pairs of steps on two issues that leave both sides better off (logrolling), best for us first."""
    moves = _moves(space, choice)
    gives = [move for move in moves if move.gain > 1e-12]
    takes = [move for move in moves if move.gain < -1e-12 and move.cost < 0]
    found = []
    base = space.place(choice)
    for give in gives:
        for take in takes:
            if give.issue_id == take.issue_id:
                continue
            place = space.place(_after(space, choice, (give, take)))
            ours = Decimal(str(space.ours[place] - space.ours[base])).quantize(_CENT)
            theirs = float(space.theirs[place] - space.theirs[base])
            if ours > 0 and theirs > 1e-12:
                found.append(Swap(give, take, ours, theirs))
    return tuple(sorted(found, key=lambda swap: (-swap.our_gain, -swap.their_gain, swap.give.issue_id)))


def equivalent_packages(space: Space, target: Decimal, tolerance: Decimal, count: int = 3) -> tuple[Package, ...]:
    """Up to `count` different packages worth `target` ± `tolerance` to us, to be offered side by side.

    The first is the one they should like best; each next one is as far as possible from those before, with their
    value breaking ties. Empty where no package within every issue's limit is worth that.
    """
    near = np.abs(space.ours - float(target)) <= float(tolerance)
    pool = np.flatnonzero(near & _within_limits(space))
    if not pool.size or count < 1:
        return ()
    sizes = tuple(len(issue.options) for issue in space.issues)
    spread = np.array([max(size - 1, 1) for size in sizes], dtype=np.float64)
    coordinates = np.stack(np.unravel_index(pool, sizes), axis=1) / spread
    chosen = [int(np.argmax(space.theirs[pool]))]
    distance = np.abs(coordinates - coordinates[chosen[0]]).sum(axis=1)
    while len(chosen) < min(count, pool.size):
        best = int(np.argmax(distance + 0.5 * space.theirs[pool]))
        if distance[best] <= 0:
            best = int(np.argmax(distance))
        chosen.append(best)
        distance = np.minimum(distance, np.abs(coordinates - coordinates[best]).sum(axis=1))
    return tuple(space.package(int(pool[index])) for index in chosen)


def shrinking_steps(room: Decimal, rounds: int, ratio: float = 0.5) -> tuple[Decimal, ...]:
    """`room` divided into `rounds` steps, each `ratio` of the one before; they add up to `room` to the cent.

    Steps that shrink tell the other side that the end is near. Raises UsageError unless room >= 0, rounds >= 1 and
    0 < ratio < 1.
    """
    if room < 0 or rounds < 1 or not 0 < ratio < 1:
        raise UsageError("steps cannot be made of this", where="concessions", next_step="room >= 0, rounds >= 1")
    first = float(room) * (1 - ratio) / (1 - ratio**rounds)
    steps = [Decimal(str(first * ratio**n)).quantize(_CENT, ROUND_HALF_UP) for n in range(rounds)]
    steps[0] += room - sum(steps)
    return tuple(steps)


def _moves(space: Space, choice: Sequence[int]) -> tuple[Move, ...]:
    base = space.place(choice)
    found = []
    for number, issue in enumerate(space.issues):
        for option in range(min(issue.limit, len(issue.options) - 1) + 1):
            if option == choice[number]:
                continue
            place = space.place((*choice[:number], option, *choice[number + 1 :]))
            cost = Decimal(str(space.ours[base] - space.ours[place])).quantize(_CENT)
            gain = float(space.theirs[place] - space.theirs[base])
            found.append(Move(issue.id, choice[number], option, cost, gain))
    return tuple(found)


def _after(space: Space, choice: Sequence[int], moves: Sequence[Move]) -> tuple[int, ...]:
    to = {move.issue_id: move.to_option for move in moves}
    return tuple(to.get(issue.id, option) for issue, option in zip(space.issues, choice, strict=True))


def _within_limits(space: Space) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    sizes = tuple(len(issue.options) for issue in space.issues)
    within = np.ones(sizes, dtype=bool)
    for axis, issue in enumerate(space.issues):
        shape = [1] * len(sizes)
        shape[axis] = sizes[axis]
        within &= (np.arange(sizes[axis]) <= issue.limit).reshape(shape)
    return within.reshape(-1)
