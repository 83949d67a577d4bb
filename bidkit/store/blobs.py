"""Files by their content, in a folder or any storage fsspec reaches."""

from __future__ import annotations

import hashlib
import io
import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from bidkit.kernel.errors import NotFound, StoreUnavailable, UsageError
from bidkit.store.faults import file_faults
from bidkit.store.model import BlobRef

_CHUNK = 1024 * 1024


class BlobStore:
    """Files under the SHA-256 of their content. Putting one in twice changes nothing: the digest is the key.

    A file appears under its name only when it is whole; what a broken-off write leaves behind is never read.
    """

    def __init__(self, place: str | Path, *, filesystem: Any = None) -> None:
        """`place` is a folder or a URL; `filesystem` stands in for the one fsspec has for it."""
        try:
            found, root = (LocalFileSystem(), str(place)) if isinstance(place, Path) else url_to_fs(place)
        except (ValueError, ImportError) as error:
            raise UsageError(
                f"this storage cannot be used ({error})", where="BIDKIT_STORAGE_URL", next_step="check the URL"
            ) from error
        self._files = filesystem or found
        self._root = root.rstrip("/")

    def put(self, data: bytes) -> BlobRef:
        """`data` as a stored file."""
        ref = BlobRef(hashlib.sha256(data).hexdigest(), len(data))
        if not self._is_whole(ref):
            self._write(ref, iter((data,)))
        return ref

    def put_file(self, path: Path) -> BlobRef:
        """The file at `path` as a stored file, copied piece by piece; raises UsageError where it cannot be read."""
        ref = fingerprint(path)
        if not self._is_whole(ref):
            with _opened(path) as source:
                self._write(ref, iter(lambda: source.read(_CHUNK), b""), origin=str(path))
        return ref

    def get(self, sha256: str) -> bytes:
        """The content; raises NotFound where there is no such file, StoreUnavailable where it was damaged."""
        place = self._place(sha256)
        with file_faults(place):
            try:
                data = bytes(self._files.cat_file(place))
            except FileNotFoundError as error:
                raise NotFound(
                    "the stored file is gone", where=place, next_step="add the tender's files again"
                ) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreUnavailable("the stored file was damaged", where=place, next_step="add the file again")
        return data

    def holds(self, sha256: str) -> bool:
        """Whether the file lies there; what is in it is looked at when it is fetched."""
        place = self._place(sha256)
        with file_faults(place):
            return bool(self._files.exists(place))

    def _place(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256}"

    def _is_whole(self, ref: BlobRef) -> bool:
        """True where the file lies there undamaged; a damaged one is written again."""
        place = self._place(ref.sha256)
        with file_faults(place):
            try:
                if self._files.size(place) != ref.size:
                    return False
                with self._files.open(place, "rb") as stored:
                    return _digest(stored) == ref.sha256
            except FileNotFoundError:
                return False

    def _write(self, ref: BlobRef, pieces: Iterator[bytes], origin: str = "") -> None:
        place = self._place(ref.sha256)
        unfinished = f"{self._root}/.unfinished/{uuid.uuid4().hex}"
        with file_faults(self._root):
            try:
                self._files.makedirs(f"{self._root}/.unfinished", exist_ok=True)
                self._files.makedirs(place.rpartition("/")[0], exist_ok=True)
                if self._fill(unfinished, pieces) != ref.sha256:
                    raise UsageError("the file changed while it was read", where=origin, next_step="try again")
                self._files.mv(unfinished, place)
            except BaseException:
                with suppress(OSError):
                    self._files.rm_file(unfinished)
                raise

    def _fill(self, place: str, pieces: Iterator[bytes]) -> str:
        """Write the pieces down to the disk; gives the digest of what was written."""
        digest = hashlib.sha256()
        with self._files.open(place, "wb") as handle:
            for piece in pieces:
                digest.update(piece)
                handle.write(piece)
            handle.flush()
            _sync(handle)
        return digest.hexdigest()


def fingerprint(path: Path) -> BlobRef:
    """Digest and size of the file at `path`; raises UsageError where it cannot be read."""
    with _opened(path) as source:
        return BlobRef(_digest(source), source.tell())


def _opened(path: Path) -> BinaryIO:
    try:
        if path.is_dir():
            raise UsageError("it is a folder, not a file", where=str(path), next_step="name the files in it")
        return path.open("rb")
    except OSError as error:
        raise UsageError(
            f"it cannot be read ({error.strerror})", where=str(path), next_step="check the path and your rights"
        ) from error


def _sync(handle: Any) -> None:
    try:
        number = handle.fileno()
    except (AttributeError, io.UnsupportedOperation):
        # Storages that are not disks have no file number and are done when they close.
        return
    os.fsync(number)


def _digest(source: Any) -> str:
    digest = hashlib.sha256()
    for piece in iter(lambda: source.read(_CHUNK), b""):
        digest.update(piece)
    return digest.hexdigest()
