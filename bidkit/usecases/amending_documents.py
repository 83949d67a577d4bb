"""The documents of a deal's tender in force: its files from storage with everything ordered since carried out."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bidkit.documents.amendment.model import Amendment
from bidkit.ingest.align import match_key
from bidkit.ingest.align.links import links_of
from bidkit.ingest.model import Block, SourceDocument
from bidkit.ingest.package import Package, Refusal, read_package
from bidkit.ingest.read import read_bytes
from bidkit.kernel.deal import Deal
from bidkit.requirements.changes import TenderDiff
from bidkit.requirements.changes.consolidate import consolidate
from bidkit.requirements.changes.instructions import read_instructions
from bidkit.requirements.changes.tender import diff_tenders
from bidkit.store import Store
from bidkit.store.model import BlobRef, DeliveredFile
from bidkit.usecases.watch import NOBODY, Watcher

Links = Mapping[str, Sequence[tuple[str, str]]]
_SHORTEST = 6  # signs a text must have to be told from another by its words alone


@dataclass(frozen=True, slots=True)
class InForce:
    """Documents with where their links lead, what could not be read, and every content that was ever read."""

    documents: tuple[SourceDocument, ...]
    links: Links
    refused: tuple[Refusal, ...]
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What new documents change, and the documents in force after them."""

    diff: TenderDiff
    after: InForce
    replaced: tuple[str, ...]  # names of documents that a new issue takes the place of


def documents_in_force(store: Store, deal: Deal, amendments: Sequence[Amendment], watcher: Watcher = NOBODY) -> InForce:
    """The documents of the deal's latest revision, the orders of its amendments carried out in them.

    A revision that no amendment made is read as it was handed in. The deal must have a tender; raises
    StoreUnavailable where a file is missing in storage.
    """
    with store.read() as work:
        revisions = {revision.number: revision for revision in work.solicitations.all(deal)}
        chain: list[Amendment] = []
        number, by_revision = max(revisions), {one.revision: one for one in amendments}
        while number in by_revision:
            chain.append(by_revision[number])
            number = by_revision[number].base
        delivered = work.solicitations.delivered(revisions[number])
    state = read_stored(store, delivered, watcher)
    for amendment in reversed(chain):
        files = [DeliveredFile(file.name, BlobRef(file.sha256, 0)) for file in amendment.files]
        state = carry_out(state, read_stored(store, files, watcher)).after
    return state


def read_stored(store: Store, files: Sequence[DeliveredFile], watcher: Watcher = NOBODY) -> InForce:
    """The documents of stored files under the names they were handed in with; empty where none can be read."""
    with tempfile.TemporaryDirectory(prefix="bidkit-") as folder:
        tops: dict[str, Path] = {}
        for file in files:
            parts = [part for part in file.name.replace("\\", "/").split("/") if part not in ("", ".", "..")] or [
                "file"
            ]
            path = Path(folder, *parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(store.blobs.get(file.blob.sha256))
            tops[parts[0]] = Path(folder, parts[0])
        return read_linked(list(tops.values()), watcher)


def read_linked(paths: Sequence[Path], watcher: Watcher = NOBODY) -> InForce:
    """The documents at `paths` with their links; tells `watcher` of every file."""
    links: dict[str, Sequence[tuple[str, str]]] = {}

    def read(data: bytes, name: str) -> SourceDocument:
        watcher.step(f"reading {name}")
        links[name] = links_of(data, name)
        return read_bytes(data, name)

    package: Package = read_package(paths, read=read)
    known = frozenset(document.sha256 for document in package.documents)
    return InForce(package.documents, links, package.refused, known)


def carry_out(before: InForce, issued: InForce) -> CarriedOut:
    """What the issued documents change in those before; contents that are known already change nothing.

    What an earlier addendum added and a new issue of the tender holds now is not told twice.
    """
    fresh = [document for document in issued.documents if document.sha256 not in before.known]
    # An order and a new issue that shows it are one change, if the new issue is looked at first.
    fresh.sort(key=lambda document: bool(read_instructions(document)))
    links = ({**before.links}, {**issued.links})
    diff = diff_tenders(before.documents, fresh, *links)
    documents = consolidate(before.documents, fresh, diff)
    if len(diff.kept) < len(before.documents):
        told = "\n".join(match_key(b.text) for d in fresh if d.name not in diff.listed for b in d.blocks)
        mine = {document.sha256 for document in fresh}
        documents = tuple(d if d.sha256 in mine else _without(d, told) for d in documents)
    after = InForce(
        tuple(document for document in documents if any(block.text for block in document.blocks)),
        {**before.links, **issued.links},
        (*before.refused, *issued.refused),
        before.known | issued.known,
    )
    return CarriedOut(diff, after, tuple(d.name for d in before.documents if d.name not in diff.kept))


def _without(document: SourceDocument, told: str) -> SourceDocument:
    """The document without the pieces that stand in `told` as well; their places stay, so that anchors stay true."""
    return replace(document, blocks=tuple(_emptied(block, told) for block in document.blocks))


def _emptied(block: Block, told: str) -> Block:
    key = match_key(block.text)
    if len(key) < _SHORTEST or key not in told or block.place is not None:
        return block
    return replace(block, text="", label="")
