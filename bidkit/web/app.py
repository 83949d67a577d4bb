"""The deal room as an application: its pages put together, its errors turned into pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles

from bidkit.kernel.errors import BidkitError, Conflict, NotFound, StoreUnavailable, UnreadableFile, UsageError
from bidkit.store import Store
from bidkit.usecases.sign_in import NotSignedIn
from bidkit.vocabulary.files import data_folder
from bidkit.web import deals, door
from bidkit.web.guard import NotAllowed, Throttle
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
    UsageError: 422,
    UnreadableFile: 422,
    StoreUnavailable: 503,
}


def create_app(store: Store) -> FastAPI:
    """The deal room over this store."""
    app = FastAPI(title="bidkit deal room", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.store = store
    app.state.throttle = Throttle(store.clock)
    app.mount("/static", StaticFiles(directory=data_folder("templates") / "web" / "static"), name="static")
    app.include_router(door.router)
    app.include_router(deals.router)
    app.add_exception_handler(BidkitError, _told)
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
    return page(request, "error.html", status=status, error=error)
