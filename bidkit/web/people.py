"""The people of the house for its administrators, and one's own password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from bidkit.kernel.errors import UsageError
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.people import erase_person, list_people, save_person
from bidkit.usecases.sign_in import NotSignedIn, set_password, sign_in, sign_out
from bidkit.vocabulary.tables import labels
from bidkit.web.guard import allowed, proven_form, the_store, whoever
from bidkit.web.pages import page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Keeping = Annotated[Person, Depends(allowed("people"))]
Password = Annotated[str, Form(max_length=1000)]


@router.get("/people")
def people(request: Request, store: StoreHere, _: Keeping) -> Response:
    """Everybody with roles."""
    return page(request, "people.html", everybody=list_people(store), roles=list(labels("person_roles")))


@router.post("/people", dependencies=[Depends(proven_form)])
def save(
    store: StoreHere,
    keeper: Keeping,
    login: Annotated[str, Form(max_length=64)],
    name: Annotated[str, Form(max_length=200)] = "",
    email: Annotated[str, Form(max_length=200)] = "",
    roles: Annotated[list[str] | None, Form()] = None,
    active: Annotated[bool, Form()] = False,
    password: Password = "",
) -> Response:
    """A person new or changed; a password only where one is typed."""
    save_person(
        store,
        login=login.strip(),
        name=name.strip() or None,
        email=email.strip(),
        roles=roles or [],
        active=active,
        actor=keeper.login,
    )
    if password:
        set_password(store, login=login.strip(), password=password, actor=keeper.login)
    return RedirectResponse("/people", status_code=303)


@router.post("/people/{login}/erase", dependencies=[Depends(proven_form)])
def erase(store: StoreHere, keeper: Keeping, login: str) -> Response:
    """A person's name and e-mail erased on request; what they signed stays signed."""
    erase_person(store, login=login, actor=keeper.login)
    return RedirectResponse("/people", status_code=303)


@router.get("/me")
def me(request: Request, _: Annotated[Person, Depends(whoever)]) -> Response:
    """One's own roles, and the form for another password."""
    return page(request, "me.html", done=request.query_params.get("done", ""))


@router.post("/me", dependencies=[Depends(proven_form)])
def change(
    request: Request,
    store: StoreHere,
    person: Annotated[Person, Depends(whoever)],
    old: Password,
    new: Password,
) -> Response:
    """Another password; the one in force is asked for, and guessing it closes the door as at the entrance."""
    name = f"login:{person.login}"
    request.app.state.throttle.require_patience(name)
    try:
        sign_out(store, sign_in(store, login=person.login, password=old))
    except NotSignedIn:
        request.app.state.throttle.note_failure(name)
        raise
    if old == new:
        raise UsageError("this is the password you have", where="password", next_step="choose another one")
    set_password(store, login=person.login, password=new, actor=person.login)
    return RedirectResponse("/me?done=1", status_code=303)
