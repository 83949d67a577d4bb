"""Responses to requirement rows in the store: nothing typed is ever deleted, every state stays as a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, and_, func, insert, select

from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict
from bidkit.kernel.identity import sha256_of
from bidkit.respond.response import NO_RESPONSE, WORDS, Compliance, Response, State
from bidkit.store.deals import Deals
from bidkit.store.schema import deal as deals
from bidkit.store.schema import response as table
from bidkit.store.transaction import Transaction


class Responses:
    """The responses of one unit of work."""

    def __init__(self, transaction: Transaction, deals: Deals) -> None:
        self._transaction = transaction
        self._deals = deals

    def of(self, deal: Deal) -> dict[str, Response]:
        """Row id -> the state in force, for every row anybody ever worked on."""
        latest = (
            select(table.c.row_id, func.max(table.c.version).label("version"))
            .where(table.c.deal_id == self._deals.key(deal.code))
            .group_by(table.c.row_id)
            .subquery()
        )
        in_force = and_(table.c.row_id == latest.c.row_id, table.c.version == latest.c.version)
        query = select(table).join(latest, in_force).where(table.c.deal_id == self._deals.key(deal.code))
        return {row.row_id: _response(row) for row in self._transaction.connection.execute(query)}

    def counts(self) -> dict[str, int]:
        """Deal code -> how many rows people worked on, for every deal somebody worked on."""
        query = select(deals.c.code, func.count(table.c.row_id.distinct()).label("rows"))
        query = query.join(deals, deals.c.id == table.c.deal_id).group_by(deals.c.code)
        return {row.code: row.rows for row in self._transaction.connection.execute(query)}

    def history(self, deal: Deal, row_id: str) -> tuple[Response, ...]:
        """Every state the row ever had, oldest first."""
        query = select(table).where(table.c.deal_id == self._deals.key(deal.code), table.c.row_id == row_id)
        return tuple(_response(row) for row in self._transaction.connection.execute(query.order_by(table.c.version)))

    def save(self, deal: Deal, changes: Mapping[str, Response]) -> dict[str, Response]:
        """Row id -> the new state in force. Each change says with its `version` which state it was made on.

        Words that are in force already are not stored again. Raises Conflict, and stores nothing, where a row has
        been worked on since.
        """
        current = self.of(deal)
        stored: dict[str, Response] = {}
        for row_id, change in changes.items():
            before = current.get(row_id, NO_RESPONSE)
            if change.same_words(before):
                continue
            if change.version != before.version:
                raise Conflict(
                    "somebody else worked on this row meanwhile", where=f"{deal.code}, row {row_id}", next_step="reload"
                )
            stored[row_id] = replace(change, version=before.version + 1)
        if stored:
            self._insert(deal, stored)
        return stored

    def _insert(self, deal: Deal, stored: Mapping[str, Response]) -> None:
        deal_id = self._deals.key(deal.code)
        rows = [
            {"deal_id": deal_id, "row_id": row_id, "at": self._transaction.at, "actor": self._transaction.who}
            | {"version": response.version, **_words(response)}
            for row_id, response in stored.items()
        ]
        self._transaction.connection.execute(insert(table), rows)
        digests = {row_id: [response.version, _digest(response)] for row_id, response in sorted(stored.items())}
        self._transaction.record("rows.worked-on", deal.code, {"rows": digests})


def _words(response: Response) -> dict[str, Any]:
    return {name: getattr(response, name) for name in WORDS}


def _digest(response: Response) -> str:
    words = ("" if word is None else str(word) for word in _words(response).values())
    return sha256_of("\x1f".join(words).encode("utf-8", "surrogatepass"))


def _response(row: Row[Any]) -> Response:
    words = {name: getattr(row, name) for name in WORDS}
    words |= {"compliance": Compliance(row.compliance), "state": State(row.state)}
    return Response(**words, version=row.version)
