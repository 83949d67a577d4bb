"""What a pipeline adds up to, and the order in which its deals want attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bidkit.documents.reports.model import Pipeline, PipelineDeal

SOON_DAYS = 14
_FAR = 10**6

Sums = tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class StageTotal:
    """The open deals whose last entered stage is `stage` (0: none entered): `resting` of them completed it.

    `value` and `weighted` are sums by currency, largest first; `weighted` takes value times chance where both are
    known.
    """

    stage: int
    deals: int
    resting: int
    behind: int
    overdue: int
    value: Sums
    weighted: Sums


@dataclass(frozen=True, slots=True)
class PipelineTotals:
    """The open deals counted; `blockers` are the most frequent open facts with how many deals each holds up."""

    deals: int
    closed: int
    value: Sums
    without_value: int
    weighted: Sums
    with_chance: int
    soon: int
    overdue: int
    behind: int
    unknown: int
    stages: tuple[StageTotal, ...]
    blockers: tuple[tuple[str, str, int], ...]


def in_order(pipeline: Pipeline) -> tuple[PipelineDeal, ...]:
    """Open deals by next date (overdue first, none last), then gap, then value, largest first; closed deals last."""
    return tuple(sorted(pipeline.deals, key=lambda deal: _rank(deal, pipeline.today)))


def pipeline_totals(pipeline: Pipeline, stages: int) -> PipelineTotals:
    """The sums over the open deals of the pipeline, for a model of so many stages."""
    live = [deal for deal in pipeline.deals if not deal.deal.outcome]
    counted = Counter(blocker for deal in live for blocker in deal.blocked_by)
    most = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    groups = [[deal for deal in live if deal.entered == stage] for stage in range(stages + 1)]
    return PipelineTotals(
        deals=len(live),
        closed=len(pipeline.deals) - len(live),
        value=_values(live),
        without_value=sum(deal.deal.worth.amount is None for deal in live),
        weighted=_weighted(live),
        with_chance=sum(deal.chance.value is not None and deal.deal.worth.amount is not None for deal in live),
        soon=sum(deal.due is not None and (deal.due.on - pipeline.today).days <= SOON_DAYS for deal in live),
        overdue=_overdue(live, pipeline.today),
        behind=sum(deal.pace == "behind" for deal in live),
        unknown=sum(deal.pace == "unknown" for deal in live),
        stages=tuple(_stage(number, group, pipeline.today) for number, group in enumerate(groups)),
        blockers=tuple((fact, text, count) for (fact, text), count in most),
    )


def weighted_value(deal: PipelineDeal) -> Decimal | None:
    """Value times chance; None where either is unknown."""
    worth, chance = deal.deal.worth.amount, deal.chance.value
    return None if worth is None or chance is None else worth * chance


def _stage(number: int, deals: list[PipelineDeal], today: date) -> StageTotal:
    return StageTotal(
        stage=number,
        deals=len(deals),
        resting=sum(deal.completed == number for deal in deals) if number else 0,
        behind=sum(deal.pace == "behind" for deal in deals),
        overdue=_overdue(deals, today),
        value=_values(deals),
        weighted=_weighted(deals),
    )


def _rank(deal: PipelineDeal, today: date) -> tuple[object, ...]:
    days = (deal.due.on - today).days if deal.due else _FAR
    amount = deal.deal.worth.amount
    return bool(deal.deal.outcome), days, -(deal.gap or 0), -(amount or 0), deal.deal.code


def _overdue(deals: Iterable[PipelineDeal], today: date) -> int:
    return sum(deal.due is not None and deal.due.on < today for deal in deals)


def _values(deals: Iterable[PipelineDeal]) -> Sums:
    return _sums((deal.deal.worth.currency, deal.deal.worth.amount) for deal in deals)


def _weighted(deals: Iterable[PipelineDeal]) -> Sums:
    return _sums((deal.deal.worth.currency, weighted_value(deal)) for deal in deals)


def _sums(amounts: Iterable[tuple[str, Decimal | None]]) -> Sums:
    found: dict[str, Decimal] = {}
    for currency, amount in amounts:
        if amount is not None:
            found[currency] = found.get(currency, Decimal(0)) + amount
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))
