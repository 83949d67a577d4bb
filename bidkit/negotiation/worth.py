"""What the terms of a contract cost or earn us, in money or as a share of the price.

Sources of the formulas: present value and time value are standard; the others follow the expected-value form
probability x amount, capped where the contract caps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bidkit.kernel.errors import UsageError
from bidkit.negotiation.model import Formula

_YEAR = 365.0


def payment_share(stages: Sequence[tuple[float, int]], yearly_rate: float) -> tuple[float, Formula]:
    """What being paid in `stages` costs as a share of the price: present value minus 1, so never above 0.

    A stage is (share of the price, days until paid). Raises UsageError unless the shares add up to 1.
    """
    if abs(sum(share for share, _ in stages) - 1) > 1e-9 or any(days < 0 for _, days in stages):
        raise UsageError(
            "the payment stages do not add up to 100 %", where="payment", next_step="correct shares and days"
        )
    worth = sum(share / (1 + yearly_rate) ** (days / _YEAR) for share, days in stages)
    shown = " + ".join(f"{share:.0%}/{days}d" for share, days in stages)
    return worth - 1, Formula("present_value", (("stages", shown), ("rate", f"{yearly_rate:.2%}")))


def security_share(share_of_price: float, yearly_fee: float, days: int) -> tuple[float, Formula]:
    """What a performance security by bank guarantee costs: amount x fee x time, as a share of the price, negative."""
    cost = share_of_price * yearly_fee * days / _YEAR
    inputs = (("share", f"{share_of_price:.1%}"), ("fee", f"{yearly_fee:.2%}"), ("days", str(days)))
    return -cost, Formula("security_fee", inputs)


def delay_share(probability: float, daily_rate: float, days: int, cap: float | None) -> tuple[float, Formula]:
    """The liquidated damages to expect: probability x min(rate x days, cap), as a share of the price, negative.

    Without a cap the damages grow with the days alone.
    """
    damages = daily_rate * days if cap is None else min(daily_rate * days, cap)
    shown = "-" if cap is None else f"{cap:.1%}"
    rate = f"{daily_rate * 1000:g}‰"
    inputs = (("probability", f"{probability:.0%}"), ("rate", rate), ("days", str(days)), ("cap", shown))
    return -probability * damages, Formula("expected_damages", inputs)


def liability_amount(probability: float, loss: Decimal, cap: Decimal | None) -> tuple[Decimal, Formula]:
    """The claims to expect: probability x min(loss, cap), in money, negative."""
    borne = loss if cap is None else min(loss, cap)
    shown = "-" if cap is None else f"{cap:,.0f}"
    inputs = (("probability", f"{probability:.1%}"), ("loss", f"{loss:,.0f}"), ("cap", shown))
    return -Decimal(str(probability)) * borne, Formula("expected_claims", inputs)


def warranty_amount(yearly_cost: Decimal, years: float) -> tuple[Decimal, Formula]:
    """What a warranty costs: yearly cost of failures x years, in money, negative."""
    inputs = (("yearly", f"{yearly_cost:,.0f}"), ("years", f"{years:g}"))
    return -yearly_cost * Decimal(str(years)), Formula("warranty_cost", inputs)


def speed_amount(normal_days: int, offered_days: int, cost_per_day: Decimal) -> tuple[Decimal, Formula]:
    """What delivering faster than normal costs, in money, 0 or negative.

    Without it the shortest delivery would always look best.
    """
    saved = max(normal_days - offered_days, 0)
    inputs = (("normal", str(normal_days)), ("offered", str(offered_days)), ("per_day", f"{cost_per_day:,.0f}"))
    return -cost_per_day * saved, Formula("crash_cost", inputs)


def best_alternative(win_probability: float, value: Decimal, effort: Decimal) -> tuple[Decimal, Formula]:
    """What leaving is worth: probability of another deal x its value - the effort for it. Secret like what it sets."""
    inputs = (("probability", f"{win_probability:.0%}"), ("value", f"{value:,.0f}"), ("effort", f"{effort:,.0f}"))
    return Decimal(str(win_probability)) * value - effort, Formula("best_alternative", inputs)
