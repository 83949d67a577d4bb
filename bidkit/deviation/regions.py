"""Which part of the tender a block stands in: needs that go into a deviation table, or another part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bidkit.deviation.cues import cues, matches
from bidkit.deviation.tables_model import Role, Table, TableForm
from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.kernel.identity import squash
from bidkit.requirements.numbering import SURE_MARKS, read_lead

_OUTSIDE = ("forms", "instructions", "evaluation")
_TELLS = {"technical": Table.TECHNICAL, "commercial": Table.COMMERCIAL, "substantive": Table.SUBSTANTIVE}
_TITLE = 60
_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Region:
    """Where a block stands.

    `table` is the one its headings put it into, None where they do not tell; `needs` says that it stands in the
    buyer's needs, `outside` in a part no deviation table is about, `goods` in a list of what is bought.
    """

    table: Table | None
    needs: bool
    outside: bool
    goods: bool = False


def region_of(trail: Sequence[str]) -> Region:
    """The part of the tender below these headings (outermost first): the outermost telling heading decides."""
    table: Table | None = None
    needs = goods = False
    for part in trail:
        names = _names(part)
        if names & set(_OUTSIDE) and not needs:
            return Region(None, needs=False, outside=True)
        if "contract" in names and not needs and not names & {"technical", "needs"}:
            return Region(Table.CONTRACT, needs=False, outside=False)
        if "annex" in names and not needs and not names & {"needs", *_TELLS}:
            return Region(None, needs=False, outside=True)
        if table is None and "both" not in names:
            table = _told(names)
        goods = "goods" in names and not names & set(_TELLS)
        needs = needs or "needs" in names or table is not None
    return Region(table, needs, outside=False, goods=goods)


def _told(names: set[str]) -> Table | None:
    return next((_TELLS[name] for name in ("substantive", "commercial", "technical") if name in names), None)


def _names(part: str) -> set[str]:
    text = part[read_lead(part).end :].strip()
    return {cue.name for cue in cues("sections") if len(text) <= _TITLE and cue.pattern.search(text)}


def named_source(form: TableForm, document: SourceDocument) -> range | None:
    """The blocks of the part that the form's instructions name as its source; None where they name none.

    The deepest title the instructions name counts: of "chapter 3: V technical needs: 1. service (2) functions" it
    is "(2) functions".
    """
    said = squash(" ".join(text for text, _ in form.instructions if matches("rules", "source", text)))
    best: tuple[int, int, Block] | None = None
    for block in document.blocks:
        if not _may_be_title(block) or block.anchor.block >= form.header:
            continue
        if not region_of((*block.anchor.path, block.text)).needs:
            continue
        name = squash(block.text[read_lead(block.text, block.label).end :])
        at = said.find(name) if len(name) >= _SHORTEST_NAME else -1
        if at >= 0 and (best is None or (at + len(name), len(name)) >= (best[0], best[1])):
            best = (at + len(name), len(name), block)
    return _below(best[2], document) if best else None


def marked_only(form: TableForm) -> str:
    """The mark whose rows alone the form is for, by its title or the head of its demands; "" for every row."""
    demand = form.column(Role.REQUIREMENT)
    named = f"{form.title} {demand.title if demand else ''}"
    marks = [sign for sign in named if sign in SURE_MARKS]
    return marks[0] if len(set(marks)) == 1 else ""


def _may_be_title(block: Block) -> bool:
    return block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and 0 < len(block.text) <= _TITLE // 2


def _below(title: Block, document: SourceDocument) -> range:
    shape = read_lead(title.text, title.label).shape
    first = title.anchor.block + 1
    for block in document.blocks[first:]:
        if block.place is not None:
            continue
        if block.kind is BlockKind.HEADING and (title.kind is not BlockKind.HEADING or block.level <= title.level):
            return range(first, block.anchor.block)
        same = shape and read_lead(block.text, block.label).shape == shape
        if title.kind is not BlockKind.HEADING and same:
            return range(first, block.anchor.block)
    return range(first, len(document.blocks))
