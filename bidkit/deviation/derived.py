"""Rows put together by the tender's rules where its form is blank or missing: printed rows, and prose if it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from bidkit.deviation.cues import matches
from bidkit.deviation.forms import role_of
from bidkit.deviation.issued import is_blank
from bidkit.deviation.regions import Region, region_of
from bidkit.deviation.row_parts import clause_of, item_of, mark_in, row_id
from bidkit.deviation.tables_model import DeviationRow, Role, Table
from bidkit.ingest.model import Block, BlockKind, Cell, SourceDocument
from bidkit.kernel.identity import squash
from bidkit.requirements.marks import effect_of, is_legend
from bidkit.requirements.model import Force, Kind, Requirement, Solicitation
from bidkit.requirements.numbering import read_lead
from bidkit.vocabulary.cues import pattern_of

_CAPTION = 40
_BAND = 80
_TABLE_OF_KIND = {Kind.TECHNICAL: Table.TECHNICAL, Kind.COMMERCIAL: Table.COMMERCIAL}


@dataclass(slots=True)
class Derived:
    """Rows by table from tables and from prose apart, each in reading order."""

    framed: dict[Table, list[DeviationRow]] = field(default_factory=lambda: defaultdict(list))
    prose: dict[Table, list[DeviationRow]] = field(default_factory=lambda: defaultdict(list))

    def rows(self, table: Table, *, framed_only: bool) -> list[DeviationRow]:
        """The rows of one table in reading order; prose too unless the tender counts printed rows only."""
        framed, prose = self.framed[table], self.prose[table]
        if framed and framed_only:
            return list(framed)
        return sorted((*framed, *prose), key=lambda row: row.anchor.block)

    def every(self) -> list[DeviationRow]:
        """The rows of all tables."""
        return [row for rows in (*self.framed.values(), *self.prose.values()) for row in rows]


def derive(document: SourceDocument, solicitation: Solicitation, forms: Iterable[int]) -> Derived:
    """Every row of one document that a deviation table could hold; `forms` are the reader's numbers of blank forms."""
    out = Derived()
    known = _requirements_by_block(document, solicitation.requirements)
    counts: dict[tuple[str, str], int] = {}
    skipped = set(forms)
    regions = [_Placed(block, region_of((*block.anchor.path,))) for block in document.blocks]
    only_needs = any(placed.region.needs for placed in regions)
    seen: set[int] = set()
    for placed in regions:
        block = placed.block
        if placed.region.outside or (only_needs and not placed.region.needs and placed.region.table is None):
            continue
        if block.place is not None:
            if block.place.table in seen or block.place.table in skipped:
                continue
            seen.add(block.place.table)
            _take_table(document, block.place.table, placed.region, known, solicitation, counts, out)
        elif rows := known.get(block.anchor.block):
            _take_prose(block, rows, placed.region, solicitation, counts, out)
    return out


@dataclass(frozen=True, slots=True)
class _Placed:
    block: Block
    region: Region


def _requirements_by_block(document: SourceDocument, rows: Sequence[Requirement]) -> dict[int, list[Requirement]]:
    ours = [row for row in rows if row.anchor.file_sha256 == document.sha256]
    return {
        block: list(group)
        for block, group in groupby(sorted(ours, key=lambda r: r.anchor.block), key=lambda r: r.anchor.block)
    }


def _take_table(
    document: SourceDocument,
    number: int,
    region: Region,
    known: dict[int, list[Requirement]],
    solicitation: Solicitation,
    counts: dict[tuple[str, str], int],
    out: Derived,
) -> None:
    blocks = [b for b in document.blocks if b.place is not None and b.place.table == number]
    head = next((b for b in blocks if b.place and b.place.header), None)
    titles = _titles(head or blocks[0])
    if pattern_of("table_score").search(" ".join(titles.values())):
        return
    demand = next((at for at, role in _roles(titles).items() if role is Role.REQUIREMENT), None)
    if demand is None:
        for block in blocks:
            if rows := known.get(block.anchor.block):
                _take_prose(block, rows, region, solicitation, counts, out)
        return
    table = region.table or _by_kind(r for b in blocks for r in known.get(b.anchor.block, ()))
    if table is None:
        return
    names = [at for at, role in _roles(titles).items() if role is Role.ITEM]
    numbers = [at for at, role in _roles(titles).items() if role in (Role.NUMBER, Role.CLAUSE)]
    caption = _caption(document, blocks[0]) if not names else ""
    for block in blocks:
        if block is head or (block.place and block.place.header) or (head is None and block is blocks[0]):
            continue
        row = _table_row(block, demand, names, numbers, caption, table, counts)
        if row is not None:
            out.framed[table].append(_with_requirements(row, known.get(block.anchor.block, ()), solicitation))


def _titles(header: Block) -> dict[int, str]:
    return {cell.column: "".join(cell.text.split()) for cell in header.cells if cell.text.strip()}


def _roles(titles: dict[int, str]) -> dict[int, Role]:
    return {at: role_of(title) for at, title in titles.items()}


def _table_row(
    block: Block,
    demand: int,
    names: Sequence[int],
    numbers: Sequence[int],
    caption: str,
    table: Table,
    counts: dict[tuple[str, str], int],
) -> DeviationRow | None:
    cell = _cell_at(block, demand)
    if cell is None or cell.continued or is_blank(cell.text):
        return None
    requirement = cell.text.strip()
    band = cell.column == 0 and demand > 0 and len(requirement) <= _BAND
    item = "" if band else item_of([*(_text_at(block, at) for at in names), caption])
    printed = [_text_at(block, at) for at in numbers]
    return DeviationRow(
        id=row_id(table, item, requirement, counts),
        table=table,
        item=item,
        clause="" if band else clause_of(requirement, printed),
        requirement=requirement,
        anchor=block.anchor,
        mark=mark_in(requirement, printed),
        band=band,
    )


def _take_prose(
    block: Block,
    rows: Sequence[Requirement],
    region: Region,
    solicitation: Solicitation,
    counts: dict[tuple[str, str], int],
    out: Derived,
) -> None:
    """One row for the whole paragraph or table row; what explains marks or asks for papers only is none."""
    table = region.table or _by_kind(rows)
    wanted = [row for row in rows if row.force is not Force.SCORED and row.kind is not Kind.EVALUATION]
    if table is None or not wanted or is_legend(block.text) or _about_deviations(block.text):
        return
    requirement = block.text.strip()
    heads = block.anchor.path[-1:]
    item = item_of(part[read_lead(part).end :].strip() for part in heads)
    row = DeviationRow(
        id=row_id(table, item, requirement, counts),
        table=table,
        item=item,
        clause=block.label or clause_of(requirement, [r.clause or "" for r in rows]),
        requirement=requirement,
        anchor=block.anchor,
        mark=read_lead(requirement, block.label).mark,
    )
    out.prose[table].append(_with_requirements(row, rows, solicitation))


def _about_deviations(text: str) -> bool:
    return matches("rules", "about", text) is not None


def _by_kind(rows: Iterable[Requirement]) -> Table | None:
    kinds = [_TABLE_OF_KIND[row.kind] for row in rows if row.kind in _TABLE_OF_KIND]
    return max(kinds, key=kinds.count) if kinds else None


def _with_requirements(row: DeviationRow, rows: Sequence[Requirement], solicitation: Solicitation) -> DeviationRow:
    marks = effect_of(row.mark, solicitation.legend) == "knockout" if row.mark else False
    return replace(
        row,
        knockout=marks or any(one.knockout for one in rows),
        requirement_ids=tuple(one.id for one in rows),
    )


def _cell_at(block: Block, column: int) -> Cell | None:
    return next((c for c in block.cells if c.column <= column < c.column + c.span), None)


def _text_at(block: Block, column: int) -> str:
    cell = _cell_at(block, column)
    return " ".join(cell.text.split()) if cell else ""


def _caption(document: SourceDocument, first: Block) -> str:
    """The short line right above a table, without its number: what the table is about."""
    for block in reversed(document.blocks[: first.anchor.block]):
        if block.kind in (BlockKind.FURNITURE, BlockKind.COMMENT) or not block.text.strip():
            continue
        if block.place is not None or len(squash(block.text)) > _CAPTION:
            return ""
        return block.text[read_lead(block.text, block.label).end :].strip().rstrip(":：")
    return ""
