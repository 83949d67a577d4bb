"""How much a browser may send: little without a session, files up to the house's limit with one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from bidkit.kernel.errors import BidkitError
from bidkit.store import Store
from bidkit.usecases.sign_in import NotSignedIn, signed_in
from bidkit.vocabulary.tables import label
from bidkit.web.guard import SESSION_COOKIE
from bidkit.web.language import language_of

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

MEGABYTE = 1024 * 1024
_UNSEEN = MEGABYTE  # what anybody may send: forms without files


class TooLarge(BidkitError):
    """More was sent than the house takes."""

    code = "too-large"
    exit_status = 2


class SizeLimit:
    """Stops a request as soon as it is larger than it may be, before anything of it is looked at.

    Forms of strangers end at a megabyte, so that nobody without session fills the disk.
    """

    def __init__(self, app: Application, store: Store, most: int) -> None:
        self._app, self._store, self._most = app, store, most

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass the request on, its body counted as it comes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        allowed = self._allowed(request)
        said = request.headers.get("content-length", "")
        if said.isdecimal() and int(said) > allowed:
            await self._refuse(request, allowed)(scope, receive, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > allowed:
                raise TooLarge(
                    f"more than {allowed // MEGABYTE} MB were sent", where="upload", next_step="send fewer files"
                )
            return message

        await self._app(scope, counted, send)

    def _allowed(self, request: Request) -> int:
        if request.method in ("GET", "HEAD"):
            return _UNSEEN
        try:
            signed_in(self._store, request.cookies.get(SESSION_COOKIE, ""))
        except NotSignedIn:
            return _UNSEEN
        return self._most

    def _refuse(self, request: Request, allowed: int) -> HTMLResponse:
        """The page that says so; the connection is closed, for the rest of the body is not wanted."""
        language = language_of(request)
        text = label("web", "too_large", language).format(limit=allowed // MEGABYTE)
        body = (
            f'<!doctype html><html lang="{language.value}"><title>bidkit</title><link rel="stylesheet" '
            f'href="/static/room.css"><main id="main"><p class="wrong" role="alert">{escape(text)}</p>'
            f'<p><a href="/">bidkit</a></p></main></html>'
        )
        return HTMLResponse(body, status_code=413, headers={"Connection": "close"})
