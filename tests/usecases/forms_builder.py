"""A store with people in it, and forms filled in as far as a test needs."""

from __future__ import annotations

from typing import Any

from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.forms import FormState, new_form
from bidkit.usecases.forms_fill import fill_form

CALL: dict[str, Any] = {
    "customer_id": "Water office",
    "contact_id": "Liu Qing",
    "caller_id": "chen",
    "called_at": "2026-05-04T09:30:00+08:00",
    "contact_is_handler": "yes",
    "topic": "pump trips at night",
    "customer_response": "active",
    "interest_level": "interested_will_consider",
    "meeting_agreed": True,
    "meeting_at": "2026-05-11T14:00:00+08:00",
    "meeting_place": "pump house 2",
    "meeting_topic": "see the trips",
    "meeting_attendees": ["Liu Qing", "chen"],
    "next_action": "prepare the visit",
    "next_action_due": "2026-05-08",
}


def with_people(store: Store, **roles: str) -> None:
    """People by login, each with the roles in its words."""
    with store.begin("admin") as work:
        for login, words in roles.items():
            work.people.save(Person(login, login.title(), roles=frozenset(words.split())))


def a_form(store: Store, form: str = "phone_record", actor: str = "chen", **values: Any) -> FormState:
    """A form of D-1 begun by `actor` with these values in it."""
    made = new_form(store, form=form, code="D-1", actor=actor, another=True)
    if not values:
        return made
    return fill_form(store, document=made.document.id, values=values, actor=actor)


def a_call(store: Store, **changes: Any) -> FormState:
    """A complete call record, not submitted yet."""
    return a_form(store, **{**CALL, **changes})
