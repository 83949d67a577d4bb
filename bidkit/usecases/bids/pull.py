"""A file of the bid that somebody handed back: its answers go into the store, its words wait for the next build."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bidkit.documents.bid.pull import pull
from bidkit.documents.bid.stamp import build_of
from bidkit.kernel.errors import Conflict, UsageError
from bidkit.kernel.finding import Finding
from bidkit.store import Store
from bidkit.usecases.bids.model import HandedBack
from bidkit.usecases.bids.take_in import take_in_bid
from bidkit.usecases.bids.vessels import bytes_at, shelves_of, vessel_of
from bidkit.usecases.kinds import BID_HANDED_BACK


@dataclass(frozen=True, slots=True)
class PulledBid:
    """What a file holds: its volume, how many answers it changed, the parts people edited, and how many tracked changes
    and comments stand in it by author."""

    volume: str
    changed: int
    edited: tuple[str, ...]
    changes: Counter[str]
    comments: Counter[str]
    findings: tuple[Finding, ...] = ()


def pull_bid(store: Store, *, code: str, path: Path, actor: str) -> PulledBid:
    """What people did in the file at `path`, whatever its name: it is known by its stamp.

    Answers and deviation entries are stored at once; everything else stays in the file, of which a copy is kept until
    the next build carries its words over. Running it twice changes nothing: the copy is known by its bytes. Raises
    UsageError for a missing file, UnreadableFile for no Word file, Conflict for a file not built for this deal.
    """
    data = bytes_at(path)
    if data is None:
        raise UsageError("there is no such file", where=str(path), next_step="check the path")
    with store.read() as work:
        deal = work.deals.get(code)
    shelves = shelves_of(store, deal)
    vessel, stamp = vessel_of(store, shelves, data, path.name), build_of(data, path.name)
    if vessel is None or stamp is None:
        raise Conflict(
            f"this file was not built for {code}",
            where=str(path),
            next_step=f"hand back a file made by: bidkit bid build {code} -o FOLDER",
        )
    pulled = pull(data, path.name, vessel.base)
    taken = take_in_bid(store, code, data, path.name, vessel.base, actor)
    if taken.edited or pulled.loose:
        blob = store.blobs.put(data)
        with store.begin(actor) as work:
            shelf = work.of_deal(work.deals.lock(code), BID_HANDED_BACK)
            if shelf.find(blob.sha256) is None:
                shelf.put(blob.sha256, HandedBack(vessel.volume, stamp, path.name, str(path.resolve())))
    held = (*pulled.parts, *pulled.loose)
    changes = Counter(change.author for part in held for change in part.changes)
    comments = Counter(comment.author for part in held for comment in part.comments)
    return PulledBid(vessel.volume, taken.changed, taken.edited, changes, comments, taken.findings)
