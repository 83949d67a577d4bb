"""What is known about deals, in the store: every state stays, the latest is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, and_, func, insert, select

from bidkit.kernel.deal import Deal, DealProfile, Ending, Outcome
from bidkit.kernel.errors import Conflict
from bidkit.kernel.quantity import Money
from bidkit.store.audit import digest_of_json
from bidkit.store.blob_rows import printable
from bidkit.store.deals import Deals
from bidkit.store.schema import deal as deals
from bidkit.store.schema import deal_profile as table
from bidkit.store.transaction import Transaction

NOTHING_KNOWN = DealProfile()


class Profiles:
    """The deal profiles of one unit of work."""

    def __init__(self, transaction: Transaction, deals: Deals) -> None:
        self._transaction = transaction
        self._deals = deals

    def of(self, deal: Deal) -> DealProfile:
        """The profile in force; version 0 where none was stored."""
        return self.by_deal(deal.code).get(deal.code, NOTHING_KNOWN)

    def by_deal(self, code: str | None = None) -> dict[str, DealProfile]:
        """Deal code -> the profile in force, for every deal that has one. One query."""
        return self._in_force(code)

    def endings(self) -> dict[str, Ending]:
        """Deal code -> how it ended, for every deal that ended. One query."""
        return {code: profile.ending for code, profile in self._in_force(ended=True).items() if profile.ending}

    def history(self, deal: Deal) -> tuple[tuple[datetime, DealProfile], ...]:
        """Every state with the moment it was stored, oldest first."""
        rows = self._transaction.connection.execute(_with_code(deal.code).order_by(table.c.version))
        return tuple((row.at, _profile(row)) for row in rows)

    def save(self, deal: Deal, profile: DealProfile) -> DealProfile:
        """The profile as the state in force. `version` says which state it was made on; an equal one is not stored.

        Raises Conflict where it was changed since.
        """
        before = self.of(deal)
        if replace(profile, version=before.version) == before:
            return before
        if profile.version != before.version:
            raise Conflict("somebody else changed this deal meanwhile", where=deal.code, next_step="try again")
        row = _row(profile)
        key = {"deal_id": self._deals.key(deal.code), "version": before.version + 1}
        made = {"at": self._transaction.at, "actor": self._transaction.who}
        self._transaction.connection.execute(insert(table).values(row | key | made))
        payload = {"version": before.version + 1, "digest": digest_of_json(row)}
        self._transaction.record("deal.profiled", deal.code, payload)
        return self.of(deal)

    def _in_force(self, code: str | None = None, *, ended: bool = False) -> dict[str, DealProfile]:
        latest = select(table.c.deal_id, func.max(table.c.version).label("version")).group_by(table.c.deal_id)
        if code is not None:
            latest = latest.join(deals, deals.c.id == table.c.deal_id).where(deals.c.code == code)
        if ended:
            # A deal that ended stays so, whatever is learnt about it later.
            latest = latest.where(table.c.outcome.is_not(None))
        newest = latest.subquery()
        in_force = and_(table.c.deal_id == newest.c.deal_id, table.c.version == newest.c.version)
        query = _with_code(code).join(newest, in_force)
        return {row.code: _profile(row) for row in self._transaction.connection.execute(query)}


def _with_code(code: str | None) -> Select[Any]:
    query = select(table, deals.c.code).join(deals, deals.c.id == table.c.deal_id)
    return query if code is None else query.where(deals.c.code == code)


def _row(profile: DealProfile) -> dict[str, Any]:
    ending, value = profile.ending, profile.value
    return {
        "method": profile.method,
        "regime": profile.regime,
        "published_on": profile.published_on,
        "procurement_closed_on": profile.procurement_closed_on,
        "movable_topics": None if profile.movable_topics is None else sorted(profile.movable_topics),
        "amount": format(value.amount, "f") if value else None,
        "currency": value.currency if value else None,
        "risk": profile.risk,
        "owner": profile.owner,
        "next_on": profile.next_on,
        "next_what": printable(profile.next_what),
        "late_entry": profile.late_entry,
        "outcome": ending.outcome.value if ending else None,
        "ended_on": ending.on if ending else None,
        "end_reason": printable(ending.reason) if ending else None,
        "reached_entered": ending.entered if ending else None,
        "reached_completed": ending.completed if ending else None,
    }


def _profile(row: Row[Any]) -> DealProfile:
    ending = None
    if row.outcome is not None:
        reached = (row.reached_entered, row.reached_completed)
        ending = Ending(Outcome(row.outcome), row.end_reason, row.ended_on, *reached)
    return DealProfile(
        method=row.method,
        regime=row.regime,
        published_on=row.published_on,
        procurement_closed_on=row.procurement_closed_on,
        movable_topics=None if row.movable_topics is None else frozenset(row.movable_topics),
        value=None if row.amount is None else Money(Decimal(row.amount), row.currency),
        risk=row.risk,
        owner=row.owner,
        next_on=row.next_on,
        next_what=row.next_what,
        late_entry=row.late_entry,
        ending=ending,
        version=row.version,
    )
