"""Who may do what: sessions, roles, the token of each form, and a limit on guessing."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Form, Header, Request

from bidkit.kernel.clock import Clock
from bidkit.kernel.errors import BidkitError
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.sign_in import NotSignedIn, signed_in
from bidkit.vocabulary.tables import table

SESSION_COOKIE = "bidkit_session"
_TRIES, _WITHIN = 5, timedelta(minutes=5)


class NotAllowed(BidkitError):
    """The person is known and may not do this."""

    code = "not-allowed"
    exit_status = 2


class Throttle:
    """Counts wrong passwords by login and by address; a few in a short time close the door for a while."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failed: defaultdict[str, deque[float]] = defaultdict(deque)

    def require_patience(self, *names: str) -> None:
        """Nothing while there is room to try; raises NotAllowed otherwise."""
        since = (self._clock.now() - _WITHIN).timestamp()
        for name in names:
            failed = self._failed[name]
            while failed and failed[0] < since:
                failed.popleft()
            if len(failed) >= _TRIES:
                raise NotAllowed("too many wrong passwords", where="sign in", next_step="wait five minutes")

    def note_failure(self, *names: str) -> None:
        """Remember one wrong password under these names."""
        for name in names:
            self._failed[name].append(self._clock.now().timestamp())


def the_store(request: Request) -> Store:
    """The store the room works on."""
    store = request.app.state.store
    assert isinstance(store, Store)
    return store


def whoever(request: Request) -> Person:
    """The person signed in; raises NotSignedIn."""
    person = signed_in(the_store(request), request.cookies.get(SESSION_COOKIE, ""))
    request.state.person = person
    return person


def form_token(request: Request) -> str:
    """The token every form of this session carries; no other site can know it. "" without a session."""
    session = request.cookies.get(SESSION_COOKIE, "")
    return hmac.new(session.encode(), b"bidkit form", hashlib.sha256).hexdigest() if session else ""


def proven_form(
    request: Request, token: Annotated[str, Form()] = "", x_form_token: Annotated[str, Header()] = ""
) -> None:
    """Nothing for a form of our own; raises NotAllowed for one that another site has sent."""
    expected = form_token(request)
    if not expected:
        raise NotSignedIn("you are not signed in", where="session", next_step="sign in")
    if not hmac.compare_digest(expected, token or x_form_token):
        raise NotAllowed("this form does not belong to your session", where="form", next_step="load the page again")


def roles_for(act: str) -> frozenset[str]:
    """The roles that may do the act, from `schemas/rules/permissions.csv`; raises KeyError for an unknown act."""
    rows = table("rules/permissions.csv", ("act", "roles", "note"))
    return {row["act"]: frozenset(row["roles"].split()) for row in rows}[act]


def may(person: Person, act: str) -> bool:
    """Whether the person may do the act; "anybody" lets everybody who signed in."""
    wanted = roles_for(act)
    return "anybody" in wanted or bool(wanted & person.roles)


def allowed(act: str) -> Callable[[Person], Person]:
    """A dependency that gives the person, or raises NotAllowed."""

    def check(person: Annotated[Person, Depends(whoever)]) -> Person:
        if not may(person, act):
            roles = ", ".join(sorted(roles_for(act)))
            raise NotAllowed("your role may not do this", where=act, next_step=f"ask somebody who is one of: {roles}")
        return person

    check.act = act  # type: ignore[attr-defined]  # the test of all pages reads which act guards them
    return check
