"""Decisions in the store, with the signatures under them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict, NotFound
from bidkit.store.deals import Deals
from bidkit.store.entries import DecisionEntry, SignatureEntry
from bidkit.store.ledger import Ledger, number_of
from bidkit.store.schema import decision, signature
from bidkit.store.transaction import Transaction


class Decisions:
    """The decisions of one unit of work."""

    def __init__(self, transaction: Transaction, deals: Deals) -> None:
        self._book = Ledger(transaction, deals, decision, "D")
        self._signatures = Ledger(transaction, deals, signature, "S")

    def add(
        self,
        deal: Deal,
        *,
        gate: str,
        topic: str,
        verdict: str,
        role: str,
        reason: str,
        digest: str,
        conditions: tuple[str, ...] = (),
        overrides: tuple[str, ...] = (),
        persons: int = 1,
    ) -> str:
        """The id of the new decision, by whoever opened the unit of work; `persons` must sign before it counts."""
        row = {
            "gate": gate,
            "topic": topic,
            "verdict": verdict,
            "role": role,
            "reason": reason,
            "digest": digest,
            "conditions": list(conditions),
            "overrides": list(overrides),
            "persons": persons,
        }
        return self._book.append(deal, "decision.taken", row)

    def sign(self, deal: Deal, entry: str, role: str) -> None:
        """Put a further person under the decision; raises NotFound, Conflict where that person signed already."""
        found = self.get(deal, entry)
        number = number_of(entry, "D", where=deal.code)
        who = self._book.who
        if who in {found.by, *(signed.by for signed in found.signatures)}:
            raise Conflict(
                "this person has signed already", where=f"{deal.code}, {entry}", next_step="let another sign"
            )
        self._signatures.append(deal, "decision.signed", {"decision": number, "role": role})

    def get(self, deal: Deal, entry: str) -> DecisionEntry:
        """The decision; raises NotFound."""
        for found in self.of(deal):
            if found.id == entry:
                return found
        raise NotFound(f"there is no decision {entry}", where=deal.code, next_step="see them: bidkit gate show")

    def of(self, deal: Deal) -> tuple[DecisionEntry, ...]:
        """The deal's decisions in the order they were taken."""
        return self.by_deal(deal.code).get(deal.code, ())

    def by_deal(self, code: str | None = None) -> dict[str, tuple[DecisionEntry, ...]]:
        """Deal code -> its decisions, for every deal that has some."""
        signed = self._signatures.rows(code)
        return {
            deal: tuple(self._entry(row, signed.get(deal, [])) for row in rows)
            for deal, rows in self._book.rows(code).items()
        }

    def _entry(self, row: Row[Any], signed: list[Row[Any]]) -> DecisionEntry:
        return DecisionEntry(
            id=self._book.id_of(row.number),
            gate=row.gate,
            topic=row.topic,
            verdict=row.verdict,
            by=row.actor,
            role=row.role,
            reason=row.reason,
            digest=row.digest,
            conditions=tuple(row.conditions),
            overrides=tuple(row.overrides),
            persons=row.persons,
            at=row.at,
            signatures=tuple(SignatureEntry(s.actor, s.role, s.at) for s in signed if s.decision == row.number),
        )
