"""Pages about deals: the list, and one deal."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.deals import list_deals, new_deal, show_deal
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.pages import page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]


@router.get("/")
def deals(request: Request, store: StoreHere, _: Looking, q: str = "") -> Response:
    """Every deal, or those whose code, name or customer holds the words looked for."""
    wanted = q.casefold().split()
    states = [
        state
        for state in list_deals(store)
        if all(w in f"{state.deal.code} {state.deal.name} {state.deal.customer}".casefold() for w in wanted)
    ]
    return page(request, "deals.html", states=states, q=q)


@router.post("/deals", dependencies=[Depends(proven_form)])
def open_deal(
    store: StoreHere,
    person: Annotated[Person, Depends(allowed("open_deal"))],
    code: Annotated[str, Form(max_length=64)],
    name: Annotated[str, Form(max_length=300)],
    customer: Annotated[str, Form(max_length=300)],
    language: Annotated[Language, Form()],
) -> Response:
    """A new deal, and its page."""
    made = new_deal(store, code=code, name=name, customer=customer, language=language, actor=person.login)
    return RedirectResponse(f"/deals/{made.deal.code}", status_code=303)


@router.get("/deals/{code}")
def deal(request: Request, store: StoreHere, _: Looking, code: str) -> Response:
    """One deal."""
    return page(request, "deal.html", state=show_deal(store, code))
