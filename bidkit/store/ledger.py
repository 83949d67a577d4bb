"""A deal's numbered books: entries are added under the next number and never altered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, Table, func, insert, select

from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import NotFound
from bidkit.store.audit import digest_of_json
from bidkit.store.blob_rows import printable
from bidkit.store.deals import Deals
from bidkit.store.schema import deal as deals
from bidkit.store.transaction import Transaction

_NUMBER = re.compile(r"([A-Z])([1-9][0-9]{0,8})")


class Ledger:
    """One book, kept in `table`; its entries are known as `letter` with their number."""

    def __init__(self, transaction: Transaction, deals: Deals, table: Table, letter: str) -> None:
        self._transaction = transaction
        self._deals = deals
        self._table = table
        self._letter = letter

    @property
    def who(self) -> str:
        """Whoever opened the unit of work; RuntimeError where it may only read."""
        return self._transaction.who

    def append(self, deal: Deal, act: str, row: Mapping[str, Any]) -> str:
        """The id of the new entry. The audit event `act` holds that id and a digest of the entry."""
        connection, deal_id = self._transaction.connection, self._deals.key(deal.code)
        latest = select(func.max(self._table.c.number)).where(self._table.c.deal_id == deal_id)
        number = (connection.execute(latest).scalar() or 0) + 1
        plain = {key: printable(value) if isinstance(value, str) else value for key, value in row.items()}
        whole = plain | {"deal_id": deal_id, "number": number}
        connection.execute(
            insert(self._table).values(whole | {"at": self._transaction.at, "actor": self._transaction.who})
        )
        entry = f"{self._letter}{number}"
        self._transaction.record(act, deal.code, {"entry": entry, "digest": digest_of_json(plain)})
        return entry

    def rows(self, code: str | None = None) -> dict[str, list[Row[Any]]]:
        """Deal code -> its entries in order, of one deal where its code is given; one query however many there are."""
        query = select(self._table, deals.c.code).join(deals, deals.c.id == self._table.c.deal_id)
        if code is not None:
            query = query.where(deals.c.code == code)
        found: dict[str, list[Row[Any]]] = {}
        for row in self._transaction.connection.execute(query.order_by(self._table.c.deal_id, self._table.c.number)):
            found.setdefault(row.code, []).append(row)
        return found

    def id_of(self, number: int) -> str:
        """The id of the entry with this number."""
        return f"{self._letter}{number}"


def number_of(entry: str, letter: str, *, where: str) -> int:
    """The number in an id such as E3; raises NotFound where it is no id of this letter."""
    match = _NUMBER.fullmatch(entry)
    if match is None or match[1] != letter:
        raise NotFound(f"there is no {entry!r}", where=where, next_step=f"give an id such as {letter}1")
    return int(match[2])
