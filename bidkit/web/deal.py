"""One deal: where it stands, what is known about it, what was done, and its end."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from bidkit.documents.reports.wording import basis_text, days_text, due_text, share_text, worth_text
from bidkit.kernel.deal import Outcome
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.board import deal_view
from bidkit.usecases.closing import close_deal
from bidkit.usecases.people import list_people
from bidkit.usecases.profile import RISKS, describe_deal, money
from bidkit.vocabulary.rules import legal_rules
from bidkit.web.audit import plain_details
from bidkit.web.fields import as_day
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.pages import language_of, page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
_LATEST = 12


@router.get("/deals/{code}")
def deal(request: Request, store: StoreHere, _: Looking, code: str) -> Response:
    """Where the deal stands and what it needs next."""
    language = language_of(request)
    seen = deal_view(store, code, language)
    on = seen.dossier.today
    return page(
        request,
        "deal.html",
        deal=seen.state.file.deal,
        tab="overview",
        seen=seen,
        worth=worth_text(seen.dossier.deal.worth, language),
        chance=share_text(seen.dossier.chance.value),
        basis=basis_text(seen.dossier.chance, language),
        due_text=lambda due: due_text(due, language),
        days=lambda due: days_text(due.on, on, language),
        latest=seen.events[:_LATEST],
    )


@router.get("/deals/{code}/history")
def history(request: Request, store: StoreHere, _: Looking, code: str, before: int = 0) -> Response:
    """Everything done on the deal, the latest first, a hundred a page."""
    with store.read() as work:
        found = work.deals.get(code)
        events = [event for event in work.events(found.code) if not before or event.seq < before][::-1]
        names = {person.login: person.name or person.login for person in work.people.all()}
    return page(
        request,
        "history.html",
        deal=found,
        tab="history",
        events=events[:100],
        more=len(events) > 100,
        names=names,
        details=plain_details,
    )


@router.get("/deals/{code}/profile")
def profile(request: Request, store: StoreHere, _: Looking, code: str) -> Response:
    """What is known about the deal, as a form."""
    with store.read() as work:
        found = work.deals.get(code)
        known = work.profiles.of(found)
    law = legal_rules()
    return page(
        request,
        "profile.html",
        deal=found,
        tab="profile",
        known=known,
        methods=("unknown", *law.methods),
        regimes=("unknown", *law.statutory),
        risks=RISKS,
        people=[person for person in list_people(store) if person.active],
        outcomes=list(Outcome),
    )


@router.post("/deals/{code}/profile", dependencies=[Depends(proven_form)])
def describe(
    store: StoreHere,
    person: Annotated[Person, Depends(allowed("describe_deal"))],
    code: str,
    version: Annotated[int, Form()],
    method: Annotated[str, Form()] = "unknown",
    regime: Annotated[str, Form()] = "unknown",
    published_on: Annotated[str, Form()] = "",
    procurement_closed_on: Annotated[str, Form()] = "",
    amount: Annotated[str, Form(max_length=40)] = "",
    currency: Annotated[str, Form(max_length=3)] = "CNY",
    risk: Annotated[str, Form()] = "",
    owner: Annotated[str, Form(max_length=64)] = "",
    next_on: Annotated[str, Form()] = "",
    next_what: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """What is known now; a change somebody else made meanwhile is never overwritten."""
    changes: dict[str, Any] = {
        "method": method,
        "regime": regime,
        "published_on": as_day(published_on),
        "procurement_closed_on": as_day(procurement_closed_on),
        "value": money(amount, currency) if amount.strip() else None,
        "risk": risk or None,
        "owner": owner,
        "next_on": as_day(next_on),
        "next_what": next_what.strip(),
    }
    describe_deal(store, code=code, changes=changes, actor=person.login, on_version=version)
    return RedirectResponse(f"/deals/{code}", status_code=303)


@router.post("/deals/{code}/close", dependencies=[Depends(proven_form)])
def close(
    store: StoreHere,
    person: Annotated[Person, Depends(allowed("close_deal"))],
    code: str,
    outcome: Annotated[Outcome, Form()],
    reason: Annotated[str, Form(max_length=2000)],
    on: Annotated[str, Form()] = "",
) -> Response:
    """The deal as won, lost or abandoned."""
    day: date | None = as_day(on)
    close_deal(store, code=code, outcome=outcome, reason=reason, actor=person.login, on=day)
    return RedirectResponse(f"/deals/{code}", status_code=303)
