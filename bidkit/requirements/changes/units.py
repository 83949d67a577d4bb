"""The pieces of a tender that are compared: sentences, list items, table rows, lines of long cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bidkit.ingest.align import Passage, match_key
from bidkit.ingest.model import Block, BlockKind, Cell, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.language import Language, language_of
from bidkit.requirements.numbering import SURE_MARKS, read_lead
from bidkit.requirements.sentences import sentences

_LEFT_OUT = frozenset({BlockKind.TOC_LINE, BlockKind.FURNITURE, BlockKind.COMMENT})
_LONG_CELL = 100


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece with its place: `text` as printed, `passage` as compared (without its number)."""

    text: str
    passage: Passage
    anchor: Anchor
    block: int
    heading: bool = False

    @property
    def key(self) -> str:
        """What two prints of the piece have in common."""
        return match_key(self.passage.text)


def units_of(document: SourceDocument) -> list[Unit]:
    """The document's pieces in reading order, without contents lines, running headers and reviewers' notes."""
    language = language_of("".join(block.text for block in document.blocks[:4000]))
    out: list[Unit] = []
    counted: dict[int, int] = {}
    for block in document.blocks:
        if block.kind in _LEFT_OUT or not block.text.strip(" |\n"):
            continue
        if block.kind is BlockKind.TABLE_ROW:
            out += _row(block, language, counts=_counts(block, counted))
        else:
            out += _paragraph(block, language)
    return out


def _counts(block: Block, counted: dict[int, int]) -> bool:
    """Whether the first cell only counts the rows of its table: it is no value that could change."""
    own = [cell for cell in block.cells if not cell.continued]
    if block.place is None or len(own) < 2 or own[0].column or not own[0].text.strip().isdecimal():
        return False
    number, before = int(own[0].text), counted.get(block.place.table, 0)
    counted[block.place.table] = number
    return number in (1, before + 1)


def _paragraph(block: Block, language: Language) -> Iterator[Unit]:
    parts = sentences(block.text, language)
    for place, (start, end) in enumerate(parts):
        yield _unit(block, block.text[start:end], start, end, block.label if place == 0 else "")


def _row(block: Block, language: Language, *, counts: bool) -> Iterator[Unit]:
    """One piece for the short cells together, then one for each sentence of the long ones."""
    own = [cell for cell in block.cells if not cell.continued]
    long = [cell for cell in own if len(cell.text) > _LONG_CELL]
    short = [cell for cell in own if cell not in long]
    if not own or not long:
        yield _counted(_unit(block, block.text, 0, len(block.text), ""), counts=counts)
        return
    head = " | ".join(cell.text for cell in short)
    if head.strip(" |"):
        yield _counted(_unit(block, head, 0, len(block.text), ""), counts=counts)
    for cell in long:
        offset = _offset(block, cell)
        for start, end, label in _cell_parts(cell, language):
            yield _unit(block, cell.text[start:end], offset + start, offset + end, label)


def _counted(unit: Unit, *, counts: bool) -> Unit:
    """The row without the number that counts it, where what is left says anything."""
    number, _, rest = unit.text.partition(" | ")
    if not counts or not rest.strip(" |"):
        return unit
    return replace(unit, passage=Passage(rest, number.strip()))


def _cell_parts(cell: Cell, language: Language) -> Iterator[tuple[int, int, str]]:
    at = 0
    for line in cell.lines:
        for place, (start, end) in enumerate(sentences(line.text, language)):
            yield at + start, at + end, line.label if place == 0 else ""
        at += len(line.text) + 1


def _offset(block: Block, cell: Cell) -> int:
    at = 0
    for other in block.cells:
        if other is cell:
            return at
        if not other.continued:
            at += len(other.text) + 3
    return at


def _unit(block: Block, text: str, start: int, end: int, label: str) -> Unit:
    lead = read_lead(text, label)
    body = text[lead.end :] or text
    marked = lead.mark in SURE_MARKS if lead.mark else False
    if (lead.mark and body != text) or (marked and lead.mark in label):
        body = lead.mark + body
    shown = f"{label} {text}" if marked and lead.mark in label else text
    number = match_key(lead.label).strip(".．、") if lead.shape != "bullet" else ""
    anchor = replace(block.anchor, start=start, end=end)
    return Unit(shown, Passage(body, number), anchor, block.anchor.block, block.kind is BlockKind.HEADING)


def joined(units: Sequence[Unit]) -> str:
    """The texts of neighbouring units as one text: sentences of one block run on, others are lines."""
    out = ""
    last: Unit | None = None
    for unit in units:
        gap = "" if last is None else "\n"
        if last is not None and last.block == unit.block and last.anchor.end is not None:
            gap = " " * min(1, max(0, unit.anchor.start - last.anchor.end))
        out += gap + unit.text
        last = unit
    return out
