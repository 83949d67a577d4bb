"""Scored items summed by the group they belong to, where a tender prints no split of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from bidkit.ingest.model import Block, Cell
from bidkit.kernel.language import Language
from bidkit.requirements.facts.lines import Line
from bidkit.requirements.facts.weight_names import bare_name, group_of, words_of_item

_POINTS_HEADER = re.compile(
    r"(?:标准|最高|满|评审)?(?:分值|得分|满分|分数|权重|总分)(?:区间|构成)?(?:[（(][^（）()]*[)）])?|权重[^，。]{0,6}"
)
_POINTS = re.compile(r"(?:\d+(?:\.\d+)?\s*[-~～至—]\s*)?(\d{1,3}(?:\.\d+)?)\s*(?:分|%|％)?")
_IN_NAME = re.compile(
    r"[（(](?:满分|权重|共)?(\d{1,3}(?:\.\d+)?)分[)）]|^[\u4e00-\u9fff]{2,12}(?<![得减扣加为])(\d{1,3}(?:\.\d+)?)分$"
)
_ONLY_POINTS = re.compile(r"(\d{1,3}(?:\.\d+)?)分")
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|总分)")
_WHOLE = 100.0

Item = tuple[str, float, Line]


def item_split(lines: Sequence[Line], language: Language) -> tuple[dict[str, float], Line] | None:
    """The points by group and the first scored row, from one table or all scoring tables together; None unless
    they add up to 100 in at least two groups."""
    tables: dict[tuple[str, int], list[Item]] = {}
    for line in _rows(lines):
        place = line.block.place
        points = _points_of(line.block)
        if place and points is not None:
            group = _group_of_row(line, language)
            tables.setdefault((line.block.anchor.file_sha256, place.table), []).append((group, points, line))
    for rows in (*tables.values(), list(chain(*tables.values()))):
        split: dict[str, float] = {}
        for group, points, _ in rows:
            split[group] = split.get(group, 0.0) + points
        if sum(split.values()) == _WHOLE and len(split) > 1:
            return split, rows[0][2]
    return None


def _rows(lines: Sequence[Line]) -> Iterator[Line]:
    """The first line of every table row of the scoring part that is neither header nor total."""
    seen: set[int] = set()
    for line in lines:
        block = line.block
        if block.place is None or block.place.header or block.anchor.block in seen or line.zone == "contract":
            continue
        seen.add(block.anchor.block)
        if block.cells and not any(_TOTAL.match(cell.text.strip()) for cell in block.cells[:2]):
            yield line


def _points_of(block: Block) -> float | None:
    """The points of a scored row: the cell under the header for points, or the points printed in the item's name."""
    headers = block.place.header_texts if block.place else ()
    columns = [i for i, header in enumerate(headers) if _POINTS_HEADER.fullmatch(re.sub(r"\s", "", header))]
    for column in reversed(columns):
        cell = _cell_at(block, column)
        if cell is None or cell.continued:
            continue
        found = _POINTS.fullmatch(re.sub(r"\s", "", cell.text))
        if found and float(found[1]) <= _WHOLE:
            return float(found[1])
    for cell in block.cells if headers else ():
        inside = _IN_NAME.search(re.sub(r"\s", "", cell.text)) if len(cell.text) < 60 and not cell.continued else None
        if inside:
            return float(inside[1] or inside[2])
    return None if columns else _unheaded_points(block)


def _unheaded_points(block: Block) -> float | None:
    """The points of a row that prints "20分" in a cell of its own where no header names the column."""
    cells = [re.sub(r"\s", "", cell.text) for cell in block.cells if not cell.continued]
    found = [hit for hit in map(_ONLY_POINTS.fullmatch, cells) if hit]
    return float(found[0][1]) if len(found) == 1 and len(cells) > 1 else None


def _cell_at(block: Block, column: int) -> Cell | None:
    return next((cell for cell in block.cells if cell.column <= column < cell.column + cell.span), None)


def _group_of_row(line: Line, language: Language) -> str:
    """By the row's group cell, which may be merged from above, else the table's title, else the item's own words."""
    texts = [re.sub(r"\s", "", cell.text)[:60] for cell in line.block.cells[:3]]
    for text in texts:
        group = group_of(bare_name(text), language, whole=True)
        if group:
            return group
    for heading in reversed(line.under):
        group = group_of(re.sub(r"[（(].*", "", heading), language, title=True)
        if group:
            return group
    return words_of_item("".join(texts[:2]), language)
