"""What the database knows of stored files, and file names it can hold."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from bidkit.store.model import BlobRef
from bidkit.store.schema import blob


def know_blobs(connection: Connection, refs: Mapping[str, BlobRef]) -> None:
    """Insert the blobs the database does not know; another writer may insert the same ones at the same moment."""
    for attempt in range(3):
        known = set(connection.execute(select(blob.c.sha256).where(blob.c.sha256.in_(list(refs)))).scalars())
        rows = [
            {"sha256": ref.sha256, "size": ref.size, "media_type": ref.media_type}
            for sha256, ref in sorted(refs.items())
            if sha256 not in known
        ]
        if not rows:
            return
        try:
            with connection.begin_nested():
                connection.execute(insert(blob), rows)
        except IntegrityError:
            if attempt == 2:
                raise
        else:
            return


def printable(name: str) -> str:
    """`name` as far as Unicode can say it."""
    return name.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
