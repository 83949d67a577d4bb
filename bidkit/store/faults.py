"""What the database and the file storage throw, in our words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from bidkit.kernel.errors import Conflict, StoreUnavailable

_SQLITE = {
    "SQLITE_FULL": ("the disk is full", "free some space and try again"),
    "SQLITE_READONLY": ("it may not be written to", "give yourself the right to write, or set BIDKIT_HOME elsewhere"),
    "SQLITE_CANTOPEN": ("it cannot be opened", "check that the folder exists and that you may write there"),
    "SQLITE_BUSY": ("another program has been writing for too long", "try again when it has finished"),
    "SQLITE_LOCKED": ("another program has been writing for too long", "try again when it has finished"),
    "SQLITE_IOERR": ("the disk cannot be read or written", "check the disk, then try again"),
    "SQLITE_NOTADB": ("it is not a database", "move the file away or set BIDKIT_DATABASE_URL"),
    "SQLITE_CORRUPT": ("the database is damaged", "restore it from a backup"),
}
_ERRNO = {
    errno.ENOSPC: ("the disk is full", "free some space and try again"),
    errno.EDQUOT: ("the disk quota is used up", "free some space and try again"),
    errno.EACCES: ("you may not use it", "give yourself the right, or set BIDKIT_HOME elsewhere"),
    errno.EPERM: ("you may not use it", "give yourself the right, or set BIDKIT_HOME elsewhere"),
    errno.EROFS: ("it may not be written to", "make it writable, or set BIDKIT_HOME elsewhere"),
    errno.ENOENT: ("it is not there", "check the path"),
    errno.EEXIST: ("a file lies where a folder should be", "move it away, or set BIDKIT_HOME elsewhere"),
    errno.ENOTDIR: ("a part of its path is not a folder", "check the path, or set BIDKIT_HOME elsewhere"),
}


@contextmanager
def database_faults(where: str) -> Iterator[None]:
    """Nothing; inside, a database that fails raises StoreUnavailable, a broken uniqueness rule Conflict."""
    try:
        yield
    except exc.IntegrityError as error:
        raise Conflict("somebody else stored the same thing first", where=where, next_step="try again") from error
    except exc.TimeoutError as error:
        raise StoreUnavailable("no connection became free in time", where=where, next_step="try again") from error
    except (exc.OperationalError, exc.InterfaceError, exc.InternalError) as error:
        raise _unavailable(error, where) from error
    except exc.DatabaseError as error:
        # A damaged SQLite file comes as the bare base class; a mistake of ours comes as a subclass and stays loud.
        if type(error) is not exc.DatabaseError:
            raise
        raise _unavailable(error, where) from error


@contextmanager
def file_faults(where: str) -> Iterator[None]:
    """Nothing; inside, a file system that fails raises StoreUnavailable naming `where`."""
    try:
        yield
    except OSError as error:
        what, next_step = _ERRNO.get(error.errno or 0, (f"it fails ({error.strerror or error})", "check the storage"))
        raise StoreUnavailable(what, where=where, next_step=next_step) from error


def _unavailable(error: exc.DBAPIError, where: str) -> StoreUnavailable:
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    for code, (what, next_step) in _SQLITE.items():
        if name == code or name.startswith(f"{code}_"):
            return StoreUnavailable(what, where=where, next_step=next_step)
    cause = str(error.orig).strip().splitlines() or [type(error).__name__]
    return StoreUnavailable(
        f"the database does not answer ({cause[0]})",
        where=where,
        next_step="check that it runs and that BIDKIT_DATABASE_URL is right",
    )
