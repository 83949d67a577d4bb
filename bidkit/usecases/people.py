"""The directory of people: who acts, and in which roles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bidkit.kernel.errors import NotFound, UsageError
from bidkit.store import Store, Work
from bidkit.store.entries import Person
from bidkit.vocabulary.tables import labels

ADMIN = "admin"
_LOGIN = re.compile(r"[^\W_][\w.@-]{0,63}")


@dataclass(frozen=True, slots=True)
class SavedPerson:
    """A person in the state in force, and whether this call changed anything."""

    person: Person
    changed: bool


def save_person(
    store: Store,
    *,
    login: str,
    actor: str,
    name: str | None = None,
    email: str | None = None,
    roles: Iterable[str] | None = None,
    active: bool | None = None,
) -> SavedPerson:
    """The person with what is given; what is None stays as it was.

    Running it twice changes nothing: the login is the key. Raises UsageError for a bad login, an unknown role, a new
    person without a name, and where the directory has an administrator and `actor` is none.
    """
    if not _LOGIN.fullmatch(login):
        raise UsageError(f"{login!r} cannot be a login", where="LOGIN", next_step="use letters, digits, '.', '-', '@'")
    given = None if roles is None else frozenset(roles)
    _refuse_unknown_roles(given or frozenset())
    with store.begin(actor) as work:
        _refuse_outsider(work, actor)
        before = work.people.find(login)
        wanted = before or Person(login, None)
        if name is not None:
            wanted = replace(wanted, name=name.strip())
        if email is not None:
            wanted = replace(wanted, email=email.strip() or None)
        if given is not None:
            wanted = replace(wanted, roles=given)
        if active is not None:
            wanted = replace(wanted, active=active)
        if before is None and not wanted.name:
            raise UsageError("a new person needs a name", where=login, next_step="give it: --name NAME")
        stored = work.people.save(wanted)
    return SavedPerson(stored, changed=stored != before)


def list_people(store: Store) -> tuple[Person, ...]:
    """Everybody by login."""
    with store.read() as work:
        return work.people.all()


def erase_person(store: Store, *, login: str, actor: str) -> Person:
    """The person without name and e-mail, and no longer active; acts stay signed with the login.

    Running it twice changes nothing. Raises NotFound, UsageError where `actor` may not keep the directory.
    """
    with store.begin(actor) as work:
        _refuse_outsider(work, actor)
        person = work.people.get(login)
        work.people.save(replace(person, active=False))
        return work.people.erase(login)


def acting(work: Work, login: str) -> Person:
    """The person who decides under `login`; raises NotFound for a stranger, UsageError for somebody who has left."""
    person = work.people.get(login)
    if not person.active:
        raise UsageError("this person does not act any more", where=login, next_step="let somebody else do it")
    return person


def acting_role(person: Person, wanted: Iterable[str], chosen: str = "") -> str:
    """The role the person acts in: `chosen`, else the first of `wanted` the person has, else any of the person's.

    Raises UsageError where the person does not have the chosen role or has none at all.
    """
    if chosen:
        if chosen not in person.roles:
            raise UsageError(
                f"{person.login} is not {chosen}",
                where="--role",
                next_step=f"act as one of: {', '.join(sorted(person.roles)) or 'no role'}",
            )
        return chosen
    fitting = [role for role in wanted if role in person.roles] or sorted(person.roles)
    if not fitting:
        raise UsageError("this person has no role", where=person.login, next_step="give one: bidkit person add --role")
    return fitting[0]


def refuse_unknown_person(work: Work, login: str, where: str) -> None:
    """Nothing for an active person of the directory; raises UsageError for anybody else."""
    try:
        acting(work, login)
    except NotFound as error:
        raise UsageError(f"nobody is known as {login!r}", where=where, next_step="add the person first") from error


def _refuse_unknown_roles(roles: frozenset[str]) -> None:
    known = labels("person_roles")
    unknown = sorted(roles - known.keys())
    if unknown:
        raise UsageError(f"no role {', '.join(unknown)}", where="--role", next_step=f"use one of: {', '.join(known)}")


def _refuse_outsider(work: Work, actor: str) -> None:
    """Before the first administrator is named anybody may keep the directory."""
    admins = {person.login for person in work.people.all() if person.active and ADMIN in person.roles}
    if admins and actor not in admins:
        raise UsageError(f"{actor} may not change the directory", where="--as", next_step="let an administrator do it")
