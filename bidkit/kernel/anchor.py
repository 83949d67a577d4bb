"""Where in which file a piece of text stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a PDF page in points, origin at the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place of a text: the file by its content, the block in reading order, and the span inside that block.

    `page` counts from 1 as a viewer does and is None for files without pages (docx, md, xlsx, html).
    `block` is the index of the block in `SourceDocument.blocks`; `start` and `end` are character offsets into
    that block's `text` (end exclusive). `path` holds the headings above, outermost first. `box` is the block's
    rectangle on its page, where the reader knows it.
    """

    file_sha256: str
    file_name: str
    block: int
    page: int | None = None
    start: int = 0
    end: int | None = None
    path: tuple[str, ...] = ()
    box: Box | None = None
