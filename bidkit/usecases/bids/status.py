"""Where each part of a bid stands: as generated, edited, in conflict or outdated; who owes what until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from bidkit.documents.bid.build import whole_bid
from bidkit.documents.bid.model import BidPart, Volume, row_ids
from bidkit.documents.bid.pull import PulledPart, pull
from bidkit.respond.response import NO_RESPONSE, Response, State
from bidkit.store import Store
from bidkit.usecases.bids.build import WHOLE, part_digest
from bidkit.usecases.bids.compose import Composed, compose_bid, compose_proposal
from bidkit.usecases.bids.model import VolumeMade
from bidkit.usecases.bids.rules import bid_rules
from bidkit.usecases.bids.sources import load_sources
from bidkit.usecases.bids.vessels import Shelves, bytes_at, readable, shelves_of
from bidkit.usecases.watch import NOBODY, Watcher
from bidkit.vocabulary.tables import labels


class Standing(StrEnum):
    """How a part stands: not built yet, as generated, edited by people, waiting for a decision, or built from what
    has changed since."""

    NEW = "new"
    GENERATED = "generated"
    EDITED = "edited"
    CONFLICT = "conflict"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class PartStatus:
    """One part: its standings (several may hold at once), its rows by how far they are, who owes them and until when.

    `due_on` is the earliest day of a row that is not approved yet, None where none is set.
    """

    id: str
    title: str
    level: int
    standings: tuple[Standing, ...]
    rows: int = 0
    answered: int = 0
    approved: int = 0
    owners: tuple[str, ...] = ()
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class VolumeStatus:
    """One volume: its file (None where it was never built), whether it lies there, its pages and its parts."""

    id: str
    title: str
    path: Path | None
    there: bool
    pages: int | None
    parts: tuple[PartStatus, ...]


def bid_status(store: Store, code: str, watcher: Watcher = NOBODY) -> tuple[VolumeStatus, ...]:
    """Every volume of the deal's bid as it stands, and the proposal where one was built; changes nothing.

    A bid built as one file is shown as that file. Raises NotFound for an unknown deal, or one with neither tender nor
    proposal.
    """
    with store.read() as work:
        deal = work.deals.get(code)
        has_tender = work.solicitations.latest(deal) is not None
    shelves = shelves_of(store, deal)
    found: list[VolumeStatus] = []
    if bid_rules().proposal.id in shelves.made:
        composed = compose_proposal(load_sources(store, code, watcher, needs_tender=False))
        found += [_status(store, shelves, volume, {}) for volume in composed.volumes]
    if has_tender or not found:
        sources = load_sources(store, code, watcher)
        for volume in _volumes(compose_bid(sources), shelves.made):
            found.append(_status(store, shelves, volume, sources.responses))
    return tuple(found)


def _volumes(composed: Composed, made: Mapping[str, VolumeMade]) -> list[Volume]:
    """The volumes to show: the index as it was built, each volume, and the one file of all where there is one."""
    one = made.get(WHOLE)
    volumes = [] if one and not any(v.id in made for v in composed.volumes) else list(composed.volumes)
    index = made.get(bid_rules().index.id)
    if index:
        parts = tuple(BidPart(part.id, part.revision, part.title) for part in index.parts)
        volumes.insert(0, Volume(index.volume, index.title, "", parts))
    return [*volumes, whole_bid(composed.volumes, one.title)] if one else volumes


def _status(store: Store, shelves: Shelves, volume: Volume, responses: Mapping[str, Response]) -> VolumeStatus:
    made = shelves.made.get(volume.id)
    data = bytes_at(Path(made.path)) if made else None
    now = _read(store, shelves, data, volume.title) if data is not None else {}
    built = {part.id: part.digest for part in made.parts} if made else {}
    computed = volume.template == ""
    parts = []
    for part in volume.parts:
        fresh = computed or built.get(part.id) == part_digest(part)
        standings = _standings(part.id in built, fresh, now.get(part.id))
        parts.append(_part(part, standings, responses))
    path = Path(made.path) if made else None
    return VolumeStatus(volume.id, volume.title, path, data is not None, made.pages if made else None, tuple(parts))


def _read(store: Store, shelves: Shelves, data: bytes, name: str) -> dict[str, PulledPart]:
    vessel = readable(store, shelves, data, name)
    return {part.id: part for part in pull(data, name, vessel.base).parts} if vessel else {}


def _standings(built: bool, fresh: bool, now: PulledPart | None) -> tuple[Standing, ...]:
    if not built:
        return (Standing.NEW,)
    found = []
    if now is not None and _in_conflict(now):
        found.append(Standing.CONFLICT)
    if now is not None and now.changed:
        found.append(Standing.EDITED)
    if not fresh:
        found.append(Standing.OUTDATED)
    return tuple(found) or (Standing.GENERATED,)


def _in_conflict(part: PulledPart) -> bool:
    """Whether one of our own tracked changes still waits for a person."""
    ours = set(labels("bid")["tracked-author"].values())
    return any(change.author in ours for change in part.changes)


def _part(part: BidPart, standings: tuple[Standing, ...], responses: Mapping[str, Response]) -> PartStatus:
    found = [responses.get(row, NO_RESPONSE) for row in row_ids(part)]
    open_ones = [response for response in found if response.state is not State.APPROVED]
    days = [response.due_on for response in open_ones if response.due_on]
    return PartStatus(
        part.id,
        part.title,
        part.level,
        standings,
        len(found),
        sum(response.answered for response in found),
        len(found) - len(open_ones),
        tuple(sorted({response.owner for response in open_ones if response.owner})),
        min(days, default=None),
    )
