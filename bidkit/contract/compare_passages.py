"""A contract version as passages to align: clauses without their numbers, margins once, contents left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bidkit.contract.changes import Place
from bidkit.ingest.align import Passage, match_key
from bidkit.ingest.model import Block, BlockKind, Line, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.requirements.numbering import read_lead

_PLACES = {
    BlockKind.TABLE_ROW: Place.TABLE,
    BlockKind.FURNITURE: Place.MARGIN,
    BlockKind.FOOTNOTE: Place.NOTE,
    BlockKind.COMMENT: Place.COMMENT,
}
_DIGITS = re.compile(r"\d+")
_PAGE = re.compile(
    r"\bpage\s*\d+(?:\s*(?:of|/)\s*\d+)?|第\s*\d+\s*页|共\s*\d+\s*页|[-–—]\s*\d+\s*[-–—]|^\d+$|^\d+\s*/\s*\d+$",
    re.IGNORECASE,
)
_NO_LETTER = re.compile(r"[\W\d_]*")


@dataclass(frozen=True, slots=True)
class Clause:
    """One passage with where it stands; `text` is as a reader sees it, number included."""

    passage: Passage
    text: str
    number: str
    place: Place
    anchor: Anchor
    block: int
    heading: bool = False

    @property
    def key(self) -> str:
        """What two prints of the clause have in common."""
        return match_key(self.passage.text)


def clauses_of(
    document: SourceDocument,
    hidden: frozenset[str] = frozenset(),
    *,
    marks: bool = True,
    unshown: frozenset[str] = frozenset(),
) -> list[Clause]:
    """The document's passages in reading order; a margin printed on every page stands once, page numbers not at all.

    Contents lines are left out: they repeat headings and page numbers. Without `marks` a sign such as ★ before a text
    is taken for a bullet. `unshown` are the keys of margins that no page has.
    """
    out: list[Clause] = []
    margins: set[str] = set()
    for block in document.blocks:
        if block.kind is BlockKind.TOC_LINE or not block.text.strip(" |\n"):
            continue
        if block.kind is BlockKind.FURNITURE:
            shape = _DIGITS.sub("", match_key(without_page_numbers(block.text)))
            if shape in margins or _NO_LETTER.fullmatch(shape) or match_key(block.text) in unshown:
                continue
            margins.add(shape)
        out.append(_clause(block, hidden, marks=marks))
    return out


def without_page_numbers(text: str) -> str:
    """A running header or footer without the number of its page."""
    return _PAGE.sub("", text).strip(" |-–—/")


def _clause(block: Block, hidden: frozenset[str], *, marks: bool) -> Clause:
    place = _PLACES.get(block.kind, Place.BODY)
    text = _row(block, labels=not marks) if block.kind is BlockKind.TABLE_ROW else block.text
    lead = read_lead(text, block.label)
    body = text[lead.end :] or text
    if lead.mark and marks and body != text and not block.label:
        body = lead.mark + body
    if hidden and match_key(block.text) in hidden:
        place = Place.HIDDEN
    group = place.value if place in (Place.MARGIN, Place.COMMENT) else ""
    if place is Place.MARGIN:
        body = without_page_numbers(text)
    shown = f"{block.label} {text}" if block.label else text
    number = match_key(lead.label).strip(".．、") if lead.shape != "bullet" else ""
    return Clause(
        Passage(body, number, group),
        shown,
        number,
        place,
        block.anchor,
        block.anchor.block,
        block.kind is BlockKind.HEADING,
    )


def _row(block: Block, *, labels: bool) -> str:
    """A table row as one text; the sign between cells is ours and is not compared.

    With `labels`, list numbers inside the cells are part of it, as in a print.
    """
    if labels:
        return "  ".join(_line(line) for cell in block.cells if not cell.continued for line in cell.lines)
    return block.text.replace(" | ", "  ")


def _line(line: Line) -> str:
    return f"{line.label} {line.text}" if line.label else line.text
