"""What the store remembers of a bid: what every file began as, what was written last, what people handed back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BidBase:
    """The file a build made before anybody touched it: the volume, and its bytes by SHA-256. Kept under its stamp."""

    volume: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PartMade:
    """A part as it was built last; `digest` is of everything it was made from."""

    id: str
    title: str
    revision: int
    digest: str


@dataclass(frozen=True, slots=True)
class VolumeMade:
    """A volume as it was written last.

    `stamp` names the build, `sha256` the bytes that were written to `path`; `pristine` says that nobody's edits are
    in them. `taken` are the handed-back files whose words are in it. `pages` is None where nothing laid it out.
    """

    volume: str
    title: str
    path: str
    stamp: str
    sha256: str
    parts: tuple[PartMade, ...]
    pristine: bool = True
    conflicts: int = 0
    taken: tuple[str, ...] = ()
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class HandedBack:
    """A file somebody handed back, kept under the SHA-256 of its bytes until a build takes its words in."""

    volume: str
    stamp: str
    name: str
    path: str
