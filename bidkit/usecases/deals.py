"""Opening a deal and looking at deals."""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.kernel.deal import Deal, deal_code
from bidkit.kernel.errors import Conflict, UsageError
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.store.model import SolicitationRevision
from bidkit.vocabulary.stages import stage_model


@dataclass(frozen=True, slots=True)
class NewDeal:
    """A deal, and whether this call made it."""

    deal: Deal
    created: bool


@dataclass(frozen=True, slots=True)
class DealState:
    """A deal with the tender in force; None where none was added. `worked_on` counts rows people worked on."""

    deal: Deal
    tender: SolicitationRevision | None
    worked_on: int


def new_deal(store: Store, *, code: str, name: str, customer: str, language: Language, actor: str) -> NewDeal:
    """The deal under `code`. Running it twice is harmless: the code is the key, and an equal deal is left as it is.

    Raises UsageError for a bad code or an empty name, Conflict where the code is taken by another deal.
    """
    named = (deal_code(code), name.strip(), customer.strip(), language)
    wanted = Deal(*named, store.clock.now(), model_version=stage_model().version)
    if not wanted.name:
        raise UsageError("a deal needs a name", where="--name", next_step="say what is being sold to whom")
    with store.begin(actor) as work:
        existing = work.deals.find(wanted.code)
        if existing is None:
            work.deals.add(wanted)
            return NewDeal(wanted, created=True)
    if (existing.name, existing.customer, existing.language) != (wanted.name, wanted.customer, wanted.language):
        raise Conflict(
            f"this code belongs to the deal {existing.name!r}", where=wanted.code, next_step="choose another code"
        )
    return NewDeal(existing, created=False)


def list_deals(store: Store) -> tuple[DealState, ...]:
    """Every deal by code, with its tender."""
    with store.read() as work:
        tenders, worked_on = work.solicitations.latest_by_deal(), work.responses.counts()
        return tuple(DealState(deal, tenders.get(deal.code), worked_on.get(deal.code, 0)) for deal in work.deals.all())


def show_deal(store: Store, code: str) -> DealState:
    """One deal with its tender; raises NotFound."""
    with store.read() as work:
        deal = work.deals.get(code)
        return DealState(deal, work.solicitations.latest(deal), len(work.responses.of(deal)))
