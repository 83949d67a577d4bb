"""The order in which the parts of a page are read: down the page, and column by column where it has two."""

from __future__ import annotations

from bidkit.ingest.pdf.lines import TextLine, text_lines
from bidkit.ingest.pdf.page import PageContent, TablePart

Item = TextLine | TablePart

_FEWEST = 8
_MIDDLE = (0.35, 0.65)
_ACROSS = 0.15
_TEXTURE = 0.55


def in_reading_order(page: PageContent) -> list[list[Item]]:
    """Regions of the page in order, each from top to bottom; one region but where two columns are clear."""
    items: list[Item] = [*page.lines, *page.tables]
    items.sort(key=lambda item: item.top)
    if not items:
        return []
    gutter = _gutter(page)
    if gutter is None:
        return [items]
    regions: list[list[Item]] = []
    left: list[Item] = []
    right: list[Item] = []
    for item in items:
        sides = _sides(item, gutter)
        if sides is None:
            regions += [left, right, [item]]
            left, right = [], []
        else:
            left += sides[0]
            right += sides[1]
    regions += [left, right]
    return [region for region in regions if region]


def _sides(item: Item, gutter: float) -> tuple[list[TextLine], list[TextLine]] | None:
    """The lines of `item` left and right of the gutter, None for what runs across."""
    if isinstance(item, TablePart):
        return None
    left = [run for run in item.parts if run.right <= gutter]
    right = [run for run in item.parts if run.left >= gutter]
    if len(left) + len(right) < len(item.parts):
        return None
    return text_lines(left), text_lines(right)


def _gutter(page: PageContent) -> float | None:
    """The x of a clear gap between two columns of running text, None on an ordinary page."""
    lines = page.lines
    if len(lines) < _FEWEST or page.tables:
        return None
    if sum(1 for line in lines if len(line.parts) > 1) < _FEWEST:
        return None
    runs = [run for line in lines for run in line.parts]
    low, high = min(run.left for run in runs), max(run.right for run in runs)
    width = high - low
    for step in range(41):
        x = low + width * (_MIDDLE[0] + (_MIDDLE[1] - _MIDDLE[0]) * step / 40)
        crossing = sum(1 for line in lines if any(run.left < x < run.right for run in line.parts))
        if crossing > _ACROSS * len(lines):
            continue
        both = [
            line
            for line in lines
            if any(run.right <= x for run in line.parts) and any(run.left >= x for run in line.parts)
        ]
        if len(both) < _FEWEST or len(both) < 0.5 * len(lines):
            continue
        if _fills(both, low, x, left_side=True) and _fills(both, x, high, left_side=False):
            return x
    return None


def _fills(lines: list[TextLine], low: float, high: float, *, left_side: bool) -> bool:
    """Whether the runs on one side fill it as running text does, not as the cells of a list do."""
    full = 0
    for line in lines:
        runs = [run for run in line.parts if (run.right <= high if left_side else run.left >= low)]
        if runs and max(r.right for r in runs) - min(r.left for r in runs) > _TEXTURE * (high - low):
            full += 1
    return full > 0.6 * len(lines)
