"""What addenda changed so far, and who acknowledged them."""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.documents.amendment.model import Amendment, Receipt, RowChange
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import NotFound
from bidkit.requirements.changes.carry import RowFate
from bidkit.store import Store, Work
from bidkit.usecases.kinds import ADDENDUM_RECEIPTS, TENDER_CHANGES
from bidkit.usecases.people import acting


@dataclass(frozen=True, slots=True)
class Addendum:
    """One amendment with the person's word that it was received, None while nobody gave it."""

    amendment: Amendment
    receipt: Receipt | None


def key_of(number: int) -> str:
    """The key of an amendment on its shelf; keys sort as the numbers do."""
    return f"{number:04d}"


def amendments_of(work: Work, deal: Deal) -> tuple[Amendment, ...]:
    """Every amendment of the deal's tender, the oldest first."""
    return tuple(stored.value for _, stored in sorted(work.of_deal(deal, TENDER_CHANGES).all().items()))


def addenda_of(work: Work, deal: Deal) -> tuple[Addendum, ...]:
    """Every amendment with its receipt, the oldest first."""
    receipts = work.of_deal(deal, ADDENDUM_RECEIPTS).all()
    found = []
    for amendment in amendments_of(work, deal):
        kept = receipts.get(key_of(amendment.number))
        found.append(Addendum(amendment, kept.value if kept else None))
    return tuple(found)


def rows_changed_since(work: Work, deal: Deal, revision: int) -> dict[str, RowChange]:
    """Row id -> the last change that made the row bind otherwise after this revision of the tender.

    What was made from such a row at that revision is out of date. Rows that only moved are not among them.
    """
    return {
        row.row_id: row
        for amendment in amendments_of(work, deal)
        if amendment.revision > revision
        for row in amendment.rows
        if row.fate is not RowFate.MOVED
    }


def acknowledge(store: Store, *, code: str, number: int, actor: str) -> Receipt:
    """A person's word that the addendum was received and taken into account.

    Running it twice changes nothing: the first word counts. Raises NotFound for an unknown deal, addendum or person.
    """
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        if number not in {amendment.number for amendment in amendments_of(work, deal)}:
            raise NotFound(
                f"the tender has no change number {number}",
                where=code,
                next_step=f"take it in: bidkit tender amend {code} FILE...",
            )
        person = acting(work, actor)
        shelf = work.of_deal(deal, ADDENDUM_RECEIPTS)
        before = shelf.find(key_of(number))
        if before is not None:
            return before.value
        return shelf.put(key_of(number), Receipt(number, person.login, store.clock.now().date())).value
