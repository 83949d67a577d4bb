"""Deals in the store."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict, NotFound
from bidkit.kernel.language import Language
from bidkit.store.schema import deal as table
from bidkit.store.transaction import Transaction


class Deals:
    """The deals of one unit of work."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, deal: Deal) -> None:
        """Store a new deal; raises Conflict where the code is taken."""
        if self.find(deal.code):
            raise Conflict("this deal exists already", where=deal.code, next_step="choose another code")
        row = {
            "code": deal.code,
            "name": deal.name,
            "customer": deal.customer,
            "language": deal.language.value,
            "created_at": deal.created_at,
            "revision": deal.revision,
            "model_version": deal.model_version,
        }
        self._transaction.connection.execute(insert(table).values(row))
        described = {key: row[key] for key in ("name", "customer", "language")}
        self._transaction.record("deal.created", deal.code, described)

    def find(self, code: str) -> Deal | None:
        """The deal, or None."""
        row = self._one(select(table).where(table.c.code == code))
        return _deal(row) if row else None

    def get(self, code: str) -> Deal:
        """The deal; raises NotFound."""
        return _known(self.find(code), code)

    def all(self) -> tuple[Deal, ...]:
        """Every deal, by code."""
        rows = self._transaction.connection.execute(select(table).order_by(table.c.code))
        return tuple(_deal(row) for row in rows)

    def advance(self, deal: Deal) -> Deal:
        """The deal at its next revision; raises Conflict where it has been changed since `deal` was loaded."""
        if not self._transaction.who:
            return deal
        changed = self._transaction.connection.execute(
            update(table)
            .where(table.c.code == deal.code, table.c.revision == deal.revision)
            .values(revision=deal.revision + 1)
        )
        if changed.rowcount != 1:
            raise Conflict("somebody else changed this deal meanwhile", where=deal.code, next_step="try again")
        return self.get(deal.code)

    def lock(self, code: str) -> Deal:
        """The deal, kept from others who want to change it until this unit of work is over; raises NotFound."""
        if self._transaction.who:
            self._one(select(table).where(table.c.code == code).with_for_update())
        return self.get(code)

    def key(self, code: str) -> int:
        """The number other tables know the deal by; raises NotFound."""
        found = self._transaction.connection.execute(select(table.c.id).where(table.c.code == code)).scalar()
        if found is None:
            raise _unknown(code)
        return int(found)

    def _one(self, query: Select[Any]) -> Row[Any] | None:
        return self._transaction.connection.execute(query).one_or_none()


def _known(deal: Deal | None, code: str) -> Deal:
    if deal is None:
        raise _unknown(code)
    return deal


def _unknown(code: str) -> NotFound:
    return NotFound("there is no such deal", where=code, next_step=f"make it: bidkit deal new {code} --name ...")


def _deal(row: Row[Any]) -> Deal:
    return Deal(
        row.code, row.name, row.customer, Language(row.language), row.created_at, row.revision, row.model_version
    )
