"""The contract of a deal, reviewed in rounds: every finding with its sources, legal's verdicts, the sealed record."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from bidkit.contract.record import asked_departments
from bidkit.contract.verdicts import OpinionKind, VerdictKind
from bidkit.documents.contract_review.lines import finding_lines, passed_lines
from bidkit.kernel.errors import NotFound
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.contract_review import (
    TYPES,
    ReviewWork,
    give_opinion,
    give_verdict,
    load_review,
    review_contract,
    rounds_of,
)
from bidkit.usecases.contract_review_files import conclusion_of, paper_of, pull_record, write_record
from bidkit.usecases.contract_review_signing import check_signed, seal_record, sealed_record, signed_check
from bidkit.vocabulary.terms import term_base
from bidkit.web.fields import as_day
from bidkit.web.files import download, made_in, taken
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.pages import language_of, page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
Reviewing = Annotated[Person, Depends(allowed("review"))]
Judging = Annotated[Person, Depends(allowed("judge_contract"))]
_SHOWN = 300


@router.get("/deals/{code}/contract")
def contract(request: Request, store: StoreHere, person: Looking, code: str, number: int = 0) -> Response:
    """The latest round, or an earlier one, with everything said about it."""
    with store.read() as work:
        deal = work.deals.get(code)
    rounds = rounds_of(store, code)
    shown = load_review(store, code, number or None) if rounds else None
    return page(
        request,
        "contract.html",
        deal=deal,
        tab="contract",
        rounds=rounds[::-1],
        types=TYPES,
        work=shown,
        **_said(request, store, shown, person),
    )


@router.post("/deals/{code}/contract", dependencies=[Depends(proven_form)])
def review(
    store: StoreHere,
    person: Reviewing,
    code: str,
    file: Annotated[UploadFile, File()],
    contract_type: Annotated[str, Form(max_length=20)] = "sale",
    bids: Annotated[list[UploadFile] | None, File()] = None,
    minutes: Annotated[list[UploadFile] | None, File()] = None,
    awarded_on: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """The contract in the file reviewed as a new round, against tender, bid and minutes."""
    others = [[one for one in given or () if one.filename] for given in (bids, minutes)]
    with taken([file, *others[0], *others[1]]) as paths:
        first = 1 + len(others[0])
        review_contract(
            store,
            code=code,
            path=paths[0],
            actor=person.login,
            contract_type=contract_type,
            bids=paths[1:first],
            minutes=paths[first:],
            awarded_on=as_day(awarded_on),
        )
    return _back(code)


@router.post("/deals/{code}/contract/verdicts/{finding}", dependencies=[Depends(proven_form)])
def verdict(
    store: StoreHere,
    person: Judging,
    code: str,
    finding: str,
    kind: Annotated[VerdictKind, Form()],
    reason: Annotated[str, Form(max_length=4000)],
    text: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """Legal's word on a finding."""
    give_verdict(store, code=code, finding=finding, kind=kind, reason=reason, text=text, actor=person.login)
    return _back(code, finding)


@router.post("/deals/{code}/contract/opinions", dependencies=[Depends(proven_form)])
def opinion(
    store: StoreHere,
    person: Reviewing,
    code: str,
    department: Annotated[str, Form(max_length=40)],
    kind: Annotated[OpinionKind, Form()],
    issues: Annotated[str, Form(max_length=4000)] = "",
    closed: Annotated[bool, Form()] = False,
) -> Response:
    """A department's word on the contract."""
    give_opinion(store, code=code, department=department, kind=kind, actor=person.login, issues=issues, closed=closed)
    return _back(code)


@router.get("/deals/{code}/contract/record.{ending}")
def record(request: Request, store: StoreHere, _: Looking, code: str, ending: str) -> Response:
    """The record of the latest round as docx, xlsx or pdf."""
    with made_in() as folder:
        path = folder / f"{code}-contract-review.{ending}"
        write_record(store, code=code, path=path, language=language_of(request))
        return download(path.read_bytes(), path.name)


@router.post("/deals/{code}/contract/record", dependencies=[Depends(proven_form)])
def record_back(
    request: Request, store: StoreHere, person: Judging, code: str, file: Annotated[UploadFile, File()]
) -> Response:
    """The verdicts typed into the record taken in; the page tells what could not be."""
    with taken([file]) as paths:
        pulled = pull_record(store, code=code, path=paths[0], actor=person.login)
    work = load_review(store, code)
    return page(
        request,
        "contract.html",
        deal=work.deal,
        tab="contract",
        rounds=rounds_of(store, code)[::-1],
        types=TYPES,
        work=work,
        **(_said(request, store, work, person) | {"handed": pulled}),
    )


@router.post("/deals/{code}/contract/seal", dependencies=[Depends(proven_form)])
def seal(store: StoreHere, person: Judging, code: str) -> Response:
    """The record of the latest round sealed."""
    seal_record(store, code=code, actor=person.login)
    return _back(code)


@router.post("/deals/{code}/contract/signed", dependencies=[Depends(proven_form)])
def signed(
    store: StoreHere,
    person: Reviewing,
    code: str,
    file: Annotated[UploadFile, File()],
    signed_on: Annotated[str, Form(max_length=10)] = "",
    pages_seen: Annotated[str, Form(max_length=100)] = "",
    note: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """The signed file held against the approved version."""
    with taken([file]) as paths:
        check_signed(
            store,
            code=code,
            path=paths[0],
            actor=person.login,
            signed_on=as_day(signed_on),
            pages_seen=pages_seen,
            note=note,
        )
    return _back(code)


def _said(request: Request, store: Store, work: ReviewWork | None, person: Person) -> dict[str, Any]:
    """What the page says about a round; nothing where there is none."""
    language = language_of(request)
    found: dict[str, Any] = {"lines": (), "passed": (), "conclusion": "", "sealed": None, "checked": None}
    found |= {"handed": None, "departments": (), "mine": (), "verdict_kinds": list(VerdictKind)}
    found |= {"opinion_kinds": list(OpinionKind), "term": lambda code: term_base()[code].label.of(language)}
    if work is None:
        return found
    paper = paper_of(work, language)
    departments = asked_departments(work.round)
    try:
        sealed = sealed_record(store, work.deal.code)
    except NotFound:
        sealed = None
    return found | {
        "lines": finding_lines(paper)[:_SHOWN],
        "passed": passed_lines(paper),
        "conclusion": conclusion_of(work),
        "departments": departments,
        "mine": [department for department in departments if department in person.roles],
        "sealed": sealed,
        "checked": signed_check(store, work.deal.code) if sealed else None,
    }


def _back(code: str, finding: str = "") -> Response:
    return RedirectResponse(f"/deals/{code}/contract" + (f"#{finding}" if finding else ""), status_code=303)
