"""The formulas, against figures worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bidkit.kernel.errors import UsageError
from bidkit.negotiation import worth


@pytest.mark.parametrize(
    ("stages", "cost"),
    [
        ([(0.3, 0), (0.6, 90), (0.1, 455)], None),
        ([(1.0, 0)], 0.0),
        ([(1.0, 365)], 1 - 1 / 1.06),
    ],
)
def test_payment_stages_cost_their_time(stages: list[tuple[float, int]], cost: float | None) -> None:
    by_hand = sum(share * (1 - 1.06 ** (-days / 365)) for share, days in stages)
    assert worth.payment_share(stages, 0.06)[0] == pytest.approx(-by_hand)
    if cost is not None:
        assert by_hand == pytest.approx(cost)


def test_stages_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(UsageError, match="100 %"):
        worth.payment_share([(0.3, 0), (0.6, 90)], 0.06)


def test_damages_stop_at_the_cap_and_only_there() -> None:
    assert worth.delay_share(0.5, 0.001, 200, 0.05)[0] == pytest.approx(-0.025)
    assert worth.delay_share(0.5, 0.001, 200, None)[0] == pytest.approx(-0.1)


def test_claims_stop_at_the_cap_and_only_there() -> None:
    assert worth.liability_amount(0.01, Decimal(5_000_000), Decimal(1_000_000))[0] == Decimal(-10_000)
    assert worth.liability_amount(0.01, Decimal(5_000_000), None)[0] == Decimal(-50_000)


def test_the_other_terms_cost_what_they_say() -> None:
    assert worth.security_share(0.1, 0.02, 365)[0] == pytest.approx(-0.002)
    assert worth.warranty_amount(Decimal(12_000), 2.5)[0] == Decimal(-30_000)
    assert worth.speed_amount(90, 60, Decimal(800))[0] == Decimal(-24_000)
    assert worth.speed_amount(60, 90, Decimal(800))[0] == 0
    assert worth.best_alternative(0.4, Decimal(500_000), Decimal(30_000))[0] == Decimal(170_000)


def test_every_value_names_its_formula_and_inputs() -> None:
    formula = worth.delay_share(0.2, 0.0005, 40, None)[1]
    assert formula.name == "expected_damages"
    assert formula.inputs == (("probability", "20%"), ("rate", "0.5‰"), ("days", "40"), ("cap", "-"))
