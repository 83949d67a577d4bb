"""A plan as people write it becomes issues with values, and issues become everything computed from them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from bidkit.kernel.errors import UsageError
from bidkit.kernel.finding import Finding
from bidkit.negotiation import worth
from bidkit.negotiation.checks import plan_findings
from bidkit.negotiation.model import Formula, Issue, LegalWindow, Option, Package, ReservationValue
from bidkit.negotiation.moves import (
    Move,
    Swap,
    concessions_by_price,
    equivalent_packages,
    shrinking_steps,
    swaps,
)
from bidkit.negotiation.sensitivity import Robustness, robustness
from bidkit.negotiation.space import FairPackages, Space, fair_packages, front, space_of
from bidkit.vocabulary.files import data_folder

_ROUNDS = 4
_TOLERANCE = Decimal("0.01")
_SHOWN = 12
Terms = Callable[[Any, float], tuple[float, Decimal, Formula]]


@dataclass(frozen=True, slots=True, repr=False)
class Plan:
    """The plan's values; `reservation` is secret and so is how it was made, therefore it prints nothing of itself."""

    currency: str
    issues: tuple[Issue, ...]
    reservation: ReservationValue
    reservation_formula: Formula | None
    their_reservation: float
    target: Decimal | None = None
    rounds: int = _ROUNDS


@dataclass(frozen=True, slots=True, repr=False)
class Worked:
    """What follows from a plan. `front` is best for us first, `cheapest` the concessions in the order to offer them.

    `steps` divide the price between our opening package and the target. `fair` is None without a zone of agreement.
    """

    plan: Plan
    space: Space
    opening: Package
    chosen: Package
    front: tuple[Package, ...]
    fair: FairPackages | None
    equivalents: tuple[Package, ...]
    cheapest: tuple[Move, ...]
    swaps: tuple[Swap, ...]
    steps: tuple[Decimal, ...]
    robust: Robustness
    findings: tuple[Finding, ...]


def plan_of(content: Mapping[str, Any], substantive: Mapping[str, bool]) -> Plan:
    """The plan that an object says; `substantive` tells for each topic whether it is of the substance.

    Raises UsageError naming the first place that does not fit the schema, or an unknown topic.
    """
    fault = next(iter(sorted(_schema().iter_errors(content), key=lambda e: list(map(str, e.absolute_path)))), None)
    if fault is not None:
        # The message would print the value, which may be the reservation.
        where = "/".join(map(str, fault.absolute_path)) or "plan"
        raise UsageError(f"this does not fit: {fault.validator}", where=where, next_step="see schemas/json/negotiation")
    rate = float(content["interest_rate"])
    issues = tuple(_issue(item, rate, substantive) for item in content["issues"])
    if len({issue.id for issue in issues}) != len(issues):
        raise UsageError("two issues have one id", where="issues", next_step="give each its own")
    amount, formula = _reservation(content["reservation"])
    target = content.get("target")
    return Plan(
        content["currency"],
        issues,
        ReservationValue(amount),
        formula,
        float(content["their_reservation"]),
        None if target is None else Decimal(str(target)),
        int(content.get("rounds", _ROUNDS)),
    )


def work_out(plan: Plan, windows: Mapping[str, LegalWindow | None]) -> Worked:
    """Everything the plan's document shows. Raises UsageError where the issues cannot be valued."""
    space = space_of(plan.issues, plan.reservation, plan.their_reservation)
    opening = space.package(space.place([issue.opening for issue in plan.issues]))
    aim = space.package(space.place([issue.target for issue in plan.issues]))
    fair = fair_packages(space)
    chosen = fair.nash if fair else aim
    target = plan.target if plan.target is not None else aim.our_value
    tolerance = abs(target) * _TOLERANCE
    room = max(opening.our_value - target, Decimal(0))
    return Worked(
        plan,
        space,
        opening,
        chosen,
        tuple(space.package(place) for place in front(space)),
        fair,
        equivalent_packages(space, target, tolerance),
        concessions_by_price(space, opening.choice)[:_SHOWN],
        swaps(space, aim.choice)[:_SHOWN],
        shrinking_steps(room, plan.rounds),
        robustness(space, chosen.choice),
        plan_findings(plan.issues, windows, space),
    )


def _issue(item: Mapping[str, Any], rate: float, substantive: Mapping[str, bool]) -> Issue:
    topic = item["topic"]
    if topic not in substantive:
        known = ", ".join(sorted(substantive))
        raise UsageError(f"no topic {topic!r}", where=item["id"], next_step=f"choose one of: {known}")
    options = tuple(_option(option, rate) for option in item["options"])
    last = len(options) - 1
    limit = int(item.get("limit", last))
    return Issue(
        item["id"],
        topic,
        item["label"],
        options,
        float(item["their_weight"]),
        int(item.get("opening", 0)),
        int(item.get("target", min(1, last))),
        limit,
        int(item.get("authority", limit)),
        substantive[topic],
        tuple(item.get("deviations", ())),
    )


def _option(item: Mapping[str, Any], rate: float) -> Option:
    gain = float(item["their_gain"])
    if "price" in item:
        return Option(item["label"], gain, price=Decimal(str(item["price"])))
    if "amount" in item:
        return Option(item["label"], gain, amount=Decimal(str(item["amount"])))
    for name, value_of in _TERMS.items():
        if name in item:
            share, amount, formula = value_of(item[name], rate)
            return Option(item["label"], gain, amount=amount, share=share, formula=formula)
    return Option(item["label"], gain)


def _share(made: tuple[float, Formula]) -> tuple[float, Decimal, Formula]:
    return made[0], Decimal(0), made[1]


def _amount(made: tuple[Decimal, Formula]) -> tuple[float, Decimal, Formula]:
    return 0.0, made[0], made[1]


def _money(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


_TERMS: Mapping[str, Terms] = {
    "payment": lambda v, rate: _share(worth.payment_share([(float(s), int(d)) for s, d in v], rate)),
    "security": lambda v, _: _share(worth.security_share(v["share"], v["yearly_fee"], v["days"])),
    "delay": lambda v, _: _share(worth.delay_share(v["probability"], v["daily_rate"], v["days"], v.get("cap"))),
    "liability": lambda v, _: _amount(
        worth.liability_amount(v["probability"], Decimal(str(v["loss"])), _money(v.get("cap")))
    ),
    "warranty": lambda v, _: _amount(worth.warranty_amount(Decimal(str(v["yearly_cost"])), v["years"])),
    "speed": lambda v, _: _amount(
        worth.speed_amount(v["normal_days"], v["offered_days"], Decimal(str(v["cost_per_day"])))
    ),
}


def _reservation(value: Any) -> tuple[Decimal, Formula | None]:
    if isinstance(value, Mapping):
        return worth.best_alternative(
            float(value["win_probability"]), Decimal(str(value["value"])), Decimal(str(value["effort"]))
        )
    return Decimal(str(value)), None


@cache
def _schema() -> Draft202012Validator:
    path = data_folder("schemas") / "json" / "negotiation.schema.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def labels_of(package: Package, issues: Sequence[Issue]) -> tuple[tuple[str, str], ...]:
    """What a package says, issue by issue: (issue, option)."""
    pairs = zip(issues, package.choice, strict=True)
    return tuple((issue.label, issue.options[option].label) for issue, option in pairs)
