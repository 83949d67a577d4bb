"""A tender package in, requirement rows and facts out; needs no store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bidkit.ingest.model import SourceDocument
from bidkit.ingest.package import Package, Refusal, read_package
from bidkit.ingest.read import read_bytes
from bidkit.kernel.errors import NothingFound, UnreadableFile, UsageError
from bidkit.requirements.model import Solicitation
from bidkit.usecases.watch import NOBODY, Watcher


@dataclass(frozen=True, slots=True)
class Reading:
    """A package as read, and what was found in it."""

    package: Package
    solicitation: Solicitation

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """The files that could not be read."""
        return self.package.refused


Reader = Callable[[Sequence[Path], Watcher], Reading]
Extraction = Callable[[Sequence[SourceDocument]], Solicitation]


def extraction() -> Extraction:
    """What makes rows and facts of documents; loaded when the first file was read, for it is large."""
    from bidkit.requirements.solicitation import read_solicitation  # noqa: PLC0415

    return read_solicitation


def parse_files(paths: Sequence[Path], watcher: Watcher = NOBODY) -> Reading:
    """The rows, facts and findings of the files, folders and zips at `paths`, taken as one tender.

    One file that cannot be read does not stop the others. Raises UnreadableFile where none can be read,
    NothingFound where they hold no requirement, UsageError for a path that does not exist.
    """
    package = read_files(paths, watcher)
    watcher.step("finding requirements")
    return Reading(package, extraction()(package.documents))


def facts_of_files(paths: Sequence[Path], watcher: Watcher = NOBODY) -> dict[str, Any]:
    """{"facts": {key: {value, doc, page, text, alternatives}}, "findings": [...]} as JSON values.

    A file without a single requirement, such as a notice, still gives its facts. Raises UnreadableFile where no
    file can be read, UsageError for a path that does not exist.
    """
    from bidkit.requirements.facts import facts_as_json, find_facts  # noqa: PLC0415

    package = read_files(paths, watcher)
    watcher.step("finding facts")
    try:
        solicitation = extraction()(package.documents)
    except NothingFound:
        facts, findings = find_facts(package.documents)
        return facts_as_json(facts, (*findings, *(f for d in package.documents for f in d.findings)))
    return facts_as_json(solicitation.facts, solicitation.findings)


def read_files(paths: Sequence[Path], watcher: Watcher) -> Package:
    """The documents at `paths`; tells `watcher` of every file and every refusal, raises as `parse_files`."""
    for path in paths:
        if not path.exists():
            raise UsageError("there is no such file", where=str(path), next_step="check the path")

    def read(data: bytes, name: str) -> SourceDocument:
        watcher.step(f"reading {name}")
        return read_bytes(data, name)

    package = read_package(paths, read=read)
    for refusal in package.refused:
        watcher.refused(refusal)
    if not package.documents:
        raise _nothing_readable(package.refused)
    return package


def _nothing_readable(refused: Sequence[Refusal]) -> UnreadableFile:
    if not refused:
        return UnreadableFile("empty", "there is no file in it", where="package", next_step="name the tender's files")
    reasons = ", ".join(sorted({refusal.reason for refusal in refused}))
    return UnreadableFile(
        refused[0].reason,
        f"no file could be read ({reasons})",
        where=refused[0].name if len(refused) == 1 else f"{len(refused)} files",
        next_step="see the message on each file",
    )
