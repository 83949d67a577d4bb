"""Single facts of the tenders in force, without loading the tenders."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, func, select

from bidkit.store.schema import deal as deals
from bidkit.store.schema import key_fact, solicitation
from bidkit.store.transaction import Transaction


class TenderFacts:
    """The winning values of key facts in one unit of work."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def by_deal(self, keys: Collection[str], code: str | None = None) -> dict[str, dict[str, Any]]:
        """Deal code -> fact key -> its value, from each deal's latest tender; one query however many deals there are.

        A deal without a tender, or whose tender states none of `keys`, is not in it.
        """
        newest = select(solicitation.c.deal_id, func.max(solicitation.c.revision).label("revision"))
        latest = newest.group_by(solicitation.c.deal_id).subquery()
        in_force = and_(latest.c.deal_id == solicitation.c.deal_id, latest.c.revision == solicitation.c.revision)
        query = (
            select(deals.c.code, key_fact.c.key, key_fact.c.winner)
            .join(solicitation, solicitation.c.id == key_fact.c.solicitation_id)
            .join(latest, in_force)
            .join(deals, deals.c.id == solicitation.c.deal_id)
            .where(key_fact.c.key.in_(keys))
        )
        found: dict[str, dict[str, Any]] = {}
        for row in self._transaction.connection.execute(query if code is None else query.where(deals.c.code == code)):
            found.setdefault(row.code, {})[row.key] = row.winner["value"]
        return found
