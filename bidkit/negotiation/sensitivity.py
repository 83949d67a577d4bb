"""How much a plan hangs on our guess of what matters to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bidkit.negotiation.space import Space, scaled_weights, space_of

_SEED = 20260101
_DRAWS = 200


@dataclass(frozen=True, slots=True)
class Robustness:
    """Out of `draws` guesses of their weights: how often the package is agreeable, and how often nobody's package
    beats it for both (on the front)."""

    draws: int
    agreeable: int
    on_front: int


def robustness(space: Space, choice: Sequence[int], draws: int = _DRAWS, width: float = 0.5) -> Robustness:
    """How the package `choice` fares when each of their weights is off by up to ± `width` of itself.

    The draws are the same in every run. Weights are scaled to 1 after each draw.
    """
    generator = np.random.default_rng(_SEED)
    weights = np.asarray(scaled_weights(space.issues))
    place = space.place(choice)
    agreeable = on_front = 0
    for factors in generator.uniform(1 - width, 1 + width, size=(draws, len(weights))):
        guess = weights * factors
        issues = [replace(issue, their_weight=float(w)) for issue, w in zip(space.issues, guess, strict=True)]
        other = space_of(issues, space.our_reservation, space.their_reservation)
        agreeable += bool(other.agreeable[place])
        on_front += _unbeaten(other, place)
    return Robustness(draws, agreeable, on_front)


def _unbeaten(space: Space, place: int) -> bool:
    ours, theirs = space.ours[place], space.theirs[place]
    return not bool(
        np.any(
            ((space.ours > ours + 1e-6) & (space.theirs >= theirs - 1e-9))
            | ((space.ours >= ours - 1e-6) & (space.theirs > theirs + 1e-9))
        )
    )
