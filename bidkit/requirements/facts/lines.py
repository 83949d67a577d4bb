"""Documents as lines with their place: zone, headings above, cell neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bidkit.ingest.model import Block, BlockKind, Cell, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.language import Language
from bidkit.requirements.facts.cues import zones_of

_SKIPPED = frozenset({BlockKind.TOC_LINE, BlockKind.COMMENT})
_NUMBER = re.compile(
    r"^(?:[\W_]*(?:第[一二三四五六七八九十\d]+[章节部分卷册篇条]+|[（(]?[一二三四五六七八九十]+[)）、.．]|[（(]?\d+(?:[.．]\d+)*[)）、.．]?"
    r"|[A-Z]\.|(?:section|chapter|part|article|sec\.)\s*[\dA-Z]+))",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"\.{5,}|…{2,}|\t\d+$")
_NO_CHAPTER = re.compile(r"见|按照|，|(?<!供)(?<!响)应|规定的|要求的|[：:]$")
_CLAUSE_NUMBER = re.compile(r"^[（(]?\d")
_COVER_RANK, _FURNITURE_RANK = 70, 20
_CONTENTS_GAP, _CONTENTS_ZONES = 2, 3


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a block; `start` and `end` are its offsets there.

    `zone` and `rank` say in which part of the tender it stands and how much that part's word counts; `under` holds
    the last headings above, nearest last. `cell` is the index of its cell in a table row, None outside tables.
    """

    text: str
    block: Block
    start: int
    end: int
    zone: str
    rank: int
    under: tuple[str, ...]
    cell: int | None = None

    def anchor(self, start: int | None = None, end: int | None = None) -> Anchor:
        """The anchor of this line, or of a span given in offsets of the line's text."""
        first = self.start + (start or 0)
        last = self.end if end is None else min(self.end, self.start + end)
        return replace(self.block.anchor, start=first, end=max(first, last))


def lines_of(document: SourceDocument, language: Language) -> tuple[Line, ...]:
    """The lines of a document in reading order without table of contents and comments."""
    return tuple(_lines(document.blocks, language))


def _lines(blocks: Sequence[Block], language: Language) -> Iterator[Line]:
    openings = _openings(blocks, language)
    zone, rank = "cover", _COVER_RANK
    under: tuple[str, ...] = ()
    for index, block in enumerate(blocks):
        if block.kind in _SKIPPED or _LEADERS.search(block.text):
            continue
        if block.kind is BlockKind.FURNITURE:
            yield from _pieces(block, "furniture", _FURNITURE_RANK, ())
            continue
        zone, rank = openings.get(index, (zone, rank))
        yield from _pieces(block, zone, rank, under)
        heading = _heading_text(block)
        if heading and _is_section(block, heading):
            under = (*under[-1:], heading)


def _openings(blocks: Sequence[Block], language: Language) -> dict[int, tuple[str, int]]:
    """Block index -> the zone its heading opens; lists of headings (a table of contents) open none."""
    found: dict[int, tuple[str, int]] = {}
    ordinal: dict[int, int] = {}
    for index, block in enumerate(blocks):
        if block.kind in _SKIPPED or block.kind is BlockKind.FURNITURE or _LEADERS.search(block.text):
            continue
        ordinal[index] = len(ordinal)
        heading = _heading_text(block)
        zone = _zone_of(heading, language, block) if heading else None
        if zone:
            found[index] = zone
    cluster: list[int] = []
    ordinal[len(blocks)] = len(blocks) + _CONTENTS_GAP
    for index in [*sorted(found), len(blocks)]:
        if cluster and ordinal[index] - ordinal[cluster[-1]] > _CONTENTS_GAP:
            if len({found[i][0] for i in cluster}) >= _CONTENTS_ZONES:
                for i in cluster:
                    del found[i]
            cluster = []
        cluster.append(index)
    return found


def _heading_text(block: Block) -> str:
    """The text of a block that may open a zone: a heading, or a short line or one-celled row without a full stop."""
    text = re.sub(r"[*#\s]+", " ", block.text).strip()
    if block.kind is BlockKind.TABLE_ROW:
        cells = [cell.text for cell in block.cells if cell.text.strip()]
        text = cells[0].strip() if len(cells) == 1 else ""
    if not text or len(text) > (110 if block.kind is BlockKind.HEADING else 60) or re.search(r"[。；;]$", text):
        return ""
    return f"{block.label}{text}" if block.label and block.kind is BlockKind.HEADING else text


def _is_section(block: Block, heading: str) -> bool:
    return block.kind is BlockKind.HEADING or bool(_NUMBER.match(heading)) or len(heading) < 24


def _zone_of(heading: str, language: Language, block: Block) -> tuple[str, int] | None:
    bare = _NUMBER.sub("", heading, count=1) if not heading.startswith("第") else heading
    if language is Language.ZH:
        heading, bare = re.sub(r"\s+", "", heading), re.sub(r"\s+", "", bare)
        if _NO_CHAPTER.search(heading) or (block.kind is not BlockKind.HEADING and _CLAUSE_NUMBER.match(heading)):
            return None
    for zone in zones_of(language):
        if zone.pattern.search(bare) or zone.pattern.search(heading):
            return zone.name, zone.rank
    return None


def _pieces(block: Block, zone: str, rank: int, under: tuple[str, ...]) -> Iterator[Line]:
    if block.kind is not BlockKind.TABLE_ROW or not block.cells:
        yield from _split(block.text, 0, block, zone, rank, under, None)
        return
    cursor = 0
    for index, cell in enumerate(block.cells):
        text = cell_text(cell)
        at = block.text.find(text, cursor) if text and not cell.continued else -1
        if at >= 0:
            cursor = at + len(text)
            yield from _split(text, at, block, zone, rank, under, index)


def cell_text(cell: Cell) -> str:
    """The text of a cell as it stands in its block's text."""
    return cell.text


def _split(
    text: str, at: int, block: Block, zone: str, rank: int, under: tuple[str, ...], cell: int | None
) -> Iterator[Line]:
    start = 0
    for part in text.split("\n"):
        stripped = part.strip()
        if stripped:
            lead = len(part) - len(part.lstrip())
            first = at + start + lead
            yield Line(stripped, block, first, first + len(stripped), zone, rank, under, cell)
        start += len(part) + 1
