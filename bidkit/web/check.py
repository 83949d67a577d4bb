"""The check of a bid before it is sealed: run over files, questions answered, faults set aside with a reason."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from bidkit.kernel.errors import NotFound
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.sealing import answer, check_bid, last_check, waive
from bidkit.usecases.sealing_papers import write_papers
from bidkit.usecases.sealing_words import view_of
from bidkit.web.files import download, made_in, taken
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.pages import language_of, page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
Checking = Annotated[Person, Depends(allowed("answer"))]


@router.get("/deals/{code}/check")
def check(request: Request, store: StoreHere, _: Looking, code: str) -> Response:
    """The last check with people's answers; the form alone where there is none."""
    with store.read() as work:
        deal = work.deals.get(code)
    try:
        view = view_of(last_check(store, code), language_of(request))
    except NotFound:
        view = None
    return page(request, "check.html", deal=deal, tab="documents", view=view)


@router.post("/deals/{code}/check", dependencies=[Depends(proven_form)])
def run(
    store: StoreHere, person: Checking, code: str, files: Annotated[list[UploadFile] | None, File()] = None
) -> Response:
    """The bid in these files checked by every rule; without files, the volumes built last."""
    given = [file for file in files or () if file.filename]
    if given:
        with taken(given) as paths:
            check_bid(store, code=code, paths=paths, actor=person.login)
    else:
        check_bid(store, code=code, actor=person.login)
    return _back(code)


@router.post("/deals/{code}/check/answer", dependencies=[Depends(proven_form)])
def say(
    store: StoreHere,
    person: Checking,
    code: str,
    target: Annotated[str, Form(max_length=200)],
    yes: Annotated[bool, Form()],
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """A person's answer to a question of the check."""
    answer(store, code=code, target=target, yes=yes, reason=reason, actor=person.login)
    return _back(code)


@router.post("/deals/{code}/check/waive", dependencies=[Depends(proven_form)])
def set_aside(
    store: StoreHere,
    person: Checking,
    code: str,
    fault: Annotated[str, Form(max_length=200)],
    reason: Annotated[str, Form(max_length=2000)],
) -> Response:
    """A fault noted as not applicable in this tender."""
    waive(store, code=code, fault=fault, reason=reason, actor=person.login)
    return _back(code)


@router.get("/deals/{code}/check/findings.xlsx")
def workbook(request: Request, store: StoreHere, _: Looking, code: str) -> Response:
    """The check as a workbook."""
    with made_in() as folder:
        path = folder / f"{code}-check.xlsx"
        write_papers(store, last_check(store, code), language=language_of(request), xlsx=path)
        return download(path.read_bytes(), path.name)


def _back(code: str) -> Response:
    return RedirectResponse(f"/deals/{code}/check", status_code=303)
