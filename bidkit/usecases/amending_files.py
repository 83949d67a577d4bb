"""The files of an addendum on their way into storage."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from bidkit.ingest.archive import is_litter
from bidkit.kernel.errors import Conflict, UsageError
from bidkit.store import Store
from bidkit.store.blobs import fingerprint
from bidkit.store.model import DeliveredFile


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file somebody handed in: where it lies and what it will be known as."""

    path: Path
    file: DeliveredFile


def given_files(paths: Sequence[Path]) -> tuple[GivenFile, ...]:
    """Every file at `paths`, of equal contents only the first; raises UsageError for a path that does not exist."""
    found: dict[str, GivenFile] = {}
    for name, path in _named(paths):
        ref = fingerprint(path)
        found.setdefault(ref.sha256, GivenFile(path, DeliveredFile(name, ref)))
    return tuple(found.values())


def put_in_storage(store: Store, given: Sequence[GivenFile], taken: Collection[str]) -> tuple[DeliveredFile, ...]:
    """The files in storage under names that are not among `taken`: issuers call every notice the same.

    Twice is harmless: storage knows a file by its content. Raises Conflict for a file that changes meanwhile.
    """
    names, stored = set(taken), []
    for item in given:
        if store.blobs.put_file(item.path).sha256 != item.file.blob.sha256:
            raise Conflict("the file changed while it was read", where=item.file.name, next_step="try again")
        name = _free(item.file.name, names)
        names.add(name)
        stored.append(replace(item.file, name=name))
    return tuple(stored)


def _free(name: str, taken: Collection[str]) -> str:
    path, number, free = PurePosixPath(name), 1, name
    while free in taken:
        number += 1
        free = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    return free


def _named(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    for path in paths:
        if not path.exists():
            raise UsageError("there is no such file", where=str(path), next_step="check the path")
        if not path.is_dir():
            yield path.name, path
            continue
        for inner in sorted(path.rglob("*")):
            name = f"{path.resolve().name}/{inner.relative_to(path).as_posix()}"
            if inner.is_file() and not inner.is_symlink() and not is_litter(name):
                yield name, inner
