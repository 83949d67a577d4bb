"""The files of a deal's tender out of storage again, read as they were when they came in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bidkit.ingest.package import Package
from bidkit.kernel.deal import Deal
from bidkit.store import Store
from bidkit.store.model import DeliveredFile
from bidkit.usecases.parse import read_files
from bidkit.usecases.watch import NOBODY, Watcher


def delivered_files(store: Store, deal: Deal) -> tuple[DeliveredFile, ...]:
    """The files of the tender in force as they were handed in; empty where there is no tender."""
    with store.read() as work:
        latest = work.solicitations.latest(deal)
        return work.solicitations.delivered(latest) if latest else ()


def read_delivered(store: Store, deal: Deal, watcher: Watcher = NOBODY) -> Package:
    """The documents of the tender in force, read from storage.

    Raises StoreUnavailable where a file is missing in storage, as `read_files` where none can be read.
    """
    with tempfile.TemporaryDirectory(prefix="bidkit-") as folder:
        paths = []
        for number, file in enumerate(delivered_files(store, deal)):
            # Names come from outside: only the last part is used, in a folder of its own against doubles.
            place = Path(folder, str(number))
            place.mkdir()
            path = place / (Path(file.name.replace("\\", "/")).name or "file")
            path.write_bytes(store.blobs.get(file.blob.sha256))
            paths.append(path)
        return read_files(paths, watcher)


def delivered_bytes(store: Store, deal: Deal, sha256: str) -> bytes | None:
    """The delivered file with this content; None where the document lay inside an archive."""
    known = {file.blob.sha256 for file in delivered_files(store, deal)}
    return store.blobs.get(sha256) if sha256 in known else None
