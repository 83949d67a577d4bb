"""Proving who somebody is in the deal room: passwords, sessions, and the first administrator.

Passwords are kept as Argon2id hashes, session tokens as their SHA-256: the store never knows either.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bidkit.kernel.errors import BidkitError, NotFound, UsageError
from bidkit.store import Store, Work
from bidkit.store.entries import Person
from bidkit.store.shelf import Kind
from bidkit.usecases.people import ADMIN

_SHORTEST, _LONGEST = 10, 200
_LASTS = timedelta(hours=12)
_HASHER = PasswordHasher()
# Verified when nobody is known by the login, so that the time taken does not tell who is.
_NOBODY = _HASHER.hash(secrets.token_hex(16))


class NotSignedIn(BidkitError):
    """Login and password do not fit, or the session is over."""

    code = "not-signed-in"
    exit_status = 2


@dataclass(frozen=True, slots=True)
class Password:
    """The Argon2id hash of a person's password."""

    hash: str


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in, until `ends_at`."""

    login: str
    ends_at: datetime


PASSWORDS = Kind("password", Password)
SESSIONS = Kind("session", Session)


def set_password(store: Store, *, login: str, password: str, actor: str) -> None:
    """Let the person sign in with this password from now on; sessions that are open stay open.

    An administrator may do it for anybody, a person for oneself, and anybody while nobody can sign in at all. Raises
    UsageError for a weak password or somebody who may not, NotFound for an unknown person.
    """
    if not _SHORTEST <= len(password) <= _LONGEST or len(set(password)) < 4:
        raise UsageError(
            f"the password needs {_SHORTEST} to {_LONGEST} signs, not all alike",
            where="password",
            next_step="choose a few words",
        )
    hashed = _HASHER.hash(password)
    with store.begin(actor) as work:
        work.people.get(login)
        if actor != login and not _is_admin(work, actor) and not first_time(work):
            raise UsageError("only an administrator sets others' passwords", where=login, next_step="ask one")
        shelf = work.of_house(PASSWORDS)
        before = shelf.find(login)
        version = before.version if before else 0
        # An old hash is worth nothing to us and something to a thief.
        shelf.erase(login)
        shelf.put(login, Password(hashed), version)


def sign_in(store: Store, *, login: str, password: str) -> str:
    """A new session's token for the browser; raises NotSignedIn, which never says which of both was wrong."""
    with store.read() as work:
        person, kept = work.people.find(login), work.of_house(PASSWORDS).find(login)
    hashed = kept.value.hash if kept and person and person.active else _NOBODY
    try:
        _HASHER.verify(hashed, password[: _LONGEST + 1])
    except (VerificationError, InvalidHashError):
        raise NotSignedIn("login and password do not fit", where="sign in", next_step="try again") from None
    token = secrets.token_urlsafe(32)
    with store.begin(login) as work:
        work.of_house(SESSIONS).put(_key(token), Session(login, store.clock.now() + _LASTS))
    return token


def signed_in(store: Store, token: str) -> Person:
    """Whoever the token belongs to; raises NotSignedIn where the session is over or the person has left."""
    with store.read() as work:
        kept = work.of_house(SESSIONS).find(_key(token)) if token else None
        person = work.people.find(kept.value.login) if kept else None
    if kept is None or person is None or not person.active or kept.value.ends_at <= store.clock.now():
        raise NotSignedIn("you are not signed in", where="session", next_step="sign in")
    return person


def sign_out(store: Store, token: str) -> None:
    """End the session; a second time is harmless."""
    with store.read() as work:
        kept = work.of_house(SESSIONS).find(_key(token))
    if kept is not None:
        with store.begin(kept.value.login) as work:
            work.of_house(SESSIONS).put_away(kept.key, kept.version)


def first_time(work: Work) -> bool:
    """Whether nobody can sign in yet, so that the first administrator has to be made."""
    return not work.of_house(PASSWORDS).all()


def _is_admin(work: Work, login: str) -> bool:
    try:
        person = work.people.get(login)
    except NotFound:
        return False
    return person.active and ADMIN in person.roles


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
