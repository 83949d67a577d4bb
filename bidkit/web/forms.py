"""The forms of the process: begun, filled in, submitted, approved, out to files and back in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from bidkit.documents.forms.typed import Words
from bidkit.kernel.finding import Finding
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.forms import list_forms, new_form, show_form
from bidkit.usecases.forms_files import FormFormat, export_form, import_form
from bidkit.usecases.forms_fill import InvalidForm, fill_form
from bidkit.usecases.forms_privacy import erase_form
from bidkit.usecases.forms_state import approve_form, submit_form, void_form
from bidkit.usecases.people import list_people
from bidkit.vocabulary.forms import form_definitions
from bidkit.web.files import download, made_in, taken
from bidkit.web.form_fields import controls, sent_files, typed_values
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.pages import language_of, page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
Filling = Annotated[Person, Depends(allowed("fill_forms"))]
Reason = Annotated[str, Form(max_length=4000)]


async def everything_sent(request: Request) -> FormData:
    """Every field of the form that was sent, whatever its name."""
    return await request.form()


@router.get("/deals/{code}/forms")
def forms(request: Request, store: StoreHere, _: Looking, code: str, form: str = "") -> Response:
    """The forms of the deal, and every form there is to begin, by stage."""
    with store.read() as work:
        deal = work.deals.get(code)
    definitions = form_definitions()
    known = list_forms(store, code)
    return page(
        request,
        "forms.html",
        deal=deal,
        tab="forms",
        states=[state for state in known if form in ("", state.document.form)],
        definitions=[one for one in definitions.values() if form in ("", one.id)],
        chosen=definitions.get(form),
        title=lambda name: definitions[name].label.of(language_of(request)) if name in definitions else name,
    )


@router.post("/deals/{code}/forms", dependencies=[Depends(proven_form)])
def begin(
    store: StoreHere,
    person: Filling,
    code: str,
    form: Annotated[str, Form(max_length=60)],
    another: Annotated[bool, Form()] = False,
) -> Response:
    """A form of the deal as a draft."""
    made = new_form(store, form=form, code=code, actor=person.login, another=another)
    return RedirectResponse(f"/forms/{made.document.id}", status_code=303)


@router.post("/forms-back", dependencies=[Depends(proven_form)])
def take_in(request: Request, store: StoreHere, person: Filling, file: Annotated[UploadFile, File()]) -> Response:
    """A form's file as the next draft of the form it was made from."""
    with taken([file]) as paths:
        back = import_form(store, path=paths[0], actor=person.login)
    return _form_page(request, store, back.state.document.id, person, told=back.state.findings)


@router.get("/forms/{document}")
def form(request: Request, store: StoreHere, person: Looking, document: str) -> Response:
    """The form with what this person may see of it."""
    return _form_page(request, store, document, person)


@router.post("/forms/{document}", dependencies=[Depends(proven_form)])
def fill(
    request: Request,
    store: StoreHere,
    person: Filling,
    document: str,
    sent: Annotated[FormData, Depends(everything_sent)],
    version: Annotated[int, Form()],
    submit: Annotated[bool, Form()] = False,
) -> Response:
    """The values as a draft, and submitted where that was wanted; what does not fit comes back as it was typed."""
    state, before, hidden = show_form(store, document, person.login)
    values = typed_values(state.definition, sent, hidden, before)
    for key, file in sent_files(state.definition, sent, hidden).items():
        with taken([file]) as paths:
            values[key] = {"name": paths[0].name, "sha256": store.blobs.put_file(paths[0]).sha256}
    try:
        fill_form(store, document=document, values=values, actor=person.login, on_version=version)
        if submit:
            submit_form(store, document=document, actor=person.login)
    except InvalidForm as error:
        typed = {key: value for key, value in values.items() if value is not None}
        return _form_page(request, store, document, person, told=error.findings, typed=typed, status=422)
    return RedirectResponse(f"/forms/{document}", status_code=303)


@router.post("/forms/{document}/approve", dependencies=[Depends(proven_form)])
def approve(
    store: StoreHere,
    person: Annotated[Person, Depends(allowed("decide"))],
    document: str,
    role: Annotated[str, Form(max_length=40)],
    reason: Reason,
    reject: Annotated[bool, Form()] = False,
) -> Response:
    """The submitted form approved or rejected, in a role of the person."""
    approve_form(store, document=document, actor=person.login, role=role, reason=reason, reject=reject)
    return RedirectResponse(f"/forms/{document}", status_code=303)


@router.post("/forms/{document}/void", dependencies=[Depends(proven_form)])
def void(store: StoreHere, person: Filling, document: str, reason: Reason) -> Response:
    """The form as void."""
    void_form(store, document=document, actor=person.login, reason=reason)
    return RedirectResponse(f"/forms/{document}", status_code=303)


@router.post("/forms/{document}/erase", dependencies=[Depends(proven_form)])
def erase(
    store: StoreHere,
    person: Annotated[Person, Depends(allowed("erase"))],
    document: str,
    role: Annotated[str, Form(max_length=40)],
) -> Response:
    """The form without the personal data in it."""
    erase_form(store, document=document, actor=person.login, role=role)
    return RedirectResponse(f"/forms/{document}", status_code=303)


@router.get("/forms/{document}/file.{kind}")
def file(
    request: Request, store: StoreHere, person: Looking, document: str, kind: FormFormat, bare: bool = False
) -> Response:
    """The form as a file, without what this person may not see; `bare` leaves personal data out too."""
    with made_in() as folder:
        path = folder / f"{document}.{kind.value}"
        language = language_of(request)
        export_form(
            store,
            document=document,
            path=path,
            actor=person.login,
            kind=kind,
            language=language,
            without_personal=bare,
        )
        return download(path.read_bytes(), path.name)


def _form_page(
    request: Request,
    store: Store,
    document: str,
    person: Person,
    *,
    told: tuple[Finding, ...] = (),
    typed: dict[str, object] | None = None,
    status: int = 200,
) -> Response:
    state, values, hidden = show_form(store, document, person.login)
    language = language_of(request)
    names = {one.login: one.name or one.login for one in list_people(store)}
    words = Words(language, names)
    with store.read() as work:
        deal = work.deals.get(state.document.deal) if state.document.deal else None
        history = work.forms.history(state.document)
    return page(
        request,
        "form.html",
        status=status,
        deal=deal,
        tab="forms",
        state=state,
        fields=controls(state.definition, values | (typed or {}), hidden, words),
        hidden_count=len(hidden),
        findings=told or state.findings,
        history=history[::-1][:20],
        names=names,
        kinds=list(FormFormat),
    )
