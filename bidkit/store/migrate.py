"""Bringing a database to the schema of this program, and refusing one made by a newer program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bidkit.kernel.errors import StoreUnavailable
from bidkit.store.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"
_LOCK = 7_230_115


def bring_up_to_date(database: Database) -> None:
    """Make or alter the tables where needed, in one transaction; a database that is up to date is only looked at.

    Raises StoreUnavailable where the database was made by a newer bidkit, or holds something else.
    """
    with database.reading() as connection:
        if _version(connection) == HEAD:
            return
    if database.is_sqlite:
        database.keep_a_journal()
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        # Somebody else may have done it while we waited for the lock.
        version = _version(connection)
        if version != HEAD:
            _upgrade(connection, version, database.where)


def _version(connection: Connection) -> str | None:
    """The revision the tables are at; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection, version: str | None, where: str) -> None:
    # Alembic takes a second to load and is needed once in the life of a schema.
    from alembic import command  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = migrations()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise StoreUnavailable(
            f"it was made by a newer bidkit (schema {version}, this one knows up to {HEAD})",
            where=where,
            next_step="upgrade bidkit; nothing was changed",
        )
    if version is None and inspect(connection).has_table("deal"):
        raise StoreUnavailable(
            "it holds tables of another program", where=where, next_step="set BIDKIT_DATABASE_URL to an empty database"
        )
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def migrations() -> Config:
    """Alembic's configuration for the migrations inside the package."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
