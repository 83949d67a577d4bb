"""The chance to win: the one figure the process gives, else what our own closed deals show, else nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import sqrt

from bidkit.gates.model import FactState, Standings
from bidkit.gates.position import Reach
from bidkit.vocabulary.stages import StageModel

_Z_95 = 1.959963984540054
_PLACES = Decimal("0.001")
ENOUGH = 10
"""Closed deals below which no figure is given."""


class Basis(StrEnum):
    """Where a probability comes from."""

    PROCESS = "process"
    HISTORY = "history"
    NOT_ENOUGH_DATA = "not_enough_data"


@dataclass(frozen=True, slots=True)
class ClosedDeal:
    """A deal that ended: how far it once got, and whether it was won."""

    code: str
    reached: Reach
    won: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its Wilson 95 % interval and the counts behind it."""

    share: Decimal
    low: Decimal
    high: Decimal
    won: int
    of: int


@dataclass(frozen=True, slots=True)
class Probability:
    """`value` is None when there is not enough data; `history` are the counts at this point wherever there are any."""

    value: Decimal | None
    basis: Basis
    history: Interval | None = None


def win_probability(
    model: StageModel, reach: Reach, standings: Standings, closed: Iterable[ClosedDeal], enough: int = ENOUGH
) -> Probability:
    """The chance to win at the point `reach`.

    Once the customer named us preferred supplier, and only then, it is the figure of the process (about 75 %).
    Everywhere else it is the share won among closed deals that got at least this far. A deal resting after a
    completed stage is counted there: it does not rise until the next stage is entered.
    """
    peers = [deal for deal in closed if deal.reached.point >= reach.point]
    won = sum(deal.won for deal in peers)
    history = wilson(won, len(peers)) if peers else None
    preferred = standings.get(model.preferred_fact)
    if preferred is not None and preferred.state is FactState.PROVEN:
        return Probability(model.preferred_probability, Basis.PROCESS, history)
    if history is None or history.of < enough:
        return Probability(None, Basis.NOT_ENOUGH_DATA, history)
    return Probability(history.share, Basis.HISTORY, history)


def wilson(won: int, of: int) -> Interval:
    """The share `won / of` with its Wilson score interval at 95 %; `of` is at least 1."""
    share, z2 = won / of, _Z_95**2
    centre = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z_95 * sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    return Interval(_rounded(share), _rounded(low), _rounded(high), won, of)


def _rounded(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(_PLACES)
