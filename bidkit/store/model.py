"""What the store gives back beside the values of the rooms below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bidkit.kernel.language import Language


@dataclass(frozen=True, slots=True)
class BlobRef:
    """A stored file by its content; `size` in bytes."""

    sha256: str
    size: int
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A file as it was handed in, an archive unopened."""

    name: str
    blob: BlobRef


@dataclass(frozen=True, slots=True)
class PackageKey:
    """What a package is known by: the digest of its files and of the program that read it, and that program's own."""

    digest: str
    extractor: str


@dataclass(frozen=True, slots=True)
class SolicitationRevision:
    """One state of a deal's tender; `number` counts from 1. `rows_digest` is over everything that was read."""

    id: int
    number: int
    created_at: datetime
    language: Language
    package_digest: str
    rows_digest: str
    rows: int
    knockouts: int


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One act as recorded: who did what to which thing; `payload` None where it was emptied on request."""

    seq: int
    at: datetime
    actor: str
    act: str
    subject: str
    payload: dict[str, Any] | None
    hash: str


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first event that does not fit: its number and what is wrong with it."""

    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """How many events were checked, and the first broken link; None = the chain is whole."""

    events: int
    broken: BrokenLink | None = None
