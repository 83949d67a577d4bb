"""Coming in and going out: the first administrator, signing in, signing out, the language."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.people import ADMIN, save_person
from bidkit.usecases.sign_in import NotSignedIn, first_time, set_password, sign_in, sign_out
from bidkit.web.guard import SESSION_COOKIE, proven_form, the_store, whoever
from bidkit.web.pages import LANGUAGE_COOKIE, page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
_YEAR = 365 * 24 * 3600


@router.get("/sign-in")
def door(request: Request, store: StoreHere, next_page: Annotated[str, Query(alias="next")] = "/") -> Response:
    """The form to sign in with, or to make the first administrator while there is none."""
    with store.read() as work:
        template = "first.html" if first_time(work) else "sign_in.html"
    return page(request, template, next_page=_own(next_page), wrong="")


@router.post("/sign-in")
def come_in(
    request: Request,
    store: StoreHere,
    login: Annotated[str, Form(max_length=64)],
    password: Annotated[str, Form(max_length=1000)],
    next_page: Annotated[str, Form(alias="next")] = "/",
) -> Response:
    """Into the room, or the form again."""
    names = (f"login:{login}", f"from:{request.client.host if request.client else ''}")
    throttle = request.app.state.throttle
    throttle.require_patience(*names)
    try:
        token = sign_in(store, login=login, password=password)
    except NotSignedIn as error:
        throttle.note_failure(*names)
        return page(request, "sign_in.html", status=401, next_page=_own(next_page), wrong=error.what)
    return _into_the_room(request, token, _own(next_page))


@router.post("/first")
def first(
    request: Request,
    store: StoreHere,
    login: Annotated[str, Form(max_length=64)],
    name: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=1000)],
    key: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """The first administrator, once; the key was printed where the system was started."""
    with store.read() as work:
        if not first_time(work):
            raise UsageError("there is an administrator already", where="/first", next_step="sign in")
    expected = request.app.state.first_key
    if expected and key != expected:
        raise UsageError("the key is not the one printed at the start", where="key", next_step="look at the terminal")
    save_person(store, login=login, name=name, roles=[ADMIN, "bid_manager"], actor=login)
    set_password(store, login=login, password=password, actor=login)
    return _into_the_room(request, sign_in(store, login=login, password=password), "/")


@router.post("/sign-out", dependencies=[Depends(proven_form)])
def go_out(request: Request, store: StoreHere, _: Annotated[Person, Depends(whoever)]) -> Response:
    """Out of the room."""
    sign_out(store, request.cookies.get(SESSION_COOKIE, ""))
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


@router.get("/language/{language}")
def choose_language(language: Language, back: str = "/") -> Response:
    """The page one came from, in that language from now on."""
    answer = RedirectResponse(_own(back), status_code=303)
    answer.set_cookie(LANGUAGE_COOKIE, language.value, max_age=_YEAR, samesite="lax", httponly=True)
    return answer


def _into_the_room(request: Request, token: str, where: str) -> Response:
    answer = RedirectResponse(where, status_code=303)
    secure = request.url.scheme == "https"
    answer.set_cookie(SESSION_COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")
    return answer


def _own(address: str) -> str:
    """A page of ours; anything that could lead elsewhere becomes the first page."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"
