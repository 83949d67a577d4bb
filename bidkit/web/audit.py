"""What was done in the house, and whether the record of it is whole."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.store.model import AuditEvent
from bidkit.usecases.audit import BrokenChain, verify_audit
from bidkit.web.guard import allowed, the_store
from bidkit.web.pages import page

router = APIRouter()
_PAGE = 200


@router.get("/audit")
def audit(
    request: Request,
    store: Annotated[Store, Depends(the_store)],
    _: Annotated[Person, Depends(allowed("audit"))],
    who: str = "",
    before: int = 0,
) -> Response:
    """The latest acts of everybody, or of one person, and the proof that none was changed."""
    try:
        whole, broken = verify_audit(store), ""
    except BrokenChain as error:
        whole, broken = 0, f"{error.what}; {error.next_step}"
    with store.read() as work:
        events = [e for e in work.events() if (not before or e.seq < before) and who in ("", e.actor)][::-1]
        names = {person.login: person.name or person.login for person in work.people.all()}
    return page(
        request,
        "audit.html",
        whole=whole,
        broken=broken,
        who=who,
        events=events[:_PAGE],
        more=len(events) > _PAGE,
        names=names,
        details=plain_details,
    )


def plain_details(event: AuditEvent) -> str:
    """The counts and names of an act; digests are left out, for one of a short secret could be guessed."""
    kept = {
        key: value
        for key, value in (event.payload or {}).items()
        if isinstance(value, int | str) and "digest" not in key and len(str(value)) < 60
    }
    return ", ".join(f"{key}: {value}" for key, value in kept.items())
