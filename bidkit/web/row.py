"""One row: the words of the tender, its page beside them, our answer, and what we answered to others like it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from bidkit.deviation.compare import deviation_of
from bidkit.kernel.errors import NotFound
from bidkit.requirements.model import Requirement
from bidkit.respond.response import NO_RESPONSE, Compliance, State
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.deal_file import today
from bidkit.usecases.people import list_people
from bidkit.usecases.responding import respond
from bidkit.usecases.row_suggestions import suggestions_for_row
from bidkit.usecases.source_pages import source_picture
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.kept import document_of, tender_of
from bidkit.web.pages import language_of, page
from bidkit.web.rows import Wish, chosen_rows, the_wish

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
Text = Annotated[str, Form(max_length=20_000)]
_AROUND = 14  # blocks shown before and after the row where the file has no pages
_SUGGESTED = 3
_PDF = "application/pdf"


@router.get("/deals/{code}/rows/{row_id}")
def row(
    request: Request, store: StoreHere, _: Looking, code: str, row_id: str, wish: Annotated[Wish, Depends(the_wish)]
) -> Response:
    """The row with its answer; the rows before and after it are those of the filter one came with."""
    tender, language = tender_of(request, code), language_of(request)
    found = _row(tender.solicitation.requirements, row_id)
    typed = tender.responses.get(row_id, NO_RESPONSE)
    order = [one.id for one, _typed in chosen_rows(tender, wish, today(store))]
    at = order.index(row_id) if row_id in order else -1
    offered = [text for text in (typed.offered, typed.answer) if text]
    with store.read() as work:
        history = work.responses.history(tender.deal, row_id)
    return page(
        request,
        "row.html",
        deal=tender.deal,
        tab="rows_tab",
        row=found,
        typed=typed,
        wish=wish,
        before=order[at - 1] if at > 0 else "",
        after=order[at + 1] if 0 <= at < len(order) - 1 else "",
        at=at + 1,
        count=len(order),
        pieces=_pieces(found),
        checked=[(text, deviation_of(found.text, text)) for text in offered],
        suggestions=suggestions_for_row(store, tender.deal, found, tender.solicitation.language, _SUGGESTED),
        compliances=[one for one in Compliance if one],
        states=[one for one in State if one],
        people=[person for person in list_people(store) if person.active],
        history=history[::-1][:10],
        lang=language,
    )


@router.post("/deals/{code}/rows/{row_id}", dependencies=[Depends(proven_form)])
def answer(
    request: Request,
    store: StoreHere,
    person: Annotated[Person, Depends(allowed("answer"))],
    code: str,
    row_id: str,
    wish: Annotated[Wish, Depends(the_wish)],
    version: Annotated[int, Form()],
    compliance: Annotated[str, Form(max_length=20)] = "",
    offered: Text = "",
    answer: Text = "",
    proof: Text = "",
    owner: Annotated[str, Form(max_length=64)] = "",
    due_on: Annotated[str, Form(max_length=10)] = "",
    state: Annotated[str, Form(max_length=20)] = "",
    note: Text = "",
    following: Annotated[str, Form(alias="then", max_length=100)] = "",
) -> Response:
    """The answer as typed, on the state that was shown; then the same row again, or the next one."""
    before = tender_of(request, code).responses.get(row_id, NO_RESPONSE)
    cells = {"compliance": compliance, "offered": offered, "answer": answer, "proof": proof, "owner": owner}
    cells = {
        name: text.replace("\r\n", "\n").strip() for name, text in {**cells, "due_on": due_on, "note": note}.items()
    }
    # An untouched state leaves it to the rules: a first answer is a draft, a changed one falls back.
    if state != before.state:
        cells["state"] = state
    respond(store, code=code, answers={row_id: cells}, actor=person.login, on_versions={row_id: version})
    address = wish.address()
    return RedirectResponse(
        f"/deals/{code}/rows/{following or row_id}" + (f"?{address}" if address else ""), status_code=303
    )


@router.get("/deals/{code}/source/{row_id}")
def source(request: Request, _: Looking, code: str, row_id: str, number: int = 0) -> Response:
    """The place of the row in its file: the page as a picture, or the text around it."""
    tender = tender_of(request, code)
    found = _row(tender.solicitation.requirements, row_id)
    anchor = found.anchor
    shown: dict[str, object] = {"blocks": (), "here": anchor.block, "number": 0, "pages": None}
    if anchor.page and anchor.file_name.lower().endswith(".pdf"):
        shown["number"] = number or anchor.page
    else:
        blocks = document_of(request, code, anchor).blocks
        shown["blocks"] = blocks[max(anchor.block - _AROUND, 0) : anchor.block + _AROUND + 1]
    return page(request, "source.html", deal=tender.deal, tab="rows_tab", row=found, **shown)  # type: ignore[arg-type]


@router.get("/deals/{code}/source/{row_id}/page.png")
def picture(request: Request, store: StoreHere, _: Looking, code: str, row_id: str, number: int = 0) -> Response:
    """The page of the row with its place marked, or another page of the same file."""
    anchor = _row(tender_of(request, code).solicitation.requirements, row_id).anchor
    if anchor.page is None:
        raise NotFound("this file has no pages", where=anchor.file_name, next_step="read the text instead")
    wanted = number or anchor.page
    boxes = (anchor.box,) if anchor.box and wanted == anchor.page else ()
    data = source_picture(store, code, anchor.file_sha256, wanted, boxes)
    return Response(data, media_type="image/png")


def _row(rows: tuple[Requirement, ...], row_id: str) -> Requirement:
    for found in rows:
        if found.id == row_id:
            return found
    raise NotFound("the tender has no such row", where=row_id, next_step="look at the list of rows")


def _pieces(row: Requirement) -> list[tuple[str, bool]]:
    """The row's text in pieces, each with whether it is a figure."""
    found, at = [], 0
    for quantity in sorted(row.quantities, key=lambda one: one.start or 0):
        start, end = quantity.start or 0, quantity.end or 0
        if at <= start < end:
            found += [(row.text[at:start], False), (row.text[start:end], True)]
            at = end
    return [piece for piece in [*found, (row.text[at:], False)] if piece[0]]
