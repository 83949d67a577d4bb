"""Building the files of a bid: people's edits first, then the volumes, then their words merged into them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from bidkit.documents.bid.build import Built, build_volume, whole_bid
from bidkit.documents.bid.model import BidPart, Contents, Volume, row_ids
from bidkit.documents.bid.pages import PageMap, Settled, settle
from bidkit.documents.office import Office, office
from bidkit.kernel.errors import Conflict, UnreadableFile
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import sha256_of
from bidkit.store import Store
from bidkit.usecases.bids.compose import Composed, compose_bid, compose_proposal, without_price
from bidkit.usecases.bids.gate import open_gate
from bidkit.usecases.bids.index import index_volume
from bidkit.usecases.bids.model import BidBase, PartMade, VolumeMade
from bidkit.usecases.bids.rules import bid_rules
from bidkit.usecases.bids.sources import Sources, load_sources
from bidkit.usecases.bids.take_in import take_in_bid
from bidkit.usecases.bids.vessels import (
    Shelves,
    Vessel,
    bytes_at,
    carry,
    keep_copy,
    readable,
    shelves_of,
)
from bidkit.usecases.kinds import BID_BASES, BID_VOLUMES
from bidkit.usecases.outfile import write_whole
from bidkit.usecases.watch import NOBODY, Watcher

OpenOffice = Callable[[], AbstractContextManager[Office | None]]
_TRIES = 5
_PRICE = "price"
WHOLE = "whole"
"""The id of the volume that holds all others, as `whole_bid` names it."""


@dataclass(frozen=True, slots=True)
class BuiltVolume:
    """One file of the bid: how many pages (None where nothing laid it out), and how many places need a decision."""

    volume: str
    title: str
    path: Path
    pages: int | None
    conflicts: int
    parts: int
    edited: bool


@dataclass(frozen=True, slots=True)
class BuiltBid:
    """The files written, how many answers people's edits changed before, and what a person should know."""

    volumes: tuple[BuiltVolume, ...]
    taken_in: int
    findings: tuple[Finding, ...]


def build_bid(
    store: Store,
    *,
    code: str,
    folder: Path,
    actor: str,
    proposal: bool = False,
    whole: bool = False,
    override: str = "",
    watcher: Watcher = NOBODY,
    open_office: OpenOffice = office,
) -> BuiltBid:
    """The bid's volumes, or the one file of the `proposal`, as Word files in `folder`; `whole` puts all into one file.

    What people did in the files that lie there, and in files handed back, is taken in first and carried over; a file
    that has no place is kept as a copy. Running it twice, or again after it was broken off anywhere, gives the same
    files: what each of them began as is stored under its stamp before it is written. Raises GateClosed while the
    gate is shut (`override` is the reason to go on all the same), NotFound for a bid without tender.
    """
    open_gate(store, code=code, proposal=proposal, actor=actor, override=override)
    folder.mkdir(parents=True, exist_ok=True)
    builder = _Builder(store, code, folder, actor, watcher)
    builder.take_in_folder()
    sources = load_sources(store, code, watcher, needs_tender=not proposal)
    composed = compose_proposal(sources) if proposal else compose_bid(sources)
    with open_office() as program:
        return builder.build(sources, composed, program, whole=whole and not proposal)


class _Builder:
    def __init__(self, store: Store, code: str, folder: Path, actor: str, watcher: Watcher) -> None:
        self._store, self._code, self._folder, self._actor, self._watcher = store, code, folder, actor, watcher
        with store.read() as work:
            self._deal = work.deals.get(code)
        self._shelves: Shelves = shelves_of(store, self._deal)
        self._taken = 0
        self._findings: list[Finding] = []

    def take_in_folder(self) -> None:
        """Takes the answers typed into every file of ours in the folder, and into files handed back, into the store."""
        for path in sorted(self._folder.glob("*.docx")):
            data = bytes_at(path)
            vessel = readable(self._store, self._shelves, data, path.name) if data is not None else None
            if vessel is not None and not self._untouched(vessel):
                self._take_in(vessel)

    def build(self, sources: Sources, composed: Composed, program: Office | None, *, whole: bool) -> BuiltBid:
        self._findings += composed.findings
        volumes = composed.volumes
        done: list[BuiltVolume] = []
        pages: dict[str, dict[str, int]] = {}
        if whole:
            index = index_volume(composed, sources, None)
            one = whole_bid((index, *volumes) if index else volumes, sources.deal.name)
            done.append(self._one(one, composed, program)[0])
        else:
            for volume in volumes:
                built, found = self._one(volume, composed, program)
                done.append(built)
                pages[volume.id] = found.parts()
            index = index_volume(composed, sources, pages) if not self._is_proposal(composed) else None
            if index is not None:
                done.insert(0, self._one(index, composed, program)[0])
        return BuiltBid(tuple(done), self._taken, tuple(dict.fromkeys(self._findings)))

    def _is_proposal(self, composed: Composed) -> bool:
        return [volume.id for volume in composed.volumes] == [bid_rules().proposal.id]

    def _one(self, volume: Volume, composed: Composed, program: Office | None) -> tuple[BuiltVolume, PageMap]:
        self._watcher.step(f"building {volume.title}")
        before = self._shelves.made.get(volume.id)
        volume, parts = _revised(volume, before)
        language = self._deal.language
        facts = without_price(composed.facts) if composed.apart and volume.id != _PRICE else composed.facts
        titles = dict(composed.titles)
        titles |= {row: titles.get(part.id, part.title) for part in volume.parts for row in row_ids(part)}
        built = build_volume(volume, facts, language, elsewhere=titles)
        self._remember(volume.id, built)
        path = self._folder / f"{volume.title}.docx"
        for _ in range(_TRIES):
            theirs = bytes_at(path)
            vessels, taken = self._vessels(volume.id, path, theirs)
            carried = carry(built, vessels, when=self._store.clock.now(), language=language)
            self._watcher.step(f"laying out {volume.title}")
            settled = self._settled(carried.docx, volume.title, program)
            # Somebody may have saved the file while we built ours.
            if bytes_at(path) != theirs:
                continue
            if settled.docx != theirs:
                write_whole(path, settled.docx)
            self._findings += [*carried.findings, *settled.pages.findings]
            made = VolumeMade(
                volume.id,
                volume.title,
                str(path.resolve()),
                built.digest,
                sha256_of(settled.docx),
                parts,
                carried.pristine,
                carried.conflicts,
                taken,
                settled.pages.total,
            )
            self._store_made(made)
            shown = BuiltVolume(
                volume.id,
                volume.title,
                path,
                settled.pages.total,
                carried.conflicts,
                len(volume.parts),
                not carried.pristine,
            )
            return shown, settled.pages
        raise Conflict("the file keeps changing", where=str(path), next_step="close it in other programs and try again")

    def _settled(self, docx: bytes, name: str, program: Office | None) -> Settled:
        try:
            return settle(docx, name, program)
        except UnreadableFile as error:
            self._findings.append(Finding("bid-pages-failed", Severity.WARN, (("name", name), ("why", error.what))))
            return settle(docx, name, None)

    def _vessels(self, volume: str, path: Path, theirs: bytes | None) -> tuple[tuple[Vessel, ...], tuple[str, ...]]:
        """The files whose words this volume carries, the folder's own last; and the handed-back ones among them."""
        made = self._shelves.made.get(volume)
        taken = list(made.taken) if made else []
        vessels = []
        for sha256, back in self._shelves.handed_back.items():
            if back.volume != volume or sha256 in taken:
                continue
            taken.append(sha256)
            # The file in the folder is the same one, later; its bytes of then would only contradict it.
            if theirs is not None and back.path == str(path.resolve()):
                continue
            vessel = readable(self._store, self._shelves, self._store.blobs.get(sha256), back.name)
            vessels += [vessel] if vessel else []
        if theirs is None:
            return tuple(vessels), tuple(taken)
        own = readable(self._store, self._shelves, theirs, path.name)
        if own is None or own.volume != volume:
            self._findings.append(keep_copy(path, theirs)[1])
        elif not self._untouched(own):
            vessels.append(own)
        return tuple(vessels), tuple(taken)

    def _untouched(self, vessel: Vessel) -> bool:
        """Whether the file is as we wrote it, with nobody's words in it."""
        made = self._shelves.made.get(vessel.volume)
        return made is not None and made.pristine and made.sha256 == sha256_of(vessel.data)

    def _take_in(self, vessel: Vessel) -> None:
        taken = take_in_bid(self._store, self._code, vessel.data, vessel.name, vessel.base, self._actor)
        self._taken += taken.changed
        self._findings += taken.findings

    def _remember(self, volume: str, built: Built) -> None:
        """Keeps what every copy of this build begins as, before any of them is written; the stamp is the key."""
        blob = self._store.blobs.put(built.docx)
        with self._store.begin(self._actor) as work:
            shelf = work.of_deal(work.deals.lock(self._code), BID_BASES)
            if shelf.find(built.digest) is None:
                shelf.put(built.digest, BidBase(volume, blob.sha256))
        self._shelves = replace(
            self._shelves, bases={built.digest: BidBase(volume, blob.sha256), **self._shelves.bases}
        )

    def _store_made(self, made: VolumeMade) -> None:
        with self._store.begin(self._actor) as work:
            shelf = work.of_deal(work.deals.lock(self._code), BID_VOLUMES)
            before = shelf.find(made.volume)
            shelf.put(made.volume, made, before.version if before else 0)


def _revised(volume: Volume, before: VolumeMade | None) -> tuple[Volume, tuple[PartMade, ...]]:
    """The volume with each part's revision: one more than last time where what it is made from changed."""
    last = {part.id: part for part in before.parts} if before else {}
    parts, made = [], []
    for part in volume.parts:
        digest, old = part_digest(part), last.get(part.id)
        revision = 1 if old is None else old.revision if old.digest == digest else old.revision + 1
        parts.append(replace(part, revision=revision))
        made.append(PartMade(part.id, part.title, revision, digest))
    return replace(volume, parts=tuple(parts)), tuple(made)


def part_digest(part: BidPart) -> str:
    """The digest of everything a part is made from: not its revision, nor how deep it stands."""
    shown = [sha256_of(b.docx) if isinstance(b, Contents) else repr(b) for b in part.blocks]
    return sha256_of("\x1f".join((part.title, *shown)).encode())[:16]
