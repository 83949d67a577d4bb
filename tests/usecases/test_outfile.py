from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from bidkit.kernel.errors import StoreUnavailable, UsageError
from bidkit.usecases.outfile import refuse_bad_target, write_whole


def test_a_file_is_written_and_written_over(tmp_path: Path) -> None:
    path = tmp_path / "out 文件.bin"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert os.listdir(tmp_path) == [path.name]  # noqa: PTH208  hidden files count


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (errno.ENOSPC, StoreUnavailable, "disk is full"),
        (errno.EACCES, UsageError, "cannot be written"),
        (errno.EROFS, UsageError, "cannot be written"),
    ],
)
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, kind: type[Exception], message: str
) -> None:
    path = tmp_path / "out.bin"
    path.write_bytes(b"old")

    def fail(_number: int) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(kind, match=message):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.bin"]  # noqa: PTH208


def test_a_link_keeps_pointing_where_it_points(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_the_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "out", b"")
    (tmp_path / "plain").write_bytes(b"")
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("write", [lambda path: write_whole(path, b"x"), refuse_bad_target], ids=["write", "look"])
def test_a_missing_folder_and_a_folder_are_the_callers_mistake(tmp_path: Path, write: object) -> None:
    assert callable(write)
    with pytest.raises(UsageError, match="no folder"):
        write(tmp_path / "nowhere" / "out")
    with pytest.raises(UsageError, match="it is a folder"):
        write(tmp_path)


def test_a_device_takes_the_bytes_as_they_come() -> None:
    write_whole(Path(os.devnull), b"gone")
    refuse_bad_target(Path(os.devnull))
