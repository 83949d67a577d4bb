"""The deal room as an application: its pages put together, its errors turned into pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException

from bidkit.documents.brief import PrintingUnavailable
from bidkit.kernel.errors import (
    BidkitError,
    Conflict,
    NotFound,
    NothingFound,
    StoreUnavailable,
    UnreadableFile,
    UsageError,
)
from bidkit.store import Store
from bidkit.usecases.gates import GateClosed
from bidkit.usecases.sealing import RefusedPurpose
from bidkit.usecases.sign_in import NotSignedIn
from bidkit.vocabulary.files import data_folder
from bidkit.web import (
    after,
    audit,
    check,
    contract,
    deal,
    deals,
    deviations,
    documents,
    door,
    evidence,
    forms,
    gates,
    house,
    negotiation,
    people,
    row,
    rows,
    tender,
)
from bidkit.web.guard import NotAllowed, Throttle
from bidkit.web.kept import Kept
from bidkit.web.limit import MEGABYTE, SizeLimit, TooLarge
from bidkit.web.pages import page

_SAFETY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_STATUS: dict[type[BidkitError], int] = {
    NotSignedIn: 401,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    GateClosed: 409,
    TooLarge: 413,
    UsageError: 422,
    UnreadableFile: 422,
    NothingFound: 422,
    RefusedPurpose: 422,
    PrintingUnavailable: 503,
    StoreUnavailable: 503,
}


_ROOMS = (
    door,
    deals,
    deal,
    gates,
    evidence,
    tender,
    rows,
    row,
    deviations,
    documents,
    check,
    forms,
    contract,
    after,
    negotiation,
    house,
    people,
    audit,
)


def create_app(store: Store, *, upload_limit_mb: int = 500, workshop: Path | None = None) -> FastAPI:
    """The deal room over this store; what one request may bring is limited to so many megabytes.

    In the `workshop` each deal has a folder for the files of its bid; without it no bid is built here.
    """
    app = FastAPI(title="bidkit deal room", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.store = store
    app.state.throttle = Throttle(store.clock)
    app.state.kept = Kept()
    app.state.workshop = workshop
    app.mount("/static", StaticFiles(directory=data_folder("templates") / "web" / "static"), name="static")
    for room in _ROOMS:
        app.include_router(room.router)
    app.add_exception_handler(BidkitError, _told)
    app.add_exception_handler(RequestValidationError, _misread)
    app.add_exception_handler(StarletteHTTPException, _elsewhere)
    app.add_middleware(SizeLimit, store=store, most=upload_limit_mb * MEGABYTE)
    app.middleware("http")(_safely)

    @app.get("/health", include_in_schema=False)
    def health() -> JSONResponse:
        """Whether the room and its store answer."""
        with store.read() as work:
            work.deals.find("")
        return JSONResponse({"status": "ok"})

    return app


async def _safely(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """The answer with what browsers need to be told; pages about deals are kept by no cache."""
    response = await call_next(request)
    response.headers.update(_SAFETY)
    if not request.url.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-store"
    return response


async def _told(request: Request, error: Exception) -> Response:
    """An error as a page that says what, where and what to do; somebody without session is led to the door."""
    if not isinstance(error, BidkitError):
        raise error
    if isinstance(error, NotSignedIn) and request.method == "GET" and request.url.path != "/sign-in":
        return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", status_code=303)
    status = next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), 500)
    return page(request, "error.html", status=status, error=error, back=_before(request))


async def _misread(request: Request, error: Exception) -> Response:
    """A form or address with a value that cannot be; names the field and never repeats what was typed."""
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    fields = ", ".join(dict.fromkeys(str(one["loc"][-1]) for one in found))
    wrong = UsageError("a value is missing or cannot be used", where=fields, next_step="go back and correct it")
    return page(request, "error.html", status=422, error=wrong, back=_before(request))


async def _elsewhere(request: Request, error: Exception) -> Response:
    """An address the room does not have, or a request it cannot read."""
    status = error.status_code if isinstance(error, StarletteHTTPException) else 500
    said = NotFound("there is no such page", where=request.url.path, next_step="go to the list of deals")
    unread = UsageError("the request cannot be read", where=request.url.path, next_step="load the page again")
    return page(request, "error.html", status=status, error=said if status == 404 else unread, back="/")


def _before(request: Request) -> str:
    """The page of ours the person came from, else the first one."""
    came = urlsplit(request.headers.get("referer", ""))
    same = came.netloc == request.url.netloc and came.path.startswith("/") and not came.path.startswith("//")
    return came.path + (f"?{came.query}" if came.query else "") if same else "/"
