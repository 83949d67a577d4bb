from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text

from bidkit.kernel.errors import StoreUnavailable, UsageError
from bidkit.store import Store, open_store
from bidkit.store.database import Database
from bidkit.store.migrate import HEAD, bring_up_to_date, migrations
from bidkit.store.schema import metadata
from tests.builders import SteppingClock, a_deal
from tests.store.postgres import a_database


def opened(place: str | Path) -> Store:
    return open_store(place, "memory://blobs", SteppingClock())


def broken(place: Path, act: Callable[[sqlite3.Connection], object]) -> Store:
    """A store at `place` whose every new connection gets `act` done to it."""
    store = opened(place)
    store.close()

    def on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        act(connection)

    event.listen(store._database._engine, "connect", on_connect)
    return store


def add_a_deal(store: Store) -> None:
    with store.begin("wang") as work:
        work.deals.add(a_deal())


def test_migrations_make_the_tables_the_program_works_with(place: str | Path) -> None:
    database = Database(place)
    bring_up_to_date(database)
    with database.writing() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close()


def test_the_program_knows_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(migrations()).get_heads() == [HEAD]


def test_opening_twice_changes_nothing(place: str | Path) -> None:
    store = opened(place)
    add_a_deal(store)
    store.close()
    again = opened(place)
    with again.read() as work:
        assert work.deals.all() == (a_deal(),)
        assert work.verify_audit().events == 1
    again.close()


def test_a_database_of_a_newer_program_is_refused_and_left_alone(place: str | Path) -> None:
    store = opened(place)
    add_a_deal(store)

    def raise_version(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with store._database.writing() as connection:
        raise_version(connection)
    with pytest.raises(StoreUnavailable, match=r"newer bidkit \(schema 9999.*upgrade bidkit"):
        opened(place)
    with store.read() as work:
        assert work.deals.all() == (a_deal(),)
    store.close()


def test_a_database_of_another_program_is_refused(place: str | Path) -> None:
    database = Database(place)
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE deal (x INTEGER)"))
    with pytest.raises(StoreUnavailable, match="another program"):
        opened(place)
    database.close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bidkit.db"
    path.write_bytes(b"not a database at all, but long enough to look at" * 40)
    with pytest.raises(StoreUnavailable, match="not a database"):
        opened(path)


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        opened(tmp_path)


def test_a_home_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="BIDKIT_HOME"):
        opened(tmp_path / "file" / "bidkit.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_one_may_not_write_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreUnavailable, match="right"):
            opened(tmp_path / "home" / "bidkit.db")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("pragma", "message"),
    [
        pytest.param("PRAGMA query_only = ON", "may not be written to", id="read-only"),
        pytest.param("PRAGMA max_page_count = 1", "disk is full", id="full disk"),
    ],
)
def test_a_database_that_cannot_write_says_why_and_keeps_nothing(tmp_path: Path, pragma: str, message: str) -> None:
    store = broken(tmp_path / "bidkit.db", lambda connection: connection.execute(pragma))

    def many_deals() -> None:
        with store.begin("wang") as work:
            for number in range(200):
                work.deals.add(a_deal(f"D-{number}", name="long " * 200))

    with pytest.raises(StoreUnavailable, match=message):
        many_deals()
    store.close()
    healthy = opened(tmp_path / "bidkit.db")
    with healthy.read() as work:
        assert work.deals.all() == ()
    healthy.close()


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path) -> None:
    store = broken(tmp_path / "bidkit.db", lambda connection: connection.execute("PRAGMA busy_timeout = 20"))
    other = opened(tmp_path / "bidkit.db")
    with other.begin("li"), pytest.raises(StoreUnavailable, match="another program has been writing"):
        add_a_deal(store)
    add_a_deal(store)
    store.close()
    other.close()


def test_a_postgresql_server_that_is_not_there_says_so_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="does not answer") as caught:
        opened(f"postgresql://bidkit:s3cret@/bidkit?host={tmp_path}")
    assert "s3cret" not in str(caught.value)


def test_a_server_that_is_lost_in_the_middle_says_so_and_keeps_nothing(postgres_server: str) -> None:
    with a_database(postgres_server) as url:
        store, other = opened(url), Database(url)

        def cut_off() -> None:
            with store.begin("wang") as work:
                work.deals.add(a_deal())
                with other.writing() as connection:
                    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    connection.execute(text(f"{kill} AND datname = current_database()"))
                work.deals.add(a_deal("D-2"))

        with pytest.raises(StoreUnavailable, match="does not answer"):
            cut_off()
        with store.read() as work:
            assert work.deals.all() == ()
        store.close()
        other.close()


def test_a_missing_driver_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreUnavailable, match=r"pip install 'bidkit\[postgres\]'"):
        Database("postgresql://localhost/bidkit")


@pytest.mark.parametrize("url", ["what is this", "nosuch://host/db"])
def test_a_url_nobody_understands_is_the_callers_mistake(url: str) -> None:
    with pytest.raises(UsageError, match="BIDKIT_DATABASE_URL"):
        Database(url)
