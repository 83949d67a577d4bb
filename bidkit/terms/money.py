"""What a difference between two values of a term is worth in money."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bidkit.kernel.quantity import DayType
from bidkit.terms.magnitude import magnitude_of
from bidkit.terms.model import TermValue, ValueKind
from bidkit.vocabulary.terms import Term

_MONTH_TERMS = {"month": Decimal(1), "day": Decimal("30.4375")}
_DAY = {"month": Decimal("30.4375"), "day": Decimal(1)}


def money_impact(
    term: Term, required: TermValue, offered: TermValue, assumptions: Mapping[str, Decimal]
) -> Decimal | None:
    """What offering `offered` instead of `required` costs us more, in currency units; negative where it saves money.

    `assumptions` are the other names of the term's formula (price, interest, …). None where the term has no formula,
    a figure is missing, the two do not convert, or a period is in working days, whose length depends on the calendar.
    """
    if term.money is None:
        return None
    if required.kind is offered.kind is ValueKind.SPLIT:
        return _of_stages(term, required, offered, assumptions)
    asked, given = (_number(term, value, assumptions) for value in (required, offered))
    if asked is None or given is None:
        return None
    result = term.money.value({**assumptions, "required": asked, "offered": given})
    return result if isinstance(result, Decimal) else None


def _of_stages(
    term: Term, required: TermValue, offered: TermValue, assumptions: Mapping[str, Decimal]
) -> Decimal | None:
    """Percent-days until payment of both splits, from the days the assumptions give for each event (`days_<event>`)."""
    assert term.money is not None
    sums = []
    for value in (required, offered):
        days = [assumptions.get(f"days_{share.event}") for share in value.shares]
        if any(day is None for day in days):
            return None
        sums.append(
            sum((s.percent / 100 * d for s, d in zip(value.shares, days, strict=True) if d is not None), Decimal(0))
        )
    # Money that flows later costs us interest; the formula takes required minus offered, so the order is turned.
    result = term.money.value({**assumptions, "required": sums[1] * 100, "offered": sums[0] * 100})
    return result if isinstance(result, Decimal) else None


def _number(term: Term, value: TermValue, assumptions: Mapping[str, Decimal]) -> Decimal | None:
    """The value in the term's unit: percent (a day for rates), months, days, or money."""
    if value.kind is ValueKind.ABSENT:
        return Decimal(0) if value.choice == "zero" else None
    size = magnitude_of(value)
    if size is None or size.upper is not None:
        return None
    if value.kind is ValueKind.PERIOD:
        if value.day_type is DayType.WORKING:
            return None
        return size.value * _DAY[size.family] if term.unit == "day" else size.value / _MONTH_TERMS[size.family]
    if value.kind is ValueKind.MONEY and term.unit == "percent":
        price = assumptions.get("price")
        return None if not price else size.value / price * 100
    return size.value
