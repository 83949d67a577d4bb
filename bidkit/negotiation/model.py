"""What is negotiated, in money: Issues with Options, Packages of them, and values only our own side may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, repr=False)
class ReservationValue:
    """The money below which we leave. It prints as "●" everywhere; only `reveal()` gives the amount away."""

    _amount: Decimal

    def reveal(self) -> Decimal:
        """The amount, for sums and for the internal edition of the plan."""
        return self._amount

    def __repr__(self) -> str:
        return "ReservationValue(●)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a reservation value is not serialised; store it where roles are checked")


class LegalWindow(StrEnum):
    """What the procurement method and the day leave to negotiation.

    NONE before award in a statutory tender (招标投标法 43), NON_SUBSTANTIVE between award and signing (46),
    FULL where the law closes nothing.
    """

    NONE = "none"
    NON_SUBSTANTIVE = "non_substantive"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Formula:
    """How a value was computed: `name` is a row of `codelists/negotiation_formulas.csv`, `inputs` its numbers."""

    name: str
    inputs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One way to settle an issue.

    What it is worth to us is `price` (only options of the price issue have one) plus `amount` (money) plus `share` (a
    fraction of the price, so a cost of 1.5 % of the price is -0.015). `their_gain` is what we believe it is worth to
    them, from 0 (their worst) to 1 (their best).
    """

    label: str
    their_gain: float
    price: Decimal | None = None
    amount: Decimal = Decimal(0)
    share: float = 0.0
    formula: Formula | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to settle. `options` run from our best to our worst; the other fields are indexes into them.

    `opening` is what we ask first, `target` what we hope for, `limit` the last option we could live with and
    `authority` the last one the negotiator may grant alone. `their_weight` is our guess of its importance to them;
    the weights of a plan are scaled to 1. `substantive` issues are closed by law in some windows.
    """

    id: str
    topic: str
    label: str
    options: tuple[Option, ...]
    their_weight: float
    opening: int
    target: int
    limit: int
    authority: int
    substantive: bool = False
    deviation_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """One option for each issue, by index and in the order of the plan's issues; values in money and in 0..1."""

    choice: tuple[int, ...]
    our_value: Decimal
    their_value: float


@dataclass(frozen=True, slots=True)
class Concession:
    """A step on one issue, `from_option` to `to_option`, and what we got `against` it ("" = a gift)."""

    issue_id: str
    from_option: int
    to_option: int
    against: str = ""
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One round: what we conceded, what was agreed (issue id -> option) and which issues stay open."""

    number: int
    held_on: date
    concessions: tuple[Concession, ...]
    agreed: tuple[tuple[str, int], ...] = ()
    open_issues: tuple[str, ...] = ()
