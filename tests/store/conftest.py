"""Stores to test with: the same tests run on SQLite and, where there is a server, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bidkit.store import Store, open_store
from tests.builders import SteppingClock
from tests.store.postgres import NoServer, a_database, a_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server; skips where there is none."""
    try:
        with a_server() as url:
            yield url
    except NoServer as error:
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | Path]:
    """Where an empty database is or can be."""
    if request.param == "sqlite":
        yield tmp_path / "with space" / "bidkit.db"
        return
    with a_database(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture
def store(place: str | Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(place, tmp_path / "blobs", SteppingClock())
    yield opened
    opened.close()
