from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.local import LocalFileSystem
from fsspec.implementations.memory import MemoryFileSystem

from bidkit.kernel.errors import NotFound, StoreUnavailable, UsageError
from bidkit.kernel.identity import sha256_of
from bidkit.store.blobs import BlobStore
from bidkit.store.model import BlobRef
from tests.builders import a_tender_file


class FaultyFolder(LocalFileSystem):  # type: ignore[misc]
    """A local folder in which the act `fails` ends in `error`."""

    cachable = False

    def __init__(self, fails: str, error: int) -> None:
        super().__init__()
        self.fails, self.error = fails, error

    def _may(self, act: str) -> None:
        if act == self.fails:
            raise OSError(self.error, os.strerror(self.error))

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        self._may("makedirs")
        super().makedirs(path, exist_ok=exist_ok)

    def open(self, path: str, mode: str = "rb", **rest: Any) -> Any:
        self._may(f"open {mode}")
        return super().open(path, mode, **rest)

    def mv(self, path1: str, path2: str, **rest: Any) -> None:
        self._may("mv")
        super().mv(path1, path2, **rest)

    def cat_file(self, path: str, **rest: Any) -> bytes:
        self._may("cat_file")
        return bytes(super().cat_file(path, **rest))


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "stored 文件 100%"


def test_a_stored_file_comes_back_by_its_digest(folder: Path) -> None:
    blobs = BlobStore(folder)
    ref = blobs.put(b"tender")
    assert ref == BlobRef(sha256_of(b"tender"), 6)
    assert blobs.get(ref.sha256) == b"tender"


def test_a_file_put_in_twice_lies_there_once(folder: Path, tmp_path: Path) -> None:
    blobs, path = BlobStore(folder), a_tender_file(tmp_path)
    assert blobs.put_file(path) == blobs.put_file(path) == blobs.put(path.read_bytes())
    assert files_in(folder) == [sha256_of(path.read_bytes())]


def test_a_storage_without_folders_and_file_numbers_works_too() -> None:
    blobs = BlobStore("memory://some/where", filesystem=MemoryFileSystem())
    assert blobs.get(blobs.put(b"tender").sha256) == b"tender"


def test_an_empty_file_can_be_stored(folder: Path) -> None:
    blobs = BlobStore(folder)
    assert blobs.get(blobs.put(b"").sha256) == b""


def test_a_file_that_is_not_there_is_not_found(folder: Path) -> None:
    with pytest.raises(NotFound, match="add the tender's files again"):
        BlobStore(folder).get("0" * 64)


@pytest.mark.parametrize("damaged", [b"tendeR", b"tend", b""], ids=["one byte", "cut off", "emptied"])
def test_a_damaged_file_is_never_handed_out_and_is_healed_by_putting_it_in_again(folder: Path, damaged: bytes) -> None:
    blobs = BlobStore(folder)
    ref = blobs.put(b"tender")
    (folder / ref.sha256[:2] / ref.sha256).write_bytes(damaged)
    with pytest.raises(StoreUnavailable, match="damaged"):
        blobs.get(ref.sha256)
    blobs.put(b"tender")
    assert blobs.get(ref.sha256) == b"tender"


@pytest.mark.parametrize(
    ("act", "error", "message"),
    [
        ("open wb", errno.ENOSPC, "disk is full"),
        ("mv", errno.ENOSPC, "disk is full"),
        ("makedirs", errno.EROFS, "may not be written"),
        ("makedirs", errno.EACCES, "you may not use it"),
        ("open wb", errno.EDQUOT, "quota"),
        ("open wb", errno.EIO, "Input/output error"),
    ],
)
def test_a_storage_that_fails_says_why_and_keeps_no_half_file(folder: Path, act: str, error: int, message: str) -> None:
    with pytest.raises(StoreUnavailable, match=message):
        BlobStore(folder, filesystem=FaultyFolder(act, error)).put(b"tender")
    assert files_in(folder) == []


def test_a_storage_that_cannot_be_read_says_so(folder: Path) -> None:
    ref = BlobStore(folder).put(b"tender")
    with pytest.raises(StoreUnavailable, match="you may not use it"):
        BlobStore(folder, filesystem=FaultyFolder("cat_file", errno.EACCES)).get(ref.sha256)


def test_a_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    path = a_tender_file(tmp_path)
    with pytest.raises(StoreUnavailable, match="not a folder"):
        BlobStore(path / "blobs").put(b"tender")


def test_a_file_that_changes_while_it_is_read_is_not_stored(folder: Path, tmp_path: Path) -> None:
    path = a_tender_file(tmp_path)

    class Busy(FaultyFolder):
        """A storage that takes so long that the file is written to meanwhile."""

        def makedirs(self, where: str, exist_ok: bool = False) -> None:
            path.write_text("other words")
            super().makedirs(where, exist_ok=exist_ok)

    with pytest.raises(UsageError, match="changed while it was read"):
        BlobStore(folder, filesystem=Busy("", 0)).put_file(path)
    assert files_in(folder) == []


def test_a_missing_file_and_a_folder_are_the_callers_mistake(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        BlobStore(folder).put_file(tmp_path / "nothing.pdf")
    with pytest.raises(UsageError, match="folder"):
        BlobStore(folder).put_file(tmp_path)


def test_a_storage_nobody_knows_is_the_callers_mistake() -> None:
    with pytest.raises(UsageError, match="BIDKIT_STORAGE_URL"):
        BlobStore("nosuch://bucket/blobs")
