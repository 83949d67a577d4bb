"""The negotiation of a deal: the plan for those who may see our limits, what was agreed for everybody."""

from __future__ import annotations

from typing import Annotated

import yaml
from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from bidkit.documents.negotiation import front_chart, named_packages, summary_lines
from bidkit.documents.negotiation_charts import ladder_svg
from bidkit.kernel.errors import NotFound, UsageError
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.negotiation import AgreedTerm, agree, agreed_terms, planned, record_round, save_plan, write_plan
from bidkit.usecases.negotiation_draft import draft_plan
from bidkit.vocabulary.rules import legal_rules
from bidkit.web.fields import plain_object
from bidkit.web.files import download, made_in, taken
from bidkit.web.guard import allowed, may, proven_form, the_store
from bidkit.web.pages import language_of, page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
Seeing = Annotated[Person, Depends(allowed("see_limits"))]


@router.get("/deals/{code}/negotiation")
def negotiation(request: Request, store: StoreHere, person: Looking, code: str) -> Response:
    """What was agreed; and for those who may see our limits the plan with its charts."""
    language = language_of(request)
    with store.read() as work:
        deal = work.deals.get(code)
    agreed = agreed_terms(store, code)
    shown: dict[str, object] = {"plan": None, "front": "", "ladder": "", "packages": (), "summary": ()}
    if may(person, "see_limits"):
        try:
            worked = planned(store, code, person.login).worked
            shown = {
                "plan": worked,
                "front": front_chart(worked, language, money=True),
                "ladder": ladder_svg(worked.steps, language, worked.plan.currency),
                "packages": named_packages(worked, language),
                "summary": summary_lines(worked, language),
            }
        except NotFound:
            pass
    return page(
        request,
        "negotiation.html",
        deal=deal,
        tab="negotiation",
        agreed=agreed,
        topics=legal_rules().topics,
        **shown,  # type: ignore[arg-type]
    )


@router.post("/deals/{code}/negotiation/plan", dependencies=[Depends(proven_form)])
def plan(store: StoreHere, person: Seeing, code: str, file: Annotated[UploadFile, File()]) -> Response:
    """The plan in a JSON or yaml file, stored and worked out."""
    with taken([file]) as paths:
        save_plan(store, code=code, content=plain_object(paths[0]), actor=person.login)
    return _back(code)


@router.get("/deals/{code}/negotiation/draft.yaml")
def draft(store: StoreHere, _: Seeing, code: str) -> Response:
    """A plan to begin with, from the tender's terms and the rows in dispute."""
    text = yaml.safe_dump(draft_plan(store, code), allow_unicode=True, sort_keys=False)
    return download(text.encode(), f"{code}-plan.yaml")


@router.get("/deals/{code}/negotiation/plan.pdf")
def paper(request: Request, store: StoreHere, person: Seeing, code: str) -> Response:
    """The internal edition, for nobody else."""
    with made_in() as folder:
        path = folder / f"{code}-plan.pdf"
        write_plan(store, code=code, path=path, actor=person.login, language=language_of(request))
        return download(path.read_bytes(), path.name)


@router.post("/deals/{code}/negotiation/rounds", dependencies=[Depends(proven_form)])
def held(store: StoreHere, person: Seeing, code: str, file: Annotated[UploadFile, File()]) -> Response:
    """A round as it was held, in a JSON or yaml file."""
    with taken([file]) as paths:
        record_round(store, code=code, content=plain_object(paths[0]), actor=person.login)
    return _back(code)


@router.post("/deals/{code}/negotiation/agreed", dependencies=[Depends(proven_form)])
def agreed_on(
    store: StoreHere,
    person: Annotated[Person, Depends(allowed("negotiate"))],
    code: str,
    topic: Annotated[str, Form(max_length=60)],
    text: Annotated[str, Form(max_length=4000)],
    number: Annotated[int, Form(ge=1, le=999)],
    confirmed: Annotated[bool, Form()] = False,
) -> Response:
    """A term both sides agreed on, in the words of the minutes."""
    if not text.strip():
        raise UsageError("what was agreed is empty", where=topic, next_step="say it in the words of the minutes")
    agree(store, code=code, term=AgreedTerm(topic, text.strip(), number, confirmed), actor=person.login)
    return _back(code)


def _back(code: str) -> Response:
    return RedirectResponse(f"/deals/{code}/negotiation", status_code=303)
