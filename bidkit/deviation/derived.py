"""Rows put together by the tender's rules where its form is blank or missing: printed rows, and prose if it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bidkit.deviation.cues import matches
from bidkit.deviation.forms import role_of
from bidkit.deviation.issued import LONGEST_BAND, is_blank
from bidkit.deviation.regions import Region, region_of
from bidkit.deviation.row_parts import clause_of, item_of, mark_in, row_id
from bidkit.deviation.tables_model import DeviationRow, Role, Table
from bidkit.ingest.model import Block, BlockKind, Cell, SourceDocument
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.requirements.marks import effect_of, is_legend
from bidkit.requirements.model import Force, Kind, Requirement, Solicitation
from bidkit.requirements.numbering import read_lead
from bidkit.requirements.segment import document_language
from bidkit.vocabulary.cues import pattern_of

_CAPTION = 40
_SEVERAL = 2
_TABLE_OF_KIND = {Kind.TECHNICAL: Table.TECHNICAL, Kind.COMMERCIAL: Table.COMMERCIAL}


@dataclass(slots=True)
class Derived:
    """Rows by table from specification tables and from prose apart, each in reading order."""

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


def derive(
    document: SourceDocument, solicitation: Solicitation, forms: Collection[int], *, by_number: bool = False
) -> Derived:
    """Every row of one document that a deviation table could hold.

    `forms` are the reader's numbers of its blank forms. `by_number`: each numbered line of a cell is a row of its
    own. A document whose headings show no needs gives the rows that are technical or commercial by their words; so
    does an English one, in which demands stand in every part and the matrix lists each of them.
    """
    maker = _Maker(document, solicitation, set(forms), by_number)
    placed = [(block, region_of(block.anchor.path)) for block in document.blocks]
    if document_language(document) is Language.ZH and any(region.needs for _, region in placed):
        maker.take([(block, region) for block, region in placed if region.needs or region.table is Table.CONTRACT])
    else:
        maker.take(_by_words(placed, maker.forms))
    return maker.out


def _by_words(placed: Sequence[tuple[Block, Region]], forms: Collection[int]) -> list[tuple[Block, Region]]:
    """The blocks before the forms, without the parts that are about something else unless every part is."""
    first = min((b.anchor.block for b, _ in placed if b.place and b.place.table in forms), default=len(placed))
    before = [(block, region) for block, region in placed if block.anchor.block < first]
    inside = [(block, region) for block, region in before if not region.outside]
    anywhere = Region(None, needs=False, outside=False)
    if not inside:
        return [(block, anywhere) for block, _ in before]
    return [(block, region if region.table is Table.CONTRACT else anywhere) for block, region in inside]


class _Maker:
    """Goes through the blocks of one document once and keeps what it has seen."""

    def __init__(self, document: SourceDocument, solicitation: Solicitation, forms: set[int], by_number: bool) -> None:
        self.document, self.solicitation, self.forms, self.by_number = document, solicitation, forms, by_number
        self.out = Derived()
        self._counts: dict[tuple[str, str], int] = {}
        ours = sorted(
            (row for row in solicitation.requirements if row.anchor.file_sha256 == document.sha256),
            key=lambda row: row.anchor.block,
        )
        self._known = {block: list(rows) for block, rows in groupby(ours, key=lambda row: row.anchor.block)}
        self._tables: dict[int, list[Block]] = defaultdict(list)
        for block in document.blocks:
            if block.place is not None:
                self._tables[block.place.table].append(block)

    def take(self, placed: Iterable[tuple[Block, Region]]) -> None:
        """Make the rows of these blocks, each table once."""
        seen = set(self.forms)
        for block, region in placed:
            if block.place is None:
                self._prose(block, region)
            elif block.place.table not in seen:
                seen.add(block.place.table)
                self._table(self._tables[block.place.table], region)

    def _table(self, blocks: Sequence[Block], region: Region) -> None:
        head = next((b for b in blocks if b.place and b.place.header), blocks[0])
        titles = {cell.column: "".join(cell.text.split()) for cell in head.cells if cell.text.strip()}
        if pattern_of("table_score").search(" ".join(titles.values())):
            return
        roles = {at: role_of(title) for at, title in titles.items()}
        demand = next((at for at, role in roles.items() if role is Role.REQUIREMENT), None)
        table = region.table or self._by_kind(r for b in blocks for r in self._known.get(b.anchor.block, ()))
        if demand is None or table is None:
            for block in blocks:
                self._prose(block, region)
            return
        names = [at for at, role in roles.items() if role is Role.ITEM]
        names = names or [at for at, role in roles.items() if role is Role.OTHER and at < demand]
        frame = _Frame(
            demand,
            tuple(names),
            tuple(at for at, role in roles.items() if role in (Role.NUMBER, Role.CLAUSE)),
            "" if names else _caption(self.document, blocks[0]),
            table,
        )
        for block in blocks:
            if block is not head and not (block.place and block.place.header):
                self._framed(block, frame)

    def _framed(self, block: Block, frame: _Frame) -> None:
        cell = _cell_at(block, frame.demand)
        if cell is not None and is_blank(cell.text):
            cell = _title_of(block, frame) or cell
        if cell is None or cell.continued or is_blank(cell.text):
            return
        if frame.table is not Table.SUBSTANTIVE and is_legend(cell.text):
            return
        band = cell.column < frame.demand and len(cell.text.strip()) <= LONGEST_BAND
        printed = [_text_at(block, at) for at in frame.numbers]
        item = "" if band else item_of([*(_text_at(block, at) for at in frame.names), frame.caption])
        for requirement in _numbered(cell) if self.by_number else [cell.text.strip()]:
            self._add(self.out.framed, block, frame.table, item, requirement, printed, band=band)

    def _prose(self, block: Block, region: Region) -> None:
        """One row for the whole paragraph or printed row; what explains marks, deviations or goods is none."""
        rows = self._known.get(block.anchor.block, [])
        table = region.table or self._by_kind(rows)
        wanted = [row for row in rows if row.force is not Force.SCORED and row.kind is not Kind.EVALUATION]
        if table is None or not wanted or region.goods or is_legend(block.text):
            return
        if matches("rules", "about", block.text):
            return
        heads = (part[read_lead(part).end :].strip() for part in block.anchor.path[-1:])
        numbers = [row.clause or "" for row in rows]
        self._add(self.out.prose, block, table, item_of(heads), block.text.strip(), [block.label, *numbers])

    def _add(
        self,
        to: dict[Table, list[DeviationRow]],
        block: Block,
        table: Table,
        item: str,
        requirement: str,
        printed: Sequence[str],
        *,
        band: bool = False,
    ) -> None:
        known = self._known.get(block.anchor.block, [])
        ours = [row for row in known if squash(row.text) in squash(requirement)] if len(known) > 1 else known
        mark = mark_in(requirement, printed)
        rejects = bool(mark) and effect_of(mark, self.solicitation.legend) == "knockout"
        row = DeviationRow(
            id=row_id(table, item, requirement, self._counts),
            table=table,
            item=item,
            clause="" if band else clause_of(requirement, printed),
            requirement=requirement,
            anchor=block.anchor,
            mark=mark,
            knockout=rejects or any(one.knockout for one in ours),
            band=band,
            requirement_ids=tuple(one.id for one in ours),
        )
        to[table].append(row)

    @staticmethod
    def _by_kind(rows: Iterable[Requirement]) -> Table | None:
        kinds = [_TABLE_OF_KIND[row.kind] for row in rows if row.kind in _TABLE_OF_KIND]
        return max(kinds, key=kinds.count) if kinds else None


@dataclass(frozen=True, slots=True)
class _Frame:
    """How to read the rows of one specification table: grid columns, the line above it, the table it goes into."""

    demand: int
    names: tuple[int, ...]
    numbers: tuple[int, ...]
    caption: str
    table: Table


def _title_of(block: Block, frame: _Frame) -> Cell | None:
    """The name in a row that demands nothing: a title over the rows below it. None where the row names nothing."""
    named = (_cell_at(block, at) for at in frame.names)
    numbered = any(_text_at(block, at) for at in frame.numbers)
    return next((c for c in named if numbered and c is not None and not c.continued and not is_blank(c.text)), None)


def _numbered(cell: Cell) -> list[str]:
    """The numbered lines of a cell, each with the unnumbered lines that follow it; the whole cell without numbers."""
    out: list[str] = []
    for line in cell.lines:
        text = line.text.strip()
        if out and text and not read_lead(text, line.label).label:
            out[-1] += f"\n{text}"
        elif text:
            out.append(text)
    return out if len(out) >= _SEVERAL else [cell.text.strip()]


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
