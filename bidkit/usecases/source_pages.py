"""The page of the tender a row stands on: as a picture where the file has pages, else as the text around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bidkit.documents.page_picture import page_picture
from bidkit.ingest.archive import Member, members
from bidkit.ingest.model import SourceDocument
from bidkit.ingest.package import LIMITS
from bidkit.ingest.read import read_bytes
from bidkit.kernel.anchor import Anchor, Box
from bidkit.kernel.errors import NotFound
from bidkit.kernel.identity import sha256_of
from bidkit.store import Store
from bidkit.usecases.amending_log import amendments_of
from bidkit.usecases.delivered import delivered_files

_ARCHIVE = ".zip"
_DEEPEST = 3


def source_bytes(store: Store, code: str, sha256: str) -> bytes:
    """The file of the deal's tender with this content, also one inside an archive or of an addendum.

    Raises NotFound for a file that is none of the deal's, so that nobody fetches another deal's file by its digest.
    """
    with store.read() as work:
        deal = work.deals.get(code)
        issued = [file for amendment in amendments_of(work, deal) for file in amendment.files]
    delivered = [(file.name, file.blob.sha256) for file in delivered_files(store, deal)]
    known = delivered + [(file.name, file.sha256) for file in issued]
    if sha256 in {digest for _, digest in known}:
        return store.blobs.get(sha256)
    for name, digest in known:
        if name.lower().endswith(_ARCHIVE):
            for data in _inside(store.blobs.get(digest), name, _DEEPEST):
                if sha256_of(data) == sha256:
                    return data
    raise NotFound("the tender has no such file", where=code, next_step="look at the files of the tender")


def source_picture(store: Store, code: str, sha256: str, page: int, boxes: Sequence[Box] = ()) -> bytes:
    """The page as PNG with these places marked; raises as `source_bytes` and `page_picture`."""
    return page_picture(source_bytes(store, code, sha256), code, page, boxes)


def source_document(store: Store, code: str, anchor: Anchor) -> SourceDocument:
    """The file an anchor points into, read again; raises as `source_bytes` and `read_bytes`."""
    return read_bytes(source_bytes(store, code, anchor.file_sha256), anchor.file_name)


def _inside(data: bytes, name: str, depth: int) -> Iterator[bytes]:
    for member in members(data, name, LIMITS):
        if not isinstance(member, Member):
            continue
        yield member.data
        if depth > 1 and member.path.lower().endswith(_ARCHIVE):
            yield from _inside(member.data, member.path, depth - 1)
