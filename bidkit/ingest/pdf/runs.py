"""Runs: stretches of characters drawn one after another on one line, inside one cell or outside of all."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from bidkit.ingest.pdf.engine import Chars, Floats, Ints, Page
from bidkit.ingest.pdf.glyphs import text_of
from bidkit.ingest.pdf.grid import Grid
from bidkit.vocabulary.tables import table

_WIDE_GAP = 1.6
_BACK = 0.6
_TYPED_GAP = 0.45
_NARROW_SPACE = 0.12
_LONGEST_WORD = 60
_TILTED = 0.06
_RIGHT_ANGLE = math.pi / 2


@dataclass(frozen=True, slots=True)
class Run:
    """`place` is (grid, cell) by their indexes, None outside of tables; `em` is the size of the type in points.

    `tilted` marks text that rises or falls across the page, as watermarks do.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    em: float
    bold: bool
    font: bytes = b""
    tilted: bool = False
    place: tuple[int, int] | None = None

    @property
    def height(self) -> float:
        """The height of the font's box in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height of the centre line."""
        return (self.top + self.bottom) / 2


@cache
def _bold_names() -> re.Pattern[bytes]:
    rows = table("cues/bold_fonts.csv", ("pattern", "example"))
    return re.compile("|".join(row["pattern"] for row in rows).encode("latin-1"), re.IGNORECASE)


def runs(page: Page, chars: Chars, grids: list[Grid]) -> list[Run]:
    """The runs of a page in the order they are drawn, doubled ones (shadows, faked bold) once."""
    codes, boxes = chars.codes, chars.boxes
    blank = (codes <= 32) | (codes == 0x3000) | (codes == 0xA0)
    # A hyphen pdfium took out at a line end has no box of its own but must be seen by the joiner.
    solid = np.flatnonzero(~blank & ((boxes[:, 2] > boxes[:, 0]) | (codes == 0xFFFE) | (codes == 2)))
    if not len(solid):
        return []
    places = _places(boxes[solid], grids)
    _keep_words_whole(page, boxes, solid, places)
    starts = _starts(boxes[solid], places)
    ends = np.append(starts[1:], len(solid))
    spaced = _spaced(codes, boxes, solid)
    found: list[Run] = []
    seen: set[tuple[str, int, int]] = set()
    codes_of = codes[solid].tolist()
    extents = _extents(boxes[solid], starts, ends)
    for (left, top, right, bottom), start, end, place in zip(
        extents, starts.tolist(), ends.tolist(), places[starts].tolist(), strict=True
    ):
        text = text_of(codes_of[start:end], spaced[start + 1 : end])
        key = (text, round(left / 2), round(top / 2))
        if not text or key in seen:
            continue
        seen.add(key)
        first, middle, last = int(solid[start]), int(solid[(start + end) // 2]), int(solid[end - 1])
        found.append(
            Run(
                text,
                left,
                top,
                right,
                bottom,
                page.em(middle) or bottom - top,
                _is_bold(page, middle) and (middle == last or _is_bold(page, last)),
                page.font(middle)[0],
                _is_tilted(page, first),
                None if place < 0 else divmod(place, 1 << 20),
            )
        )
    return found


def _places(boxes: Floats, grids: list[Grid]) -> Ints:
    """For each character grid * 2**20 + cell, -1 outside; a smaller grid wins over one around it."""
    found = np.full(len(boxes), -1, np.int64)
    if not grids:
        return found
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    for index, grid in enumerate(grids):
        column = np.searchsorted(grid.xs, x) - 1
        row = np.searchsorted(grid.ys, y) - 1
        inside = (column >= 0) & (column < len(grid.xs) - 1) & (row >= 0) & (row < len(grid.ys) - 1)
        found[inside] = index * (1 << 20) + grid.squares[row[inside], column[inside]]
    return found


def _keep_words_whole(page: Page, boxes: Floats, solid: Ints, places: Ints) -> None:
    """Puts a word drawn in one piece across the border of its cell into the cell that holds most of it, in place."""
    for border in np.flatnonzero(places[1:] != places[:-1]).tolist():
        first, last = _word_at(page, boxes, solid, border)
        if last > border:
            values, counts = np.unique(places[first : last + 1], return_counts=True)
            places[first : last + 1] = values[counts.argmax()]


def _word_at(page: Page, boxes: Floats, solid: Ints, at: int) -> tuple[int, int]:
    """First and last of the characters around `at` that follow each other closely in one piece of drawn text."""
    first = last = at
    drawn = page.text_object(int(solid[at]))
    if not drawn:
        return first, last
    while first > 0 and at - first < _LONGEST_WORD and _is_close(boxes[solid[first - 1]], boxes[solid[first]]):
        if page.text_object(int(solid[first - 1])) != drawn:
            break
        first -= 1
    while last + 1 < len(solid) and last - at < _LONGEST_WORD and _is_close(boxes[solid[last]], boxes[solid[last + 1]]):
        if page.text_object(int(solid[last + 1])) != drawn:
            break
        last += 1
    return first, last


def _is_close(before: Floats, after: Floats) -> bool:
    height = before[3] - before[1]
    return bool(abs(after[0] - before[2]) < _NARROW_SPACE * height and abs(after[1] - before[1]) < height / 2)


def _starts(boxes: Floats, places: Ints) -> Ints:
    """Where a new run begins: another line, a leap, or another cell."""
    top, bottom = boxes[:, 1], boxes[:, 3]
    height = np.maximum(bottom - top, 0.1)
    overlap = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    smaller = np.minimum(height[1:], height[:-1])
    gap = boxes[1:, 0] - boxes[:-1, 2]
    breaks = (overlap < 0.4 * smaller) | (gap > _WIDE_GAP * smaller) | (gap < -_BACK * smaller)
    breaks |= places[1:] != places[:-1]
    return np.concatenate([[0], np.flatnonzero(breaks) + 1])


def _extents(boxes: Floats, starts: Ints, ends: Ints) -> list[list[float]]:
    """Left, top, right, bottom of each run; as high as most of it, for one letter of another font may stick out."""
    probes = np.stack([starts, (starts + ends) // 2, ends - 1], axis=1)
    order = np.argsort(boxes[probes, 3] - boxes[probes, 1], axis=1)
    usual = boxes[np.take_along_axis(probes, order[:, 1:2], axis=1)[:, 0]]
    left, right = np.minimum.reduceat(boxes[:, 0], starts), np.maximum.reduceat(boxes[:, 2], starts)
    extents: list[list[float]] = np.stack([left, usual[:, 1], right, usual[:, 3]], axis=1).tolist()
    return extents


def _spaced(codes: Ints, boxes: Floats, solid: Ints) -> list[int]:
    """For each solid character what stands before it: 0 nothing, 1 a blank of positioning alone, 2 a typed blank."""
    typed = (codes == 32) | (codes == 0x3000) | (codes == 0xA0)
    wide = boxes[:, 2] - boxes[:, 0]
    real = typed & (wide > 0)
    kinds = np.cumsum(np.concatenate([[0], typed])), np.cumsum(np.concatenate([[0], real]))
    before = np.concatenate([[0], solid[:-1] + 1])
    any_blank = kinds[0][solid] > kinds[0][before]
    real_blank = kinds[1][solid] > kinds[1][before]
    # pdfium drops blanks that are drawn alone and puts its own in their place; the gap tells the two apart.
    gap = np.concatenate([[0], boxes[solid[1:], 0] - boxes[solid[:-1], 2]])
    letter = np.concatenate([[1], np.maximum(wide[solid[1:]], wide[solid[:-1]])])
    real_blank |= any_blank & (gap > _TYPED_GAP * letter)
    kinds_before: list[int] = (any_blank.astype(np.int64) + real_blank).tolist()
    return kinds_before


def _is_bold(page: Page, index: int) -> bool:
    name, outlined = page.font(index)
    return outlined or bool(_bold_names().search(name))


def _is_tilted(page: Page, index: int) -> bool:
    return abs((page.angle(index) + _TILTED) % _RIGHT_ANGLE - _TILTED) > _TILTED
