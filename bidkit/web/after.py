"""After the signature: what the contract asks of both sides, and the hand-over to delivery."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from bidkit.kernel.errors import NotFound, UsageError
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.deal_file import today
from bidkit.usecases.handover import close_handover, load_handover, own_item
from bidkit.usecases.obligations import enter_event, load_obligations, own_obligation, write_obligations
from bidkit.usecases.people import list_people
from bidkit.web.fields import as_day
from bidkit.web.files import download, made_in
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.pages import language_of, page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
Owning = Annotated[Person, Depends(allowed("review"))]
_EVENTS = (
    "award",
    "contract_signing",
    "contract_effective",
    "prepayment",
    "shipment",
    "delivery",
    "installation",
    "acceptance",
    "final_acceptance",
    "invoice",
    "warranty_end",
    "contract_end",
)


@router.get("/deals/{code}/obligations")
def obligations(request: Request, store: StoreHere, _: Looking, code: str) -> Response:
    """Every obligation by date, and the hand-over."""
    with store.read() as work:
        deal = work.deals.get(code)
    try:
        found = load_obligations(store, code)
        lines = sorted(found.found, key=lambda one: (one.due_on is None, one.due_on or today(store)))
    except NotFound:
        found, lines = None, []
    return page(
        request,
        "obligations.html",
        deal=deal,
        tab="contract",
        found=found,
        lines=lines,
        handover=load_handover(store, code),
        events=_EVENTS,
        people=[(one.login, one.name or one.login) for one in list_people(store) if one.active],
        today=today(store),
    )


@router.post("/deals/{code}/obligations/events", dependencies=[Depends(proven_form)])
def event(
    store: StoreHere,
    person: Owning,
    code: str,
    what: Annotated[str, Form(max_length=40)],
    on: Annotated[str, Form(max_length=10)],
) -> Response:
    """The day something happened."""
    day = as_day(on)
    if day is None:
        raise UsageError("the day is missing", where="date", next_step="give it")
    enter_event(store, code=code, event=what, on=day, actor=person.login)
    return _back(code)


@router.post("/deals/{code}/obligations/owners", dependencies=[Depends(proven_form)])
def own(
    store: StoreHere,
    person: Owning,
    code: str,
    one: Annotated[str, Form(max_length=100)],
    login: Annotated[str, Form(max_length=64)],
) -> Response:
    """Somebody who looks after an obligation."""
    own_obligation(store, code=code, obligation=one, login=login, actor=person.login)
    return _back(code)


@router.get("/deals/{code}/obligations/file.{ending}")
def file(request: Request, store: StoreHere, _: Looking, code: str, ending: str) -> Response:
    """The obligations as xlsx, or as a calendar."""
    with made_in() as folder:
        path = folder / f"{code}-obligations.{ending}"
        write_obligations(store, code=code, path=path, language=language_of(request))
        return download(path.read_bytes(), path.name)


@router.post("/deals/{code}/handover/owners", dependencies=[Depends(proven_form)])
def take_over(
    store: StoreHere,
    person: Owning,
    code: str,
    item: Annotated[str, Form(max_length=100)],
    login: Annotated[str, Form(max_length=64)],
    due: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Somebody who keeps a promise."""
    own_item(store, code=code, item=item, login=login, actor=person.login, due=as_day(due))
    return _back(code)


@router.post("/deals/{code}/handover", dependencies=[Depends(proven_form)])
def close(store: StoreHere, person: Annotated[Person, Depends(allowed("close_handover"))], code: str) -> Response:
    """The hand-over closed by delivery."""
    close_handover(store, code=code, actor=person.login)
    return _back(code)


def _back(code: str) -> Response:
    return RedirectResponse(f"/deals/{code}/obligations", status_code=303)
