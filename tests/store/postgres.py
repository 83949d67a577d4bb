"""A PostgreSQL server for the tests: the one BIDKIT_TEST_POSTGRES names, or one of our own for the time of a run."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

NAMED = "BIDKIT_TEST_POSTGRES"


class NoServer(Exception):
    """There is no server to test with; the text says why."""


@contextmanager
def a_server() -> Iterator[str]:
    """The URL of a server on which we may make databases; raises NoServer."""
    if os.environ.get(NAMED):
        yield os.environ[NAMED]
        return
    programs = _programs()
    user = _server_user()
    folder = Path(tempfile.mkdtemp(prefix="bidkit-pg-"))
    run: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
            run |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        data = folder / "data"
        subprocess.run([programs / "initdb", "-D", data, "-U", "bidkit", "-A", "trust", "-E", "UTF8", "-N"], **run)
        settings = f"-c listen_addresses='' -c fsync=off -k {folder}"
        start = [programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start"]
        subprocess.run(start, **run)
        try:
            yield f"postgresql://bidkit@/postgres?host={folder}"
        finally:
            subprocess.run([programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_database(server: str) -> Iterator[str]:
    """The URL of an empty database on the server, dropped at the end."""
    name = f"t_{uuid.uuid4().hex}"
    url = make_url(server).set(drivername="postgresql")
    plain = url.render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _programs() -> Path:
    found = [Path(path).resolve().parent for path in filter(None, [shutil.which("initdb")])]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in found:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoServer(f"no PostgreSQL programs here and {NAMED} is not set")


def _server_user() -> pwd.struct_passwd | None:
    """Whom the server must run as; None where we are not root and it may run as we are."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServer("PostgreSQL does not run as root and there is no other user")
