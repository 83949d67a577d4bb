"""Builders of invented issues: two sides, three issues, values easy to check by hand."""

from __future__ import annotations

from decimal import Decimal

from bidkit.negotiation.model import Issue, Option, ReservationValue
from bidkit.negotiation.space import Space, space_of


def a_price_issue() -> Issue:
    options = (
        Option("1,000,000", 0.0, price=Decimal(1_000_000)),
        Option("960,000", 0.5, price=Decimal(960_000)),
        Option("920,000", 1.0, price=Decimal(920_000)),
    )
    return Issue("price", "price", "价格", options, 2, 0, 1, 2, 1, substantive=True)


def a_payment_issue() -> Issue:
    options = (Option("30/70", 0.0, share=-0.01), Option("0/100", 1.0, share=-0.03))
    return Issue("payment", "payment", "付款", options, 1, 0, 0, 1, 1, substantive=True)


def a_training_issue() -> Issue:
    options = (Option("no training", 0.0), Option("five days", 1.0, amount=Decimal(-5_000)))
    return Issue("training", "training", "培训", options, 1, 0, 0, 1, 1)


def some_issues() -> tuple[Issue, ...]:
    return (a_price_issue(), a_payment_issue(), a_training_issue())


def a_space(reservation: int = 900_000, theirs: float = 0.25) -> Space:
    return space_of(some_issues(), ReservationValue(Decimal(reservation)), theirs)
