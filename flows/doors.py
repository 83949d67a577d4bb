"""What a run needs from outside: the store, a folder for its files, and a log that tells how far it is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prefect.logging import get_run_logger

from bidkit.ingest.package import Refusal
from bidkit.kernel.clock import SystemClock
from bidkit.kernel.deal import deal_code
from bidkit.settings import Settings
from bidkit.store import Store, open_store

_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")


@contextmanager
def opened_store() -> Iterator[Store]:
    """The store that the settings name, closed at the end."""
    settings = Settings()
    store = open_store(settings.database, settings.storage, SystemClock())
    try:
        yield store
    finally:
        store.close()


def file_of(deal: str, name: str) -> Path:
    """Where the deal's file of this name lies, its folder made; raises UsageError for what is no deal code."""
    folder = Settings().home / "deals" / deal_code(deal)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def artifact_key(deal: str, what: str) -> str:
    """A key for an artifact of the deal: its code where the alphabet of keys can say it, else a digest beside it."""
    plain = _NOT_IN_A_KEY.sub("-", deal.lower()).strip("-")
    digest = "" if plain == deal.lower() else hashlib.sha256(deal.encode()).hexdigest()[:8]
    return "-".join(part for part in (plain, digest, what) if part)


class LogWatcher:
    """Puts the steps of a use case into the run's log: file names, never tender text."""

    def step(self, what: str) -> None:
        """One line a step."""
        get_run_logger().info(what)

    def refused(self, refusal: Refusal) -> None:
        """A warning that names the file and what to do."""
        get_run_logger().warning("%s was not read (%s)", refusal.name, refusal.reason)
