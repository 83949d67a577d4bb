"""The directory of people in the store: every state stays, the latest is in force."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, and_, func, insert, select, update

from bidkit.kernel.errors import Conflict, NotFound
from bidkit.store import audit
from bidkit.store.blob_rows import printable
from bidkit.store.entries import Person
from bidkit.store.schema import person as known
from bidkit.store.schema import person_version as table
from bidkit.store.transaction import Transaction

_ACT = "person.saved"


class People:
    """The people of one unit of work."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def find(self, login: str) -> Person | None:
        """The person, or None."""
        return next((person for person in self.all() if person.login == login), None)

    def get(self, login: str) -> Person:
        """The person; raises NotFound."""
        found = self.find(login)
        if found is None:
            raise NotFound(
                "nobody is known by this name", where=login, next_step=f"add the person: bidkit person add {login} ..."
            )
        return found

    def all(self) -> tuple[Person, ...]:
        """Everybody by login, those who left included."""
        latest = select(table.c.login, func.max(table.c.version).label("version")).group_by(table.c.login).subquery()
        in_force = and_(table.c.login == latest.c.login, table.c.version == latest.c.version)
        rows = self._transaction.connection.execute(select(table).join(latest, in_force).order_by(table.c.login))
        return tuple(_person(row) for row in rows)

    def save(self, person: Person) -> Person:
        """The person as the state in force. `version` says which state it was made on, 0 for a new person.

        An equal state is not stored again. Raises Conflict where the person was changed since.
        """
        before = self.find(person.login)
        if before is not None and before == replace(person, version=before.version):
            return before
        if person.version != (before.version if before else 0):
            raise Conflict("somebody else changed this person meanwhile", where=person.login, next_step="try again")
        made = {"at": self._transaction.at, "actor": self._transaction.who}
        if before is None:
            self._transaction.connection.execute(insert(known).values(login=person.login, **made))
        stored = replace(
            person,
            name=None if person.name is None else printable(person.name),
            email=None if person.email is None else printable(person.email),
            version=person.version + 1,
        )
        self._transaction.connection.execute(insert(table).values(_row(stored) | made))
        self._transaction.record(_ACT, subject(person.login), {"version": stored.version, "digest": _digest(stored)})
        return stored

    def erase(self, login: str) -> Person:
        """The person without name and e-mail in every state; the login stays, for acts are signed with it.

        Doing it twice is harmless. Raises NotFound.
        """
        person = self.get(login)
        if person.name is None and person.email is None:
            return person
        connection = self._transaction.connection
        connection.execute(update(table).where(table.c.login == login).values(name=None, email=None))
        emptied = audit.erase(connection, subject(login), lambda event: event.act == _ACT)
        self._transaction.record("person.erased", subject(login), {"events": emptied})
        return self.get(login)


def subject(login: str) -> str:
    """What the audit events on a person are filed under; no deal code looks like it."""
    return f"person:{login}"


def _row(person: Person) -> dict[str, Any]:
    return {
        "login": person.login,
        "version": person.version,
        "name": person.name,
        "email": person.email,
        "roles": sorted(person.roles),
        "active": person.active,
    }


def _digest(person: Person) -> str:
    return audit.digest_of_json(_row(person))


def _person(row: Row[Any]) -> Person:
    return Person(row.login, row.name, row.email, frozenset(row.roles), row.active, row.version)
