"""A gate of a deal: what keeps it shut, who decides, and the decision, held to what was seen."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from bidkit.gates.decisions import OVERRIDE, Verdict, authority
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.decisions import Wanted, countersign, decide
from bidkit.usecases.gate_page import gate_page
from bidkit.usecases.gate_words import gate_label
from bidkit.usecases.gates import show_gate
from bidkit.web.fields import lines
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.pages import language_of, page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
Deciding = Annotated[Person, Depends(allowed("decide"))]


@router.get("/deals/{code}/gates/{gate}")
def gate(
    request: Request, store: StoreHere, person: Looking, code: str, gate: str, topic: str = "", subject: str = ""
) -> Response:
    """What stands at the gate, and the form to decide for those the approval matrix names."""
    language = language_of(request)
    report = show_gate(store, code, gate, topic=topic or None, subject=subject or None)
    file = report.state.file
    over = authority(file.book.approvals, OVERRIDE)
    deciding = set(report.who.roles if report.who else ()) | set(over.roles if over and report.at.blockers else ())
    shown = gate_page(report, language)
    pages = tuple(zip(report.remaining, shown.blockers, strict=True))
    return page(
        request,
        "gate.html",
        deal=file.deal,
        tab="overview",
        report=report,
        shown=shown,
        blockers=pages,
        title=gate_label(report.at.gate, file.book.model, language),
        roles=sorted(person.roles & deciding),
        may_override=bool(over and person.roles & set(over.roles)),
        verdicts=list(Verdict),
        topics=file.book.law.topics,
        topic=topic,
        subject=subject,
        name=gate,
    )


@router.post("/deals/{code}/gates/{gate}", dependencies=[Depends(proven_form)])
def decide_here(
    store: StoreHere,
    person: Deciding,
    code: str,
    gate: str,
    verdict: Annotated[Verdict, Form()],
    reason: Annotated[str, Form(max_length=4000)],
    digest: Annotated[str, Form(min_length=64, max_length=64)],
    role: Annotated[str, Form(max_length=40)] = "",
    conditions: Annotated[str, Form(max_length=4000)] = "",
    overrides: Annotated[list[str] | None, Form()] = None,
    topic: Annotated[str, Form(max_length=80)] = "",
    subject: Annotated[str, Form(max_length=80)] = "",
) -> Response:
    """The decision on exactly what the page showed; another digest is a conflict that names what has changed."""
    wanted = Wanted(
        gate, verdict, reason, digest, role, lines(conditions), tuple(overrides or ()), topic or None, subject or None
    )
    decide(store, code, wanted, by=person.login)
    return _back(code, gate, topic, subject)


@router.post("/deals/{code}/gates/{gate}/sign/{entry}", dependencies=[Depends(proven_form)])
def sign(
    store: StoreHere,
    person: Deciding,
    code: str,
    gate: str,
    entry: str,
    role: Annotated[str, Form(max_length=40)] = "",
    topic: Annotated[str, Form(max_length=80)] = "",
    subject: Annotated[str, Form(max_length=80)] = "",
) -> Response:
    """One more signature under a decision that waits for it."""
    countersign(store, code, entry, by=person.login, role=role, subject=subject or None)
    return _back(code, gate, topic, subject)


def _back(code: str, gate: str, topic: str, subject: str) -> Response:
    asked = "&".join(f"{name}={value}" for name, value in (("topic", topic), ("subject", subject)) if value)
    return RedirectResponse(f"/deals/{code}/gates/{gate}" + (f"?{asked}" if asked else ""), status_code=303)
