"""One engine for SQLite and PostgreSQL: how to connect, how a transaction begins."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url

from bidkit.kernel.errors import StoreUnavailable, UsageError
from bidkit.store.faults import database_faults, file_faults

_WRITES = "bidkit_writes"
_WAIT_MS = 30_000
_JOURNAL_TRIES = 300
_DECODER = json.JSONDecoder()


class Database:
    """A database at a URL, or in an SQLite file. `where` names it in messages, without password."""

    def __init__(self, place: str | Path) -> None:
        parsed = URL.create("sqlite", database=str(place)) if isinstance(place, Path) else _parse(place)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        shown = parsed.render_as_string(hide_password=True)
        self.where = (parsed.database or shown) if self.is_sqlite else shown
        if self.is_sqlite:
            _make_folder(parsed)
        self._engine = _engine(parsed, self.is_sqlite)
        readers: dict[str, Any] = {_WRITES: False}
        if not self.is_sqlite:
            # One reader sees one state, as a reader of SQLite's journal does.
            readers |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._readers = self._engine.execution_options(**readers)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction that may write; committed at the end, rolled back on any error."""
        with database_faults(self.where), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database; nothing done with it is kept."""
        with database_faults(self.where), self._readers.connect() as connection:
            yield connection

    def keep_a_journal(self) -> None:
        """Give an SQLite file its write-ahead journal, a lasting property: readers no longer wait for a writer."""
        with database_faults(self.where):
            for patience in reversed(range(_JOURNAL_TRIES)):
                try:
                    with closing(self._engine.raw_connection()) as connection:
                        connection.cursor().execute("PRAGMA journal_mode = WAL")
                except sqlite3.OperationalError as error:
                    # SQLite does not wait here while another process opens the same new file.
                    if not patience or not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                        raise exc.OperationalError("PRAGMA journal_mode", None, error) from error
                    time.sleep(_WAIT_MS / 1000 / _JOURNAL_TRIES)
                else:
                    return

    def close(self) -> None:
        """Let go of all connections; the next use opens new ones."""
        self._engine.dispose()


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except exc.ArgumentError as error:
        raise UsageError(
            "not a database URL", where="BIDKIT_DATABASE_URL", next_step="use sqlite:///PATH or postgresql://HOST/NAME"
        ) from error
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _make_folder(url: URL) -> None:
    if url.database and url.database != ":memory:":
        folder = Path(url.database).parent
        with file_faults(str(folder)):
            folder.mkdir(parents=True, exist_ok=True)


def _engine(url: URL, is_sqlite: bool) -> Engine:
    keep_letters = partial(json.dumps, ensure_ascii=False)
    try:
        engine = create_engine(
            url, json_serializer=keep_letters, json_deserializer=_read_json, pool_pre_ping=not is_sqlite
        )
    except exc.NoSuchModuleError as error:
        raise UsageError(
            f"no engine for {url.drivername} databases",
            where="BIDKIT_DATABASE_URL",
            next_step="use sqlite:///PATH or postgresql://HOST/NAME",
        ) from error
    except ModuleNotFoundError as error:
        raise StoreUnavailable(
            f"the driver {error.name} is not installed",
            where="BIDKIT_DATABASE_URL",
            next_step="install it: pip install 'bidkit[postgres]'",
        ) from error
    if is_sqlite:
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    return engine


def _read_json(text: str | bytes) -> Any:
    # Thousands of short values are read at once; what we wrote has no white space around it to look for.
    return _DECODER.raw_decode(text)[0] if isinstance(text, str) else json.loads(text)


def _on_connect(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself, else a reader that turns writer meets a lock it cannot wait for.
    connection.isolation_level = None
    for pragma in (f"busy_timeout = {_WAIT_MS}", "foreign_keys = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
