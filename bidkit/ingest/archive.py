"""Zip archives, unpacked in memory and within limits; nothing is ever written to disk."""

from __future__ import annotations

import io
import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from bidkit.kernel.errors import UnreadableFile

_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_DRIVE = re.compile(r"^[A-Za-z]:")
_LITTER = re.compile(r"^(?:\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|~\$.*)$", re.IGNORECASE)
_LITTER_FOLDERS = frozenset({"__MACOSX", ".git"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may unpack to; `ratio` only counts for entries above `ratio_from` bytes."""

    entries: int = 5_000
    total_bytes: int = 1_000_000_000
    entry_bytes: int = 300_000_000
    ratio: int = 300
    ratio_from: int = 20_000_000
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive: its path, with forward slashes, and its bytes."""

    path: str
    data: bytes


def members(data: bytes, name: str, limits: Limits) -> Iterator[Member | UnreadableFile]:
    """The files of the archive `data` in its own order, and in place of each that must not be read the reason.

    Litter of Windows, macOS and Office is skipped. Raises UnreadableFile for the archive as a whole: "zip-bomb",
    "encrypted" where every file is, "truncated".
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse_bomb(entries, name, limits)
            if entries and all(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
                raise UnreadableFile(
                    "encrypted", "the archive is encrypted", where=name, next_step="supply an unlocked copy"
                )
            for entry in entries:
                path = real_name(entry)
                if not is_litter(path):
                    yield _member(archive, entry, path, name)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
        raise UnreadableFile(
            "truncated", "the archive ends too early or is damaged", where=name, next_step="fetch it again"
        ) from error


def refuse_bomb(data: bytes, name: str, limits: Limits) -> None:
    """Nothing; raises UnreadableFile "zip-bomb" or "truncated" for an Office file that must not be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bomb(archive.infolist(), name, limits)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
        raise UnreadableFile(
            "truncated", "the file ends too early or is damaged", where=name, next_step="fetch it again"
        ) from error


def real_name(entry: zipfile.ZipInfo) -> str:
    """The entry's path with forward slashes; names written without the UTF-8 flag are UTF-8 or gb18030 in practice."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_FLAG:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030") if raw else ():
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def is_litter(path: str) -> bool:
    """Whether a path is something an operating system or an open Office program left behind."""
    folders, _, file = path.rpartition("/")
    return bool(_LITTER.match(file)) or not _LITTER_FOLDERS.isdisjoint(folders.split("/"))


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, name: str) -> Member | UnreadableFile:
    where = f"{name}/{path}"
    if _escapes(entry, path):
        return UnreadableFile(
            "path-escape", "the entry points outside the archive", where=where, next_step="pack the archive anew"
        )
    if entry.flag_bits & _ENCRYPTED_FLAG:
        return UnreadableFile("encrypted", "the entry is encrypted", where=where, next_step="supply an unlocked copy")
    try:
        return Member(posixpath.normpath(path), archive.read(entry))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        refusal = UnreadableFile(
            "truncated", "the entry is damaged or packed in an unknown way", where=where, next_step="pack it anew"
        )
        refusal.__cause__ = error
        return refusal


def _escapes(entry: zipfile.ZipInfo, path: str) -> bool:
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return is_link or path.startswith("/") or bool(_DRIVE.match(path)) or ".." in path.split("/")


def _refuse_bomb(entries: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    total = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > limits.entry_bytes
        or (entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(entry.compress_size, 1))
        for entry in entries
    )
    if swollen or len(entries) > limits.entries or total > limits.total_bytes:
        raise UnreadableFile(
            "zip-bomb",
            f"{len(entries)} files would unpack to {total // 1_000_000} MB",
            where=name,
            next_step="check its origin and unpack it by hand",
        )
