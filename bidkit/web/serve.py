"""The deal room as a server of this machine."""

from __future__ import annotations

import secrets

import uvicorn

from bidkit.kernel.clock import SystemClock
from bidkit.settings import Settings
from bidkit.store import open_store
from bidkit.usecases.sign_in import first_time
from bidkit.web.app import create_app


def serve(host: str, port: int) -> None:
    """Serve until asked to stop. While nobody can sign in, the key for the first administrator is printed."""
    settings = Settings()
    store = open_store(settings.database, settings.storage, SystemClock())
    app = create_app(store, upload_limit_mb=settings.upload_limit_mb, workshop=settings.home / "deals")
    with store.read() as work:
        app.state.first_key = secrets.token_urlsafe(9) if first_time(work) else ""
    if app.state.first_key:
        print(f"first administrator's key: {app.state.first_key}", flush=True)  # noqa: T201 - shown where it was started
    try:
        uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=5, server_header=False)
    finally:
        store.close()
