"""Evidence of a deal: shown, judged, waived, taken back; and the customer's own step."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from bidkit.gates.model import EvidenceKind, Origin
from bidkit.kernel.errors import NotFound
from bidkit.store import Store
from bidkit.store.entries import EvidenceEntry, Person
from bidkit.usecases.customer_steps import see_step
from bidkit.usecases.evidence import NewEvidence, add_evidence, judge, list_evidence, withdraw
from bidkit.usecases.gates import show_gate
from bidkit.usecases.people import list_people
from bidkit.usecases.waivers import WaiverWish, enter_late, waive
from bidkit.vocabulary.forms import form_definitions
from bidkit.vocabulary.stages import Verify
from bidkit.web.fields import as_day
from bidkit.web.files import download, taken
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.pages import language_of, page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
Showing = Annotated[Person, Depends(allowed("show_evidence"))]
Waiving = Annotated[Person, Depends(allowed("waive"))]
Reason = Annotated[str, Form(max_length=4000)]


@router.get("/deals/{code}/evidence")
def evidence(request: Request, store: StoreHere, _: Looking, code: str, fact: str = "") -> Response:
    """What was shown, judged and waived, how every condition stands, and the forms to add to it."""
    entries, file = list_evidence(store, code)
    report = show_gate(store, code)
    people = list_people(store)
    return page(
        request,
        "evidence.html",
        deal=file.deal,
        tab="evidence",
        entries=entries[::-1],
        model=file.book.model,
        standings=report.state.standings,
        kinds=[kind for kind in EvidenceKind if kind is not EvidenceKind.FORM],
        origins=list(Origin),
        people=[person for person in people if person.active],
        names={person.login: person.name or person.login for person in people},
        chosen=fact,
        by_word=Verify.JUDGE,
        form_title=lambda form: form_definitions()[form].label.of(language_of(request)),
        standing=[e.id for e in file.evidence if e.withdrawal is None],
    )


@router.post("/deals/{code}/evidence", dependencies=[Depends(proven_form)])
def show(
    store: StoreHere,
    person: Showing,
    code: str,
    kind: Annotated[EvidenceKind, Form()],
    origin: Annotated[Origin, Form()],
    facts: Annotated[list[str] | None, Form()] = None,
    note: Annotated[str, Form(max_length=2000)] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """One more piece of evidence, its file stored."""
    with ExitStack() as stack:
        path = stack.enter_context(taken([file]))[0] if file is not None and file.filename else None
        shown = NewEvidence(tuple(facts or ()), kind, origin, path, note=note)
        add_evidence(store, code=code, shown=shown, actor=person.login)
    return _back(code)


@router.get("/deals/{code}/evidence/{entry}/file")
def file(store: StoreHere, _: Looking, code: str, entry: str) -> Response:
    """The stored file of a piece of evidence."""
    entries, _file = list_evidence(store, code)
    found = next((e for e in entries if e.id == entry and isinstance(e, EvidenceEntry) and e.sha256), None)
    if not isinstance(found, EvidenceEntry) or found.sha256 is None:
        raise NotFound("there is no such file", where=f"{code}, {entry}", next_step="look at the evidence of the deal")
    return download(store.blobs.get(found.sha256), found.file_name)


@router.post("/deals/{code}/evidence/{entry}/withdraw", dependencies=[Depends(proven_form)])
def take_back(store: StoreHere, person: Showing, code: str, entry: str, reason: Reason) -> Response:
    """Evidence, a judgement or a waiver taken back."""
    withdraw(store, code=code, entry=entry, reason=reason, actor=person.login)
    return _back(code)


@router.post("/deals/{code}/judgements", dependencies=[Depends(proven_form)])
def say(
    store: StoreHere,
    person: Annotated[Person, Depends(allowed("decide"))],
    code: str,
    fact: Annotated[str, Form(max_length=40)],
    holds: Annotated[bool, Form()],
    reason: Reason,
) -> Response:
    """The person's word on what only a person can tell."""
    judge(store, code=code, fact=fact, holds=holds, reason=reason, by=person.login)
    return _back(code)


@router.post("/deals/{code}/waivers", dependencies=[Depends(proven_form)])
def let_go(
    store: StoreHere,
    person: Waiving,
    code: str,
    fact: Annotated[str, Form(max_length=40)],
    reason: Reason,
    asked_by: Annotated[str, Form(max_length=64)],
    until: Annotated[str, Form()] = "",
) -> Response:
    """A condition let go without proof."""
    waive(store, code=code, fact=fact, wish=WaiverWish(reason, asked_by, as_day(until)), by=person.login)
    return _back(code)


@router.post("/deals/{code}/late", dependencies=[Depends(proven_form)])
def late(
    store: StoreHere,
    person: Waiving,
    code: str,
    stage: Annotated[int, Form(ge=2, le=8)],
    reason: Reason,
    asked_by: Annotated[str, Form(max_length=64)],
) -> Response:
    """A deal that came in after its first stages."""
    enter_late(store, code=code, stage=stage, wish=WaiverWish(reason, asked_by), by=person.login)
    return _back(code)


@router.post("/deals/{code}/customer", dependencies=[Depends(proven_form)])
def customer(
    store: StoreHere,
    person: Showing,
    code: str,
    step: Annotated[str, Form(max_length=8)],
    seen_on: Annotated[str, Form()] = "",
    next_on: Annotated[str, Form()] = "",
    proof: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """The customer seen at a step of theirs."""
    see_step(
        store,
        code=code,
        step=step,
        actor=person.login,
        seen_on=as_day(seen_on),
        evidence=tuple(proof or ()),
        next_on=as_day(next_on),
    )
    return RedirectResponse(f"/deals/{code}", status_code=303)


def _back(code: str) -> Response:
    return RedirectResponse(f"/deals/{code}/evidence", status_code=303)
