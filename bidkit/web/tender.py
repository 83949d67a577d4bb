"""The tender of a deal: its files up, and what was read out of them: facts, marks, scoring, questions, addenda."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from bidkit.documents.wording import group_label, place_text, section_text, value_text
from bidkit.ingest.package import Refusal
from bidkit.kernel.errors import NothingFound, UnreadableFile
from bidkit.kernel.finding import Severity
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.amending import amend_tender
from bidkit.usecases.amending_log import acknowledge, addenda_of
from bidkit.usecases.source_pages import source_bytes
from bidkit.usecases.tenders import add_tender
from bidkit.web.files import download, taken
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.kept import tender_of
from bidkit.web.pages import language_of, page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
Adding = Annotated[Person, Depends(allowed("add_tender"))]
Sent = Annotated[list[UploadFile], File(alias="files")]
_MOST = 300


class Refusals:
    """A watcher that remembers which files could not be read."""

    def __init__(self) -> None:
        self.files: list[Refusal] = []

    def step(self, what: str) -> None:
        """Take no notice."""

    def refused(self, refusal: Refusal) -> None:
        """Remember it."""
        self.files.append(refusal)


@router.get("/deals/{code}/tender")
def tender(request: Request, store: StoreHere, _: Looking, code: str) -> Response:
    """The files of the tender in force with all that was read out of them, and the form to add some."""
    return _page(request, store, code)


@router.post("/deals/{code}/tender", dependencies=[Depends(proven_form)])
def add(
    request: Request,
    store: StoreHere,
    person: Adding,
    code: str,
    files: Sent,
    addendum: Annotated[bool, Form()] = False,
) -> Response:
    """The files as the tender, or as an addendum to it; where none can be read the page says why for each."""
    seen = Refusals()
    with taken(files) as paths:
        try:
            if addendum:
                amend_tender(store, code=code, paths=paths, actor=person.login, watcher=seen)
            else:
                add_tender(store, code=code, paths=paths, actor=person.login, watcher=seen)
        except (UnreadableFile, NothingFound) as error:
            return _page(request, store, code, status=422, wrong=error.what, refused=tuple(seen.files))
    return RedirectResponse(f"/deals/{code}/tender?done=1", status_code=303)


@router.post("/deals/{code}/addenda/{number}", dependencies=[Depends(proven_form)])
def seen_it(store: StoreHere, person: Adding, code: str, number: int) -> Response:
    """The addendum as received and acknowledged."""
    acknowledge(store, code=code, number=number, actor=person.login)
    return RedirectResponse(f"/deals/{code}/tender", status_code=303)


@router.get("/deals/{code}/files/{sha256}")
def original(store: StoreHere, _: Looking, code: str, sha256: str, name: str = "file") -> Response:
    """A file of the tender as it was handed in."""
    return download(source_bytes(store, code, sha256), name)


def _page(
    request: Request,
    store: Store,
    code: str,
    *,
    status: int = 200,
    wrong: str = "",
    refused: tuple[Refusal, ...] = (),
) -> Response:
    language = language_of(request)
    with store.read() as work:
        deal = work.deals.get(code)
        latest = work.solicitations.latest(deal)
        revisions = work.solicitations.all(deal)
        delivered = work.solicitations.delivered(latest) if latest else ()
        unread = work.solicitations.refused(latest) if latest else ()
        addenda = addenda_of(work, deal)
    found = tender_of(request, code).solicitation if latest else None
    rank = {severity: place for place, severity in enumerate(Severity)}
    return page(
        request,
        "tender.html",
        status=status,
        deal=deal,
        tab="tender",
        latest=latest,
        revisions=revisions[::-1],
        delivered=delivered,
        unread=unread,
        addenda=addenda[::-1],
        found=found,
        findings=sorted(found.findings, key=lambda one: rank[one.severity])[:_MOST] if found else (),
        wrong=wrong,
        refused=refused,
        done=request.query_params.get("done", ""),
        value=lambda one: value_text(one, language),
        place=lambda anchor: place_text(anchor, language),
        group=lambda code: group_label(code, language),
        trail=section_text,
    )
