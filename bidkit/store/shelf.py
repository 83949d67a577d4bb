"""A shelf: values of one kind under keys, of one deal or of the house; every state stays, the latest is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row, and_, func, insert, select, update

from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict, NotFound
from bidkit.store import audit
from bidkit.store.deals import Deals
from bidkit.store.schema import record as table
from bidkit.store.transaction import Transaction

T = TypeVar("T")

_HOUSE = "house"
_KEY_LENGTH = 160
_BATCH = 500


@dataclass(frozen=True)
class Kind(Generic[T]):
    """What a shelf holds: a name in the store (at most 32 signs) and the frozen value class of its entries."""

    name: str
    value: type[T]

    @cached_property
    def adapter(self) -> TypeAdapter[T]:
        """How a value becomes JSON and a value again."""
        return TypeAdapter(self.value)


@dataclass(frozen=True, slots=True)
class Stored(Generic[T]):
    """A value as stored: under which key, the how-manieth state, by whom and when."""

    key: str
    version: int
    value: T
    by: str
    at: datetime


class Shelf(Generic[T]):
    """The values of one kind in one unit of work; `deal` is None for the house's own."""

    def __init__(self, transaction: Transaction, deals: Deals, kind: Kind[T], deal: Deal | None) -> None:
        self._transaction = transaction
        self._kind = kind
        self._deal = deal
        self._deal_id = deals.key(deal.code) if deal else None
        self._scope = f"deal:{self._deal_id}" if deal else _HOUSE

    def all(self) -> dict[str, Stored[T]]:
        """Key -> the value in force, by key; values put away are not in it."""
        return {row.key: self._stored(row) for row in self._latest() if row.body is not None}

    def find(self, key: str) -> Stored[T] | None:
        """The value in force, or None."""
        row = next(iter(self._latest(table.c.key == key)), None)
        return None if row is None or row.body is None else self._stored(row)

    def get(self, key: str) -> Stored[T]:
        """The value in force; raises NotFound."""
        found = self.find(key)
        if found is None:
            where = self._deal.code if self._deal else self._kind.name
            raise NotFound(f"there is no {self._kind.name.replace('_', ' ')} {key!r}", where=where)
        return found

    def history(self, key: str) -> tuple[Stored[T], ...]:
        """Every state the value had that was not erased, oldest first."""
        query = select(table).where(self._mine(), table.c.key == key, table.c.body.is_not(None))
        rows = self._transaction.connection.execute(query.order_by(table.c.version))
        return tuple(self._stored(row) for row in rows)

    def put(self, key: str, value: T, based_on: int = 0) -> Stored[T]:
        """The value as the state in force. `based_on` is the version it was made from, 0 for a new key.

        An equal value is not stored again. Raises Conflict where the value was changed since.
        """
        self.put_all({key: (value, based_on)})
        return self.get(key)

    def put_all(self, values: Mapping[str, tuple[T, int]]) -> int:
        """How many of `values` (key -> value and the version it was made from) were new; as `put`, all or none."""
        before = {row.key: row for row in self._latest()} if len(values) > 1 else self._one(values)
        bodies = {}
        for key, (value, based_on) in values.items():
            body, now = self._kind.adapter.dump_python(value, mode="json"), before.get(key)
            if now is not None and now.body == body:
                continue
            self._require(key, based_on, now)
            bodies[key] = (body, now.version if now else 0)
        self._insert(bodies)
        return len(bodies)

    def put_away(self, key: str, based_on: int) -> None:
        """Take the value out of force; its states stay. Doing it twice is harmless. Raises Conflict as `put`."""
        now = self._one({key: None}).get(key)
        if now is None or now.body is None:
            return
        self._require(key, based_on, now)
        self._insert({key: (None, now.version)})

    def erase(self, key: str) -> int:
        """How many states of the value were emptied, on a person's request; the chain keeps their digests."""
        emptied = self._transaction.connection.execute(
            update(table).where(self._mine(), table.c.key == key, table.c.body.is_not(None)).values(body=None)
        ).rowcount
        if emptied:
            self._transaction.record(f"{self._kind.name}.erased", self._subject, {"states": emptied})
        return emptied

    @property
    def _subject(self) -> str:
        return self._deal.code if self._deal else f"house:{self._kind.name}"

    def _mine(self) -> ColumnElement[bool]:
        return and_(table.c.scope == self._scope, table.c.kind == self._kind.name)

    def _latest(self, *conditions: ColumnElement[bool]) -> list[Row[Any]]:
        latest = (
            select(table.c.key, func.max(table.c.version).label("version"))
            .where(self._mine(), *conditions)
            .group_by(table.c.key)
            .subquery()
        )
        in_force = and_(table.c.key == latest.c.key, table.c.version == latest.c.version)
        query = select(table).join(latest, in_force).where(self._mine()).order_by(table.c.key)
        return list(self._transaction.connection.execute(query))

    def _one(self, values: Mapping[str, Any]) -> dict[str, Row[Any]]:
        return {row.key: row for key in values for row in self._latest(table.c.key == key)}

    def _require(self, key: str, based_on: int, now: Row[Any] | None) -> None:
        if not 0 < len(key) <= _KEY_LENGTH:
            raise ValueError(f"a key has 1 to {_KEY_LENGTH} signs, not {len(key)}")
        if based_on != (now.version if now else 0):
            where = f"{self._subject}, {key}"
            raise Conflict("somebody else changed this meanwhile", where=where, next_step="look at it and try again")

    def _insert(self, bodies: Mapping[str, tuple[Any, int]]) -> None:
        if not bodies:
            return
        who = {"at": self._transaction.at, "actor": self._transaction.who}
        rows = [
            {"scope": self._scope, "deal_id": self._deal_id, "kind": self._kind.name, "key": key, "body": body}
            | {"version": version + 1, "digest": audit.digest_of_json(body), **who}
            for key, (body, version) in bodies.items()
        ]
        for start in range(0, len(rows), _BATCH):
            self._transaction.connection.execute(insert(table), rows[start : start + _BATCH])
        digests = {row["key"]: [row["version"], row["digest"]] for row in rows}
        self._transaction.record(f"{self._kind.name}.saved", self._subject, {"values": digests})

    def _stored(self, row: Row[Any]) -> Stored[T]:
        return Stored(row.key, row.version, self._kind.adapter.validate_python(row.body), row.actor, row.at)
