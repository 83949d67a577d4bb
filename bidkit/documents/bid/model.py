"""What a bid is made of before it is a Word file: volumes of parts, parts of blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bidkit.kernel.errors import UsageError

# The id must survive as a bookmark's name (40 characters, no signs) and in a control's tag (64 characters).
_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_ID_LIMIT = 32


class TextStyle(StrEnum):
    """What a paragraph is; its looks are the template's style of the same duty."""

    BODY = "body"
    BULLET = "bullet"
    NUMBERED = "numbered"
    QUOTE = "quote"  # words of the tender
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs of running text; a line feed inside one of them is a line break."""

    text: str
    style: TextStyle = TextStyle.BODY


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a part, `level` 2 to 4."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class SeeAlso:
    """A sentence with one `{ref}` that shows the number, title and page of another part."""

    text: str
    part: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; `widths` are shares of the line, equal where empty."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG picture with a caption; `width_mm` None means as wide as its pixels at 96 to the inch allow."""

    data: bytes
    caption: str = ""
    width_mm: float | None = None


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One requirement and its answer; `id` and `revision` are the requirement row's. `proof` is the id of the part
    that proves it: its page is printed."""

    id: str
    revision: int
    number: str
    requirement: str
    response: str
    compliance: str = ""
    evidence: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Responses:
    """A point-by-point response table."""

    rows: tuple[ResponseRow, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One line of an index or self-check table: what is asked, how it stands, and the part whose page is printed.

    `part` "" prints no page: what is not in this volume has no page here.
    """

    item: str
    clause: str = ""
    verdict: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """An index table (`kind` "index"), or a self-check table ("check")."""

    rows: tuple[IndexRow, ...]
    kind: str = "index"
    caption: str = ""


@dataclass(frozen=True, slots=True)
class HouseForm:
    """One of the house forms (`bid-letter` or `bid-authorisation`), filled from the facts."""

    name: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Blocks of another Word file (a buyer's form, a data sheet), kept with their styles, numbers and pictures."""

    docx: bytes


BidBlock = Text | Subheading | SeeAlso | Table | Picture | Responses | Index | HouseForm | Contents


@dataclass(frozen=True, slots=True)
class BidPart:
    """One section of a bid: its heading (none where `title` is ""), and what stands under it.

    `id` stays the same for the life of the bid, `revision` grows with each change of what it was made from.
    `level` is the heading's; `new_page` starts it on a page of its own.
    """

    id: str
    revision: int
    title: str
    blocks: tuple[BidBlock, ...] = ()
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Volume:
    """One file of the bid; `template` is the name of a house template such as `bid-technical`."""

    id: str
    title: str
    template: str
    parts: tuple[BidPart, ...]


def check_ids(volume: Volume) -> None:
    """Raises UsageError for an id that cannot be written into Word or that two parts or rows share."""
    seen: set[str] = set()
    for part_id in (i for part in volume.parts for i in (part.id, *row_ids(part))):
        if not _ID.fullmatch(part_id) or len(part_id) > _ID_LIMIT:
            raise UsageError(
                f"id {part_id[:40]!r} is not letters and digits joined by hyphens, at most {_ID_LIMIT}",
                where=volume.id,
                next_step="give the part another id",
            )
        if part_id in seen:
            raise UsageError(f"id {part_id!r} stands twice", where=volume.id, next_step="give one of them another id")
        seen.add(part_id)


def row_ids(part: BidPart) -> tuple[str, ...]:
    """The ids of the response rows of a part, in order."""
    return tuple(row.id for block in part.blocks if isinstance(block, Responses) for row in block.rows)
