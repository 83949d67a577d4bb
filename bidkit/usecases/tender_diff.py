"""Two issues of a tender, or a tender and its addendum, in; every change out; needs no store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bidkit.ingest.align.links import links_of
from bidkit.ingest.model import SourceDocument
from bidkit.ingest.package import Package, read_package
from bidkit.ingest.read import read_bytes
from bidkit.kernel.errors import UnreadableFile, UsageError
from bidkit.requirements.changes.model import TenderDiff
from bidkit.requirements.changes.tender import diff_tenders
from bidkit.usecases.watch import NOBODY, Watcher

_Links = dict[str, Sequence[tuple[str, str]]]


def diff_files(old: Path, new: Sequence[Path], watcher: Watcher = NOBODY) -> TenderDiff:
    """Every change from the file, folder or zip `old` to those of `new`.

    A file that cannot be read does not stop the others. Raises UsageError for a path that does not exist,
    UnreadableFile where one side has no readable file.
    """
    before, old_links = _read([old], watcher)
    after, new_links = _read(new, watcher)
    watcher.step("comparing")
    return diff_tenders(before.documents, after.documents, old_links, new_links)


def _read(paths: Sequence[Path], watcher: Watcher) -> tuple[Package, _Links]:
    for path in paths:
        if not path.exists():
            raise UsageError("there is no such file", where=str(path), next_step="check the path")
    links: _Links = {}

    def read(data: bytes, name: str) -> SourceDocument:
        watcher.step(f"reading {name}")
        links[name] = links_of(data, name)
        return read_bytes(data, name)

    package = read_package(paths, read=read)
    for refusal in package.refused:
        watcher.refused(refusal)
    if not package.documents:
        first = package.refused[0] if package.refused else None
        raise UnreadableFile(
            first.reason if first else "empty",
            "no file could be read",
            where=", ".join(path.name for path in paths),
            next_step="see the message on each file" if first else "name the tender's files",
        )
    return package, links
