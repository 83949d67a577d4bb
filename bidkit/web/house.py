"""Pages of the whole house: due dates, library, company facts, rules, and the comparison of two files."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from bidkit.documents.reports.wording import due_text
from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language
from bidkit.respond.calendar import calendar_of
from bidkit.respond.company import FactKind
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.company import list_facts, prove_fact, save_facts
from bidkit.usecases.contract_compare import compare_contracts, comparison_page, redline_of
from bidkit.usecases.deadlines import deadlines
from bidkit.usecases.deal_file import today
from bidkit.usecases.library import add_answers, put_away_answer, search_library, take_from_deal
from bidkit.vocabulary.approvals import approval_matrix
from bidkit.web.files import download, taken
from bidkit.web.guard import allowed, may, proven_form, the_store
from bidkit.web.pages import language_of, page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
Keeping = Annotated[Person, Depends(allowed("keep_library"))]
Day = Annotated[str, Form(max_length=10)]


@router.get("/deadlines")
def due(request: Request, store: StoreHere, _: Looking, within: int = 30) -> Response:
    """What falls due in all living deals."""
    language = language_of(request)
    found = deadlines(store, max(1, min(within, 366)))
    return page(
        request,
        "deadlines.html",
        found=found,
        within=within,
        today=today(store),
        due_text=lambda d: due_text(d, language),
    )


@router.get("/library")
def library(request: Request, store: StoreHere, _: Looking, q: str = "") -> Response:
    """Past answers to demands like the words looked for."""
    found = search_library(store, text=q, count=20) if q.strip() else ()
    return page(request, "library.html", q=q, found=found)


@router.post("/library", dependencies=[Depends(proven_form)])
def shelve(
    store: StoreHere,
    person: Keeping,
    demand: Annotated[str, Form(max_length=4000)],
    answer: Annotated[str, Form(max_length=20_000)],
    language: Annotated[Language, Form()],
) -> Response:
    """One more answer on the shelf."""
    line = {"demand": demand.strip(), "answer": answer.strip(), "language": language.value}
    if not line["demand"] or not line["answer"]:
        raise UsageError("demand and answer are needed", where="library", next_step="fill them in")
    add_answers(store, answers=[line], actor=person.login)
    return RedirectResponse("/library", status_code=303)


@router.post("/library/from-deal", dependencies=[Depends(proven_form)])
def shelve_deal(store: StoreHere, person: Keeping, code: Annotated[str, Form(max_length=64)]) -> Response:
    """Every approved answer of a deal on the shelf."""
    take_from_deal(store, code=code.strip(), actor=person.login)
    return RedirectResponse("/library", status_code=303)


@router.post("/library/{answer_id}/away", dependencies=[Depends(proven_form)])
def put_away(store: StoreHere, person: Keeping, answer_id: str) -> Response:
    """An answer off the shelf."""
    put_away_answer(store, answer_id=answer_id, actor=person.login)
    return RedirectResponse("/library", status_code=303)


@router.get("/company")
def company(request: Request, store: StoreHere, person: Looking, kind: FactKind | None = None) -> Response:
    """What is true of us, with its proof; people and prices for those alone who may see them."""
    found = list_facts(store, kind=kind, restricted=may(person, "see_restricted_facts"))
    return page(request, "company.html", found=found, kind=kind, kinds=list(FactKind), today=today(store))


@router.post("/company", dependencies=[Depends(proven_form)])
def save(
    store: StoreHere,
    person: Annotated[Person, Depends(allowed("keep_facts"))],
    kind: Annotated[FactKind, Form()],
    subject: Annotated[str, Form(max_length=200)],
    attribute: Annotated[str, Form(max_length=200)],
    value: Annotated[str, Form(max_length=2000)],
    valid_from: Day = "",
    valid_to: Day = "",
) -> Response:
    """A fact new or changed."""
    line = {"kind": kind.value, "subject": subject, "attribute": attribute, "value": value, "owner": person.login}
    line |= {name: day for name, day in (("valid_from", valid_from), ("valid_to", valid_to)) if day}
    save_facts(store, facts=[line], actor=person.login)
    return RedirectResponse(f"/company?kind={kind.value}", status_code=303)


@router.post("/company/{fact_id}/proof", dependencies=[Depends(proven_form)])
def prove(
    store: StoreHere,
    person: Annotated[Person, Depends(allowed("keep_facts"))],
    fact_id: str,
    file: Annotated[UploadFile, File()],
    number: Annotated[str, Form(alias="page", max_length=5)] = "",
) -> Response:
    """The page that proves a fact."""
    with taken([file]) as paths:
        wanted = int(number) if number.isdecimal() else None
        prove_fact(store, fact_id=fact_id, path=paths[0], page=wanted, actor=person.login)
    return RedirectResponse("/company", status_code=303)


@router.get("/compare")
def compare_form(request: Request, _: Looking) -> Response:
    """The form to compare two versions with."""
    return page(request, "compare.html", found=None, names=("", ""))


@router.post("/compare", dependencies=[Depends(proven_form)])
def compare(
    request: Request,
    person: Looking,
    old: Annotated[UploadFile, File()],
    new: Annotated[UploadFile, File()],
    form: Annotated[str, Form(max_length=8)] = "page",
) -> Response:
    """Every change from one file to the other: on the page, or as a download; nothing is stored."""
    language = language_of(request)
    with taken([old, new]) as paths:
        if len(paths) != 2:
            raise UsageError("two files are needed", where="upload", next_step="choose the old and the new version")
        if form == "docx":
            data = redline_of(*paths, author=person.name or person.login, language=language)
            return download(data, "redline.docx")
        found = compare_contracts(*paths)
        if form == "html":
            return download(comparison_page(found, language).encode(), "changes.html")
        return page(request, "compare.html", found=found, names=(paths[0].name, paths[1].name))


@router.get("/rules")
def rules(request: Request, store: StoreHere, _: Looking) -> Response:
    """The approval matrix, and the working days ahead as the calendars know them."""
    on = today(store)
    calendars = {language: calendar_of(language) for language in Language}
    days = [on + timedelta(n) for n in range(120)]
    special = [
        (day, {language: calendar.fact(day) for language, calendar in calendars.items()})
        for day in days
        if any(calendar.fact(day).working != (day.weekday() < 5) for calendar in calendars.values())
    ]
    estimated = any(calendar.fact(day).estimated for calendar in calendars.values() for day in days)
    return page(request, "rules.html", matrix=approval_matrix(), special=special, estimated=estimated)
