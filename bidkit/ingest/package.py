"""A tender package in: files, folders and zips of them; its documents out, in natural order, each content once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bidkit.ingest.archive import Limits, Member, is_litter, members
from bidkit.ingest.model import SourceDocument
from bidkit.ingest.read import Reader, load, read_bytes
from bidkit.ingest.sniff import Content, sniff
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.identity import sha256_of

_DIGITS = re.compile(r"(\d+)")
LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not read: `reason` is a code of `refusals.csv`; `sha256` is "" where no bytes could be had."""

    name: str
    reason: str
    message: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """What could be read of a tender package and what could not."""

    documents: tuple[SourceDocument, ...] = ()
    refused: tuple[Refusal, ...] = ()


def read_package(paths: Sequence[Path], *, read: Reader = read_bytes, limits: Limits = LIMITS) -> Package:
    """The documents of all files, folders and zips under `paths`, in natural order of their names.

    A file inside a zip is named "package.zip/inner/path.docx", one inside a given folder "folder/inner/path.docx".
    Equal contents are read once, under the first name. One refused file does not stop the others; content never
    raises. `read` may be an isolated reader (see `bidkit.ingest.isolated`).
    """
    gathering = _Gathering(read, limits)
    for name, path in sorted(_files(paths), key=lambda found: natural_key(found[0])):
        gathering.add_file(name, path)
    return Package(
        tuple(sorted(gathering.documents, key=lambda document: natural_key(document.name))),
        tuple(sorted(gathering.refused, key=lambda refusal: natural_key(refusal.name))),
    )


def natural_key(name: str) -> tuple[tuple[int, str], ...]:
    """A sort key that puts "2.docx" before "10.docx"."""
    parts = _DIGITS.split(name.casefold())
    return tuple((int(part), "") if index % 2 else (-1, part) for index, part in enumerate(parts))


def _files(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    for path in paths:
        if not path.is_dir():
            yield path.name, path
            continue
        for folder, folders, files in os.walk(path):
            folders.sort()
            for file in files:
                inner = Path(folder, file)
                name = f"{path.resolve().name}/{inner.relative_to(path).as_posix()}"
                if not is_litter(name):
                    yield name, inner


@dataclass(slots=True)
class _Gathering:
    read: Reader
    limits: Limits
    documents: list[SourceDocument] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    unpacked: int = 0

    def add_file(self, name: str, path: Path) -> None:
        try:
            if path.is_symlink() and "/" in name:
                raise UnreadableFile(
                    "path-escape", "it is a link out of the folder", where=name, next_step="put the file itself there"
                )
            data = load(path)
        except UnreadableFile as error:
            self._refuse(name, error, "")
            return
        self.add(data, name, depth=0)

    def add(self, data: bytes, name: str, depth: int) -> None:
        sha256 = sha256_of(data)
        if sha256 in self.seen:
            return
        try:
            if sniff(data, name) is Content.ARCHIVE:
                self._unpack(data, name, depth)
            else:
                self.documents.append(self.read(data, name))
            # A refusal may be due to the name, so a content is only done with once it was read.
            self.seen.add(sha256)
        except UnreadableFile as error:
            self._refuse(name, error, sha256)

    def _unpack(self, data: bytes, name: str, depth: int) -> None:
        if depth >= self.limits.depth:
            raise UnreadableFile(
                "nested-too-deep", "archives are nested too deep", where=name, next_step="unpack the inner ones first"
            )
        empty = True
        for member in members(data, name, self.limits):
            empty = False
            if isinstance(member, Member):
                self._count(len(member.data), name)
                self.add(member.data, f"{name}/{member.path}", depth + 1)
            else:
                self._refuse(member.where, member, "")
        if empty:
            raise UnreadableFile("empty", "the archive holds no file", where=name, next_step="check where it came from")

    def _count(self, size: int, name: str) -> None:
        # Every archive keeps its own limits; many of them side by side must keep them together.
        self.unpacked += size
        if self.unpacked > self.limits.total_bytes:
            raise UnreadableFile(
                "zip-bomb", "the package unpacks to too much", where=name, next_step="hand in fewer files at once"
            )

    def _refuse(self, name: str, error: UnreadableFile, sha256: str) -> None:
        self.refused.append(Refusal(name, error.reason, str(error), sha256))
