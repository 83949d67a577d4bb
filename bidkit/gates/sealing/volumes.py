"""Looking through the volumes of a bid: which kind they are, their living text, their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.model import Situation, Volume, VolumeKind
from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.kernel.anchor import Anchor

_SENTENCE = re.compile(r"[^。；;！？!?\n|]+(?:[.](?=\d)[^。；;！？!?\n|]*)*")
_DEAD = frozenset({BlockKind.COMMENT, BlockKind.FURNITURE})
_TITLE_BLOCKS = 12
# The order in which a name is tried: a price form inside a commercial volume's name is rarer than the reverse.
_KINDS = (VolumeKind.PRICE, VolumeKind.TECHNICAL, VolumeKind.QUALIFICATION, VolumeKind.COMMERCIAL)


def volume_kind(name: str, document: SourceDocument | None) -> VolumeKind:
    """The kind a file's name tells, else its first headings; WHOLE where they tell none or more than one."""
    front = document.blocks[:_TITLE_BLOCKS] if document else ()
    titles = " ".join(block.text for block in front if len(block.text) <= _TITLE_BLOCKS * 2)
    for text in (name.rsplit(".", 1)[0], titles):
        found = [kind for kind in _KINDS if cue(f"volume_{kind.value}").search(text)]
        if len(found) == 1:
            return found[0]
    return VolumeKind.WHOLE


def readable(situation: Situation) -> Iterator[tuple[Volume, SourceDocument]]:
    """The volumes that could be read."""
    for volume in situation.volumes:
        if volume.document is not None:
            yield volume, volume.document


def living(document: SourceDocument) -> Iterator[Block]:
    """The blocks that are the bid's text: no comments, headers and footers."""
    return (block for block in document.blocks if block.kind not in _DEAD)


def sentences(block: Block) -> Iterator[tuple[str, int]]:
    """(sentence, offset) of the block."""
    for match in _SENTENCE.finditer(block.text):
        if match[0].strip():
            yield match[0], match.start()


def at(block: Block, start: int, end: int) -> Anchor:
    """The place of a piece of the block."""
    return replace(block.anchor, start=start, end=end)


def quoted(text: str, most: int = 60) -> str:
    """`text` in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def hindrance(situation: Situation) -> str:
    """Why the text of the bid cannot be judged as a whole: no volume, or one that could not be read; "" = it can."""
    if not situation.volumes:
        return "no-bid"
    return "unread-volume" if any(volume.document is None for volume in situation.volumes) else ""
