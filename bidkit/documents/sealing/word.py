"""A copy of a volume with every fault as a Word comment where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bidkit.documents.bid.marks import Marker
from bidkit.documents.bid.package import Package
from bidkit.documents.buyer_forms.locate import blocks_of_body
from bidkit.documents.sealing.model import FaultLine
from bidkit.documents.sealing.places import paragraphs_by_block
from bidkit.documents.sealing.wording import say
from bidkit.ingest.model import SourceDocument
from bidkit.kernel.language import Language


def commented(
    docx: bytes, document: SourceDocument, faults: Sequence[FaultLine], language: Language, when: datetime
) -> bytes:
    """The Word file with one comment a fault, at its block; a fault without a place in it stands at the top.

    `document` is the file as read. Comments and tracked changes of others stay. Raises UnreadableFile for what is no
    Word file.
    """
    package = Package.open(docx, document.name)
    marker = Marker(package, say("comment.author", language), when)
    places = paragraphs_by_block(package, document)
    top = next(iter(blocks_of_body(package)), None)
    for fault in faults:
        block = places.get(fault.anchor.block) if fault.anchor else None
        target = top if block is None else block
        if target is not None:
            marker.comment(target, f"[{fault.severity}] {fault.title}: {fault.reason}  {fault.fix} ({fault.id})")
    return package.save()
