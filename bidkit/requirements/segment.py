"""Blocks -> pieces: every stretch that could be a requirement row, with what governs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bidkit.ingest.model import Block, BlockKind, Cell, SourceDocument
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language, language_of
from bidkit.requirements.numbering import SURE_MARKS, read_lead
from bidkit.requirements.outline import Unit, parents
from bidkit.requirements.piece import Piece, Shape
from bidkit.requirements.sentences import sentences
from bidkit.requirements.tables import TableSense, sense_of

_READ = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE_ROW, BlockKind.FOOTNOTE})
_CAPTION_LENGTH = 160
_TITLE_LENGTH = 40
_FOLLOWERS = 3


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive paragraphs, or consecutive rows of one table, under one heading."""

    blocks: tuple[Block, ...]
    caption: str
    after: str

    @property
    def is_table(self) -> bool:
        return self.blocks[0].place is not None


def segment(document: SourceDocument) -> tuple[Piece, ...]:
    """Every candidate row of the document in reading order; headings too, since some of them demand something."""
    language = document_language(document)
    out: list[Piece] = []
    for number, run in enumerate(_runs(document)):
        pieces = _table_pieces(run, language) if run.is_table else _text_pieces(run, language)
        out += [replace(piece, group=number * 1000 + piece.group) for piece in pieces]
    return tuple(out)


def document_language(document: SourceDocument) -> Language:
    """The language most of the document is written in."""
    return language_of("".join(block.text for block in document.blocks[:4000]))


def _runs(document: SourceDocument) -> Iterator[_Run]:
    blocks = [block for block in document.blocks if block.kind in _READ and block.text.strip()]
    groups: list[list[Block]] = []
    for block in blocks:
        if groups and _joins(groups[-1][-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    for at, group in enumerate(groups):
        before = groups[at - 1][-1] if at else None
        after = groups[at + 1][0] if at + 1 < len(groups) else None
        yield _Run(tuple(group), _caption(before), after.text if after and after.place is None else "")


def _joins(last: Block, block: Block) -> bool:
    if block.place is not None or last.place is not None:
        return bool(block.place and last.place and block.place.table == last.place.table)
    return block.kind is not BlockKind.HEADING


def _caption(before: Block | None) -> str:
    return before.text.strip()[-_CAPTION_LENGTH:] if before is not None and before.place is None else ""


def _text_pieces(run: _Run, language: Language) -> list[Piece]:
    units = [unit_of(block.text, block.label, block.anchor.block, 0, block.level) for block in run.blocks]
    by_block = {block.anchor.block: block for block in run.blocks}
    tree = parents(units)
    after = _followers(units, tree)
    out: list[Piece] = []
    for at, unit in enumerate(units):
        pieces = _unit_pieces(units, tree, at, by_block[unit.block], language, run.caption)
        out += [replace(piece, after=after[at]) for piece in pieces]
    return out


def unit_of(text: str, rendered: str, block: int, offset: int, level: int) -> Unit:
    """The paragraph as a unit; `offset` is where `text` starts inside the block's own text."""
    lead = read_lead(text, rendered)
    return Unit(lead, text[lead.end :].rstrip(), block, offset + lead.end, level)


def _unit_pieces(
    units: Sequence[Unit], tree: Sequence[int], at: int, block: Block, language: Language, caption: str
) -> list[Piece]:
    unit = units[at]
    if not unit.text.strip():
        return []
    lead_in, lead_label, group = _governing(units, tree, at)
    base = Piece(
        text="",
        block=unit.block,
        start=0,
        end=0,
        page=block.anchor.page,
        shape=_shape(block, unit),
        label=unit.lead.label,
        mark=unit.lead.mark,
        lead_in=lead_in,
        lead_label=lead_label,
        trail=(*block.anchor.path, *_trail(units, tree, at, block.anchor.path)),
        caption=caption,
        has_items=at + 1 < len(units) and tree[at + 1] == at,
        group=group,
        bold=block.bold,
    )
    return _split(base, unit, language)


def _shape(block: Block, unit: Unit) -> Shape:
    if block.kind is BlockKind.HEADING:
        return Shape.HEADING
    return Shape.ITEM if unit.lead.shape else Shape.SENTENCE


def _split(base: Piece, unit: Unit, language: Language) -> list[Piece]:
    spans = sentences(unit.text, language)
    if base.has_items and unit.announces and len(spans) > 1:
        spans, governed = spans[:-1], False
    else:
        governed = base.has_items
    return [
        replace(
            base,
            text=one_line(unit.text[left:right], language),
            start=unit.start + left,
            end=unit.start + right,
            first=number == 0,
            count=len(spans),
            has_items=governed,
        )
        for number, (left, right) in enumerate(spans)
    ]


def one_line(text: str, language: Language) -> str:
    """`text` with its line breaks taken out: nothing in their place in Chinese, a space in English."""
    parts = [part.strip() for part in text.split("\n")]
    return ("" if language is Language.ZH else " ").join(part for part in parts if part)


def _governing(units: Sequence[Unit], tree: Sequence[int], at: int) -> tuple[str, str, int]:
    group = tree[at] + 1
    up = tree[at]
    while up >= 0:
        if units[up].announces:
            return last_sentence(units[up].text), units[up].lead.label, group
        up = tree[up]
    return "", "", group


def last_sentence(text: str) -> str:
    """The last sentence of a paragraph that announces a list: the one that governs it."""
    spans = sentences(text, language_of(text))
    left, right = spans[-1] if spans else (0, len(text))
    return text[left:right].replace("\n", " ")


def _trail(units: Sequence[Unit], tree: Sequence[int], at: int, path: tuple[str, ...]) -> tuple[str, ...]:
    """The list titles above, outermost first, without those that are headings already in `path`."""
    known = {squash(part) for part in path}
    out: list[str] = []
    up = tree[at]
    while up >= 0:
        lead = units[up].lead
        if squash(f"{lead.label}{units[up].text}") not in known:
            out.append(f"{lead.mark}{lead.label} {units[up].text[:80]}".strip())
        up = tree[up]
    return tuple(reversed(out))


def _followers(units: Sequence[Unit], tree: Sequence[int]) -> list[str]:
    """For every list item, the plain paragraphs next behind it in its list and in the lists around it, innermost first.

    Such a paragraph may say what breaking the items means; only the nearest few of each list are looked at.
    """
    nearest: dict[int, tuple[str, ...]] = {}
    behind: list[tuple[str, ...]] = [()] * len(units)
    for at in range(len(units) - 1, -1, -1):
        level = tree[at]
        behind[at] = nearest.get(level, ())
        if not units[at].lead.shape:
            nearest[level] = (units[at].text[:300], *behind[at])[:_FOLLOWERS]
    out: list[str] = []
    for at, unit in enumerate(units):
        texts: list[str] = []
        up = at if unit.lead.shape or tree[at] >= 0 else -1
        while up >= 0:
            texts += behind[up]
            up = tree[up]
        out.append("\n".join(texts))
    return out


def _table_pieces(run: _Run, language: Language) -> list[Piece]:
    out: list[Piece] = []
    band = ""
    sense = sense_of(run.blocks, run.caption)
    for block in run.blocks:
        place = block.place
        if place is None or place.header or sense.is_band(block):
            continue
        shown = [cell for cell in block.cells if not cell.continued and cell.text.strip()]
        if len(shown) == 1 and shown[0].span >= max(2, place.columns - 1) and len(shown[0].text) < _CAPTION_LENGTH:
            band = shown[0].text.strip()
        pieces = _row_pieces(block, shown, sense, language, band)
        out += [replace(piece, caption=run.caption, after=piece.after or run.after[:300]) for piece in pieces]
    return out


def _row_pieces(block: Block, shown: Sequence[Cell], sense: TableSense, language: Language, band: str) -> list[Piece]:
    spots = _spots(block)
    content = sense.content_cell(shown)
    if content is None:
        return []
    place = block.place
    label = sense.number_of(shown)
    base = Piece(
        text="",
        block=block.anchor.block,
        start=0,
        end=0,
        page=block.anchor.page,
        shape=Shape.SCORE_ROW if sense.scores else Shape.TABLE_ROW,
        label=label,
        trail=(
            *block.anchor.path,
            *((band,) if band and band != content.text.strip() else ()),
            *(_merged_titles(block, content, language) if sense.scores else ()),
        ),
        header=place.header_texts if place else (),
        table=place.table if place else None,
        column_mark=sense.column_mark(content, place.header_texts if place else ()),
        cells=tuple(cell.text for cell in shown),
        bold=block.bold,
    )
    lines = _lines(content, spots[id(content)], block)
    if sense.scores or not _several(lines, sense, language):
        return _whole_row(base, block, shown, spots, sense, language)
    return _cell_pieces(base, block, shown, spots, content, lines, language)


def _merged_titles(block: Block, content: Cell, language: Language) -> tuple[str, ...]:
    """The short texts of merged cells that reach down over this row from above, left of its content."""
    return tuple(
        one_line(cell.text, language)
        for cell in block.cells
        if cell.continued and cell.column < content.column and 0 < len(cell.text) < _TITLE_LENGTH
    )


def _spots(block: Block) -> dict[int, int]:
    """Where each shown cell starts inside the block's text, by the identity of the cell."""
    out, at = {}, 0
    for cell in block.cells:
        if cell.continued:
            continue
        out[id(cell)] = at
        at += len(cell.text) + 3
    return out


def _lines(cell: Cell, offset: int, block: Block) -> list[Unit]:
    out = []
    for line in cell.lines:
        out.append(unit_of(line.text, line.label, block.anchor.block, offset, 0))
        offset += len(line.text) + 1
    return [unit for unit in out if unit.text.strip()]


def _several(lines: Sequence[Unit], sense: TableSense, language: Language) -> bool:
    numbered = sum(1 for line in lines if line.lead.shape)
    if numbered >= 2:
        return True
    if language is Language.EN:
        return len(lines) > 1 and sense.prose
    return sense.prose and (len(lines) > 1 or sum(len(sentences(line.text, language)) for line in lines) > 1)


def _whole_row(
    base: Piece, block: Block, shown: Sequence[Cell], spots: dict[int, int], sense: TableSense, language: Language
) -> list[Piece]:
    cells = [cell for cell in shown if not sense.is_number(cell)] or list(shown)
    start, last = spots[id(cells[0])], cells[-1]
    end = spots[id(last)] + len(last.text)
    lead = read_lead(block.text[start:end])
    start += len(block.text[start:end]) - len(block.text[start + lead.end : end].lstrip(" |"))
    text = one_line(block.text[start:end], language)
    if not text.strip(" |/-—"):
        return []
    return [replace(base, text=text, start=start, end=end, label=base.label or lead.label, mark=base.mark or lead.mark)]


def _cell_pieces(
    base: Piece,
    block: Block,
    shown: Sequence[Cell],
    spots: dict[int, int],
    content: Cell,
    lines: Sequence[Unit],
    language: Language,
) -> list[Piece]:
    tree = parents(lines)
    after = _followers(lines, tree)
    signs = "".join(SURE_MARKS)
    names = [c for c in shown if spots[id(c)] < spots[id(content)] and c.text.strip().strip(signs) != base.label]
    out: list[Piece] = []
    for at in range(len(lines)):
        cell_base = replace(
            base, shape=Shape.CELL_LINE, trail=(*base.trail, *(one_line(cell.text, language)[:60] for cell in names))
        )
        pieces = _unit_pieces(lines, tree, at, block, language, base.caption)
        out += [
            replace(
                cell_base,
                text=piece.text,
                start=piece.start,
                end=piece.end,
                label=piece.label or (base.label if not piece.label else ""),
                mark=piece.mark,
                lead_in=piece.lead_in,
                lead_label=piece.lead_label,
                has_items=piece.has_items,
                first=piece.first,
                count=piece.count,
                group=piece.group,
                after=after[at],
            )
            for piece in pieces
        ]
    if out and names and out[0].first and not out[0].has_items and len(out[0].text) < 2 * _CAPTION_LENGTH:
        start = spots[id(names[0])]
        out[0] = replace(out[0], text=one_line(block.text[start : out[0].end], language), start=start)
    return out
