"""What a deal shows in the store: evidence, judgements, waivers, the customer's steps, and what was taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Row

from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict, NotFound
from bidkit.store.blob_rows import know_blobs
from bidkit.store.deals import Deals
from bidkit.store.entries import EvidenceEntry, JudgementEntry, StepEntry, WaiverEntry, Withdrawal
from bidkit.store.ledger import Ledger, number_of
from bidkit.store.model import BlobRef
from bidkit.store.schema import customer_step, evidence, judgement, waiver, withdrawal
from bidkit.store.transaction import Transaction

Entry = TypeVar("Entry", EvidenceEntry, JudgementEntry, WaiverEntry, StepEntry)
_Withdrawn = Mapping[str, Withdrawal]


class Withdrawals:
    """What was taken back in one unit of work's store."""

    def __init__(self, transaction: Transaction, deals: Deals) -> None:
        self._book = Ledger(transaction, deals, withdrawal, "X")

    def add(self, deal: Deal, entry: str, reason: str) -> None:
        """Take the entry back; raises Conflict where that was done before."""
        if entry in self.by_deal(deal.code).get(deal.code, {}):
            raise Conflict("it was withdrawn already", where=f"{deal.code}, {entry}", next_step="nothing is left to do")
        self._book.append(deal, "entry.withdrawn", {"entry": entry, "reason": reason})

    def by_deal(self, code: str | None = None) -> dict[str, dict[str, Withdrawal]]:
        """Deal code -> id of the entry -> its withdrawal."""
        return {
            deal: {row.entry: Withdrawal(row.actor, row.reason, row.at) for row in rows}
            for deal, rows in self._book.rows(code).items()
        }


class EvidenceBook:
    """The evidence of one unit of work."""

    def __init__(self, transaction: Transaction, deals: Deals, withdrawals: Withdrawals) -> None:
        self._transaction = transaction
        self._book = Ledger(transaction, deals, evidence, "E")
        self._withdrawals = withdrawals

    def add(
        self,
        deal: Deal,
        *,
        facts: tuple[str, ...],
        kind: str,
        origin: str,
        blob: BlobRef | None = None,
        file_name: str = "",
        form: str | None = None,
        note: str = "",
    ) -> str:
        """The id of the new piece. Its file is in the blob store before; `form` is the id of a filled form."""
        if blob is not None:
            know_blobs(self._transaction.connection, {blob.sha256: blob})
        row = {
            "facts": list(facts),
            "kind": kind,
            "origin": origin,
            "sha256": blob.sha256 if blob else None,
            "file_name": file_name,
            "form_id": number_of(form, "F", where=deal.code) if form else None,
            "note": note,
        }
        return self._book.append(deal, "evidence.added", row)

    def of(self, deal: Deal) -> tuple[EvidenceEntry, ...]:
        """The deal's evidence in order, what was withdrawn included."""
        return self.by_deal(deal.code).get(deal.code, ())

    def by_deal(self, code: str | None = None) -> dict[str, tuple[EvidenceEntry, ...]]:
        """Deal code -> its evidence, for every deal that has some."""
        return _by_deal(self._book, code, self._withdrawals.by_deal(code), self._entry)

    def get(self, deal: Deal, entry: str) -> EvidenceEntry:
        """The piece; raises NotFound."""
        return _one(self.of(deal), deal, entry)

    def withdraw(self, deal: Deal, entry: str, reason: str) -> None:
        """Take the piece back; raises NotFound, Conflict where that was done before."""
        self.get(deal, entry)
        self._withdrawals.add(deal, entry, reason)

    def _entry(self, row: Row[Any], withdrawn: _Withdrawn) -> EvidenceEntry:
        own = self._book.id_of(row.number)
        return EvidenceEntry(
            id=own,
            facts=tuple(row.facts),
            kind=row.kind,
            origin=row.origin,
            by=row.actor,
            at=row.at,
            sha256=row.sha256,
            file_name=row.file_name,
            form=None if row.form_id is None else f"F{row.form_id}",
            note=row.note,
            withdrawal=withdrawn.get(own),
        )


class JudgementBook:
    """The judgements of one unit of work."""

    def __init__(self, transaction: Transaction, deals: Deals, withdrawals: Withdrawals) -> None:
        self._book = Ledger(transaction, deals, judgement, "J")
        self._withdrawals = withdrawals

    def add(self, deal: Deal, *, fact: str, holds: bool, role: str, reason: str) -> str:
        """The id of the new judgement, by whoever opened the unit of work."""
        row = {"fact": fact, "holds": holds, "role": role, "reason": reason}
        return self._book.append(deal, "judgement.given", row)

    def of(self, deal: Deal) -> tuple[JudgementEntry, ...]:
        """The deal's judgements in order, withdrawn ones included."""
        return self.by_deal(deal.code).get(deal.code, ())

    def by_deal(self, code: str | None = None) -> dict[str, tuple[JudgementEntry, ...]]:
        """Deal code -> its judgements, for every deal that has some."""
        return _by_deal(self._book, code, self._withdrawals.by_deal(code), self._entry)

    def withdraw(self, deal: Deal, entry: str, reason: str) -> None:
        """Take the judgement back; raises NotFound, Conflict where that was done before."""
        _one(self.of(deal), deal, entry)
        self._withdrawals.add(deal, entry, reason)

    def _entry(self, row: Row[Any], withdrawn: _Withdrawn) -> JudgementEntry:
        own = self._book.id_of(row.number)
        return JudgementEntry(own, row.fact, row.holds, row.actor, row.role, row.reason, row.at, withdrawn.get(own))


class WaiverBook:
    """The waivers of one unit of work."""

    def __init__(self, transaction: Transaction, deals: Deals, withdrawals: Withdrawals) -> None:
        self._book = Ledger(transaction, deals, waiver, "W")
        self._withdrawals = withdrawals

    def add(self, deal: Deal, *, fact: str, reason: str, asked_by: str, role: str, until: Any = None) -> str:
        """The id of the new waiver, approved by whoever opened the unit of work; `until` is a date or None."""
        row = {"fact": fact, "reason": reason, "asked_by": asked_by, "role": role, "until": until}
        return self._book.append(deal, "waiver.given", row)

    def of(self, deal: Deal) -> tuple[WaiverEntry, ...]:
        """The deal's waivers in order, withdrawn ones included."""
        return self.by_deal(deal.code).get(deal.code, ())

    def by_deal(self, code: str | None = None) -> dict[str, tuple[WaiverEntry, ...]]:
        """Deal code -> its waivers, for every deal that has some."""
        return _by_deal(self._book, code, self._withdrawals.by_deal(code), self._entry)

    def withdraw(self, deal: Deal, entry: str, reason: str) -> None:
        """Take the waiver back; raises NotFound, Conflict where that was done before."""
        _one(self.of(deal), deal, entry)
        self._withdrawals.add(deal, entry, reason)

    def _entry(self, row: Row[Any], withdrawn: _Withdrawn) -> WaiverEntry:
        own = self._book.id_of(row.number)
        values = (row.fact, row.reason, row.asked_by, row.actor, row.role, row.at, row.until)
        return WaiverEntry(own, *values, withdrawn.get(own))


class CustomerSteps:
    """The customer's own steps of one unit of work."""

    def __init__(self, transaction: Transaction, deals: Deals) -> None:
        self._book = Ledger(transaction, deals, customer_step, "C")

    def add(self, deal: Deal, *, step: str, seen_on: Any, evidence: tuple[str, ...], next_on: Any = None) -> str:
        """The id of the new sighting; `seen_on` is a date, `next_on` the customer's next date or None."""
        row = {"step": step, "seen_on": seen_on, "evidence": list(evidence), "next_on": next_on}
        return self._book.append(deal, "customer-step.seen", row)

    def of(self, deal: Deal) -> tuple[StepEntry, ...]:
        """Every sighting in the order it was entered."""
        return self.by_deal(deal.code).get(deal.code, ())

    def by_deal(self, code: str | None = None) -> dict[str, tuple[StepEntry, ...]]:
        """Deal code -> its sightings, for every deal that has some."""
        return _by_deal(self._book, code, {}, self._entry)

    def _entry(self, row: Row[Any], _withdrawn: _Withdrawn) -> StepEntry:
        own = self._book.id_of(row.number)
        return StepEntry(own, row.step, row.seen_on, tuple(row.evidence), row.next_on, row.actor, row.at)


def _by_deal(
    book: Ledger,
    code: str | None,
    withdrawn: Mapping[str, _Withdrawn],
    entry: Callable[[Row[Any], _Withdrawn], Entry],
) -> dict[str, tuple[Entry, ...]]:
    return {deal: tuple(entry(row, withdrawn.get(deal, {})) for row in rows) for deal, rows in book.rows(code).items()}


def _one(entries: tuple[Entry, ...], deal: Deal, entry: str) -> Entry:
    for found in entries:
        if found.id == entry:
            return found
    raise NotFound(f"there is no {entry}", where=deal.code, next_step="see what there is: bidkit evidence list")
