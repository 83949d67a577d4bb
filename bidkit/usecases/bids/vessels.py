"""The files whose words a new build has to carry: the one that lies in the folder, and those handed back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bidkit.documents.bid.build import Built
from bidkit.documents.bid.merge import merge
from bidkit.documents.bid.stamp import build_of
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import NotFound, UnreadableFile, UsageError
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import sha256_of
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.bids.model import BidBase, HandedBack, VolumeMade
from bidkit.usecases.kinds import BID_BASES, BID_HANDED_BACK, BID_VOLUMES
from bidkit.usecases.outfile import write_whole


@dataclass(frozen=True, slots=True)
class Shelves:
    """What the store remembers of a deal's bid: bases by stamp, volumes as written, files handed back."""

    bases: Mapping[str, BidBase]
    made: Mapping[str, VolumeMade]
    handed_back: Mapping[str, HandedBack]


def shelves_of(store: Store, deal: Deal) -> Shelves:
    """The deal's shelves as they are now."""
    with store.read() as work:
        return Shelves(
            {key: kept.value for key, kept in work.of_deal(deal, BID_BASES).all().items()},
            {key: kept.value for key, kept in work.of_deal(deal, BID_VOLUMES).all().items()},
            {key: kept.value for key, kept in work.of_deal(deal, BID_HANDED_BACK).all().items()},
        )


@dataclass(frozen=True, slots=True)
class Vessel:
    """A file with people's words: its bytes and the bytes it began as."""

    name: str
    data: bytes
    base: bytes
    volume: str


def vessel_of(store: Store, shelves: Shelves, data: bytes, name: str) -> Vessel | None:
    """The file as a vessel; None where it was not built here, or what it began as is lost. Raises UnreadableFile."""
    stamp = build_of(data, name)
    base = shelves.bases.get(stamp) if stamp else None
    if base is None:
        return None
    try:
        return Vessel(name, data, store.blobs.get(base.sha256), base.volume)
    except NotFound:
        return None


def keep_copy(path: Path, data: bytes) -> tuple[Path, Finding]:
    """A copy beside a file that has no place in a build, named after its content, so that twice makes no second."""
    copy = path.with_name(f"{path.stem}.kept-{sha256_of(data)[:8]}{path.suffix}")
    if not copy.exists():
        write_whole(copy, data)
    return copy, Finding("bid-file-kept", Severity.WARN, (("name", path.name), ("copy", copy.name)))


def bytes_at(path: Path) -> bytes | None:
    """What the file holds now; None where there is none. Raises UsageError for a file one may not read."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise UsageError(
            f"the file there cannot be read ({error.strerror})",
            where=str(path),
            next_step="close it in other programs, check your rights, or choose another place",
        ) from error


@dataclass(frozen=True, slots=True)
class Carried:
    """A newly built volume with people's words in it; `pristine` where there were none to carry."""

    docx: bytes
    pristine: bool
    conflicts: int = 0
    findings: tuple[Finding, ...] = field(default=())


def carry(built: Built, vessels: tuple[Vessel, ...], *, when: datetime, language: Language) -> Carried:
    """The built volume with the words of every vessel; the last one keeps its looks, notes and headers.

    A vessel that began as this very build is the result as it stands.
    """
    docx, conflicts, findings = built.docx, 0, built.findings
    for vessel in vessels:
        if docx is built.docx and vessel.base == built.docx:
            docx = vessel.data
            continue
        merged = merge(vessel.base, vessel.data, docx, when=when, language=language)
        docx, conflicts, findings = merged.docx, conflicts + merged.conflicts, (*findings, *merged.findings)
    return Carried(docx, not vessels, conflicts, findings)


def readable(store: Store, shelves: Shelves, data: bytes, name: str) -> Vessel | None:
    """As `vessel_of`, None also for what is no Word file."""
    try:
        return vessel_of(store, shelves, data, name)
    except UnreadableFile:
        return None
