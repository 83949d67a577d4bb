"""The first page: every deal on a board by stage or in a list, and the form that opens another."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from bidkit.documents.reports.model import PipelineDeal
from bidkit.documents.reports.wording import days_text, due_text
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.board import deal_board
from bidkit.usecases.deal_file import today
from bidkit.usecases.deals import new_deal
from bidkit.vocabulary.stages import stage_model
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.pages import language_of, page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]


@router.get("/")
def deals(
    request: Request, store: StoreHere, _: Looking, q: str = "", view: str = "board", ended: str = ""
) -> Response:
    """Every living deal, or those whose code, name or customer holds the words looked for; closed ones on request."""
    language, wanted, on = language_of(request), q.casefold().split(), today(store)
    found = [
        deal
        for deal in deal_board(store, language)
        if bool(deal.deal.outcome) == bool(ended)
        and all(w in f"{deal.deal.code} {deal.deal.name} {deal.deal.customer}".casefold() for w in wanted)
    ]
    found.sort(key=lambda deal: (deal.due is None, deal.due.on if deal.due else on, deal.deal.code))
    stages = stage_model().stages
    columns = [(stage, [deal for deal in found if _stage(deal, len(stages)) == stage.number]) for stage in stages]
    return page(
        request,
        "deals.html",
        found=found,
        columns=columns,
        q=q,
        view=view if view in ("board", "list") else "board",
        ended=ended,
        due_text=lambda due: f"{due_text(due, language)} · {days_text(due.on, on, language)}",
        overdue=lambda due: due.on < on,
    )


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


def _stage(deal: PipelineDeal, last: int) -> int:
    """The stage a deal is shown under: the one entered and not completed, else the next to enter."""
    return min(deal.completed + 1, last)
