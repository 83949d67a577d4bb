"""Documents of a deal: made and downloaded, handed back edited, taken in with what clashed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response

from bidkit.kernel.errors import Conflict, NotFound, UsageError
from bidkit.kernel.finding import Finding
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.bids.build import build_bid
from bidkit.usecases.bids.pull import pull_bid
from bidkit.usecases.bids.status import bid_status
from bidkit.usecases.brief import write_brief_of
from bidkit.usecases.deviation_files import build_deviations, pull_deviations
from bidkit.usecases.matrix import export_matrix, read_matrix_back
from bidkit.usecases.reports import write_dossier, write_pipeline
from bidkit.web.files import download, made_in, taken
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.pages import language_of, page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
Answering = Annotated[Person, Depends(allowed("answer"))]


@router.get("/deals/{code}/documents")
def documents(request: Request, store: StoreHere, _: Looking, code: str) -> Response:
    """What can be made of the deal, and the form to hand an edited file back."""
    return _page(request, store, code)


@router.get("/deals/{code}/documents/matrix.xlsx")
def matrix(request: Request, store: StoreHere, person: Looking, code: str) -> Response:
    """The compliance matrix with everything typed so far."""
    with made_in() as folder:
        path = folder / f"{code}-matrix.xlsx"
        export_matrix(store, code=code, path=path, actor=person.login, language=language_of(request))
        return download(path.read_bytes(), path.name)


@router.get("/deals/{code}/documents/brief.pdf")
def brief(request: Request, store: StoreHere, _: Looking, code: str) -> Response:
    """The one-page brief."""
    with made_in() as folder:
        path = folder / f"{code}-brief.pdf"
        write_brief_of(store, code=code, path=path, language=language_of(request))
        return download(path.read_bytes(), path.name)


@router.get("/deals/{code}/documents/dossier.pdf")
def dossier(request: Request, store: StoreHere, _: Looking, code: str) -> Response:
    """The deal's dossier."""
    with made_in() as folder:
        path = folder / f"{code}-dossier.pdf"
        write_dossier(store, code=code, path=path, language=language_of(request))
        return download(path.read_bytes(), path.name)


@router.get("/reports/pipeline.{ending}")
def pipeline(request: Request, store: StoreHere, _: Looking, ending: str) -> Response:
    """The report on all deals, as pdf or xlsx."""
    with made_in() as folder:
        path = folder / f"pipeline.{ending}"
        write_pipeline(store, path=path, language=language_of(request))
        return download(path.read_bytes(), path.name)


@router.post("/deals/{code}/documents/deviations", dependencies=[Depends(proven_form)])
def deviation_files(
    store: StoreHere, person: Answering, code: str, bidder: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """The deviation tables as Word files and one workbook, in a zip."""
    with made_in() as folder:
        made = build_deviations(store, code=code, folder=folder, actor=person.login, bidder=bidder.strip())
        return download(_zipped(made.files), f"{code}-deviation.zip")


@router.post("/deals/{code}/documents/bid", dependencies=[Depends(proven_form)])
def bid_files(
    request: Request,
    store: StoreHere,
    person: Answering,
    code: str,
    proposal: Annotated[bool, Form()] = False,
    override: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """The volumes of the bid built anew where the deal's files lie, people's words carried over; in a zip."""
    with store.read() as work:
        deal = work.deals.get(code)
    workshop = request.app.state.workshop
    if workshop is None:
        raise UsageError("this room has no folder for bids", where=code, next_step="start it with: bidkit up")
    folder = Path(workshop) / deal.code / ("proposal" if proposal else "bid")
    made = build_bid(store, code=code, folder=folder, actor=person.login, proposal=proposal, override=override.strip())
    return download(_zipped(volume.path for volume in made.volumes), f"{code}-bid.zip")


@router.get("/deals/{code}/bid")
def bid(request: Request, store: StoreHere, _: Looking, code: str) -> Response:
    """Every part of the bid and how far it is."""
    with store.read() as work:
        deal = work.deals.get(code)
    return page(request, "bid.html", deal=deal, tab="documents", volumes=bid_status(store, code))


@router.post("/deals/{code}/documents", dependencies=[Depends(proven_form)])
def hand_back(
    request: Request,
    store: StoreHere,
    person: Answering,
    code: str,
    files: Annotated[list[UploadFile], File()],
) -> Response:
    """Edited files taken in, each by what it is; the page says what changed and what two people said differently."""
    told = []
    with taken(files) as paths:
        for path in paths:
            told.append((path.name, *_taken_in(store, code, path, person.login)))
    return _page(request, store, code, told=told)


def _taken_in(store: Store, code: str, path: Path, actor: str) -> tuple[int, tuple[Finding, ...], str]:
    """How many answers changed, what to tell, and why the file was not taken ("" where it was)."""
    if path.suffix.lower() == ".docx":
        try:
            bid = pull_bid(store, code=code, path=path, actor=actor)
        except Conflict:
            pulled = pull_deviations(store, code=code, path=path, actor=actor)
            return pulled.changed, pulled.findings, ""
        return bid.changed, bid.findings, ""
    if path.suffix.lower() != ".xlsx":
        return 0, (), "not_ours"
    try:
        back = read_matrix_back(store, code=code, path=path, actor=actor)
    except Conflict:
        pulled = pull_deviations(store, code=code, path=path, actor=actor)
        return pulled.changed, pulled.findings, ""
    return back.changed, back.findings, ""


def _page(
    request: Request, store: Store, code: str, told: Iterable[tuple[str, int, tuple[Finding, ...], str]] = ()
) -> Response:
    with store.read() as work:
        deal = work.deals.get(code)
        tender = work.solicitations.latest(deal)
    return page(request, "documents.html", deal=deal, tab="documents", tender=tender, handed=list(told))


def _zipped(paths: Iterable[Path]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            if not path.is_file():
                raise NotFound("a file was taken away while it was packed", where=path.name, next_step="make it again")
            archive.write(path, path.name)
    return out.getvalue()
