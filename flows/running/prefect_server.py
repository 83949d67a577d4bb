"""The Prefect server, with two changes: no write is lost to a busy SQLite, and the page calls no stranger.

Prefect opens SQLite transactions that first read and then write; while another run is going, the browser's click
is then answered with "database is locked" (6 to 11 in 100 as shipped). Beginning each transaction as a writer lets
them queue. It changes an internal of Prefect, so a test guards it.
"""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import Request, Response
from prefect.server.api.server import create_app
from prefect.server.database.configurations import AioSqliteConfiguration

from flows.running.leash import hold
from flows.running.plan import HOST

_OWN_PAGES_ONLY = "connect-src 'self' ws: wss:; form-action 'self'; frame-ancestors 'self'"


def begin_as_writer() -> None:
    """Make every SQLite transaction of the server wait for its turn to write before it reads."""
    as_shipped = AioSqliteConfiguration.begin_transaction

    @asynccontextmanager
    async def begin(
        self: AioSqliteConfiguration,
        session: Any,
        with_for_update: bool = False,  # noqa: ARG001
    ) -> AsyncIterator[Any]:
        async with as_shipped(self, session, with_for_update=True) as transaction:
            yield transaction

    AioSqliteConfiguration.begin_transaction = begin  # type: ignore[method-assign]


async def keep_to_ourselves(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """The answer, with the browser told to talk to this server only."""
    response = await call_next(request)
    response.headers["Content-Security-Policy"] = _OWN_PAGES_ONLY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def main() -> None:
    """Serve until asked to stop."""
    parser = argparse.ArgumentParser(description="Prefect server of bidkit")
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    hold()
    begin_as_writer()
    app = create_app(final=True)
    app.middleware("http")(keep_to_ourselves)
    uvicorn.run(app, host=HOST, port=port, log_level="warning", timeout_graceful_shutdown=5)


if __name__ == "__main__":
    main()
