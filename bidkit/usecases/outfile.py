"""Files handed to a person: whole or not at all."""

from __future__ import annotations

import errno
import os
import uuid
from contextlib import suppress
from pathlib import Path

from bidkit.kernel.errors import BidkitError, StoreUnavailable, UsageError

_FULL = (errno.ENOSPC, errno.EDQUOT)


def write_whole(path: Path, data: bytes) -> None:
    """The file at `path` holds `data`, or what it held before if this raises.

    A link keeps pointing where it points. Raises UsageError for a missing folder or a file one may not write,
    StoreUnavailable for a full disk.
    """
    target = Path(os.path.realpath(path))
    unfinished = target.with_name(f".{target.name[:80]}.{uuid.uuid4().hex[:8]}.unfinished")
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(data)  # a device or pipe takes the bytes as they come
            return
        with unfinished.open("xb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        unfinished.replace(target)
    except OSError as error:
        raise _trouble(path, target, error) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def refuse_bad_target(path: Path) -> None:
    """Raise UsageError where no file can come to lie at `path`, before any work is done for it."""
    target = Path(os.path.realpath(path))
    if target.is_dir() or not target.parent.is_dir():
        raise _trouble(path, target, NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)))


def _trouble(path: Path, target: Path, error: OSError) -> BidkitError:
    where = str(path)
    if error.errno in _FULL:
        return StoreUnavailable("the disk is full", where=where, next_step="free some space and try again")
    if target.is_dir():
        return UsageError("it is a folder", where=where, next_step="name a file in it")
    if not target.parent.exists():
        return UsageError(f"there is no folder {target.parent}", where=where, next_step="make the folder first")
    return UsageError(
        f"it cannot be written ({error.strerror})",
        where=where,
        next_step="close it in other programs, check your rights, or choose another place",
    )
