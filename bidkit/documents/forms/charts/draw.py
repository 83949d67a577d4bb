"""Marks on a drawing measured in millimetres."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import accumulate

from bidkit.documents.cells import clean, width_of
from bidkit.documents.fonts import FAMILY

INK, MUTED, LINE, PALE, HEAD = "#1f2937", "#6b7280", "#c9d3df", "#f3f6fa", "#1f3a5f"
ATTITUDES = {-2: "#b91c1c", -1: "#d97a3a", 0: "#8a94a3", 1: "#5f9e7e", 2: "#2f6b4f"}
UNKNOWN = "#d5dae1"
_LETTER = 0.53  # how wide half an em prints, a little on the safe side
_NEVER_FIRST = frozenset("，。、；：）》”,.;:)")


def drawing(width: float, height: float, title: str, marks: Iterable[str]) -> str:
    """A whole SVG; `title` is read out to those who cannot see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.2f} {height:.2f}" width="{width:.2f}mm" '
        f'height="{height:.2f}mm" role="img" font-family="\'{FAMILY}\', \'Noto Sans CJK SC\', sans-serif">'
        f"<title>{escape(title)}</title>{''.join(marks)}</svg>"
    )


def box(x: float, y: float, width: float, height: float, fill: str, edge: str = "none", radius: float = 0.8) -> str:
    """A rectangle."""
    return (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" rx="{radius}" '
        f'fill="{fill}" stroke="{edge}" stroke-width="0.25"/>'
    )


def path(points: Iterable[tuple[float, float]], colour: str = LINE, *, dashed: bool = False) -> str:
    """A line through points."""
    way = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
    dashes = ' stroke-dasharray="1 0.8"' if dashed else ""
    return f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="0.35"{dashes}/>'


def words(
    x: float, y: float, text: str, size: float = 2.6, colour: str = INK, *, anchor: str = "start", bold: bool = False
) -> str:
    """A line of text whose baseline begins, or is centred or ends, at a point."""
    weight = ' font-weight="600"' if bold else ""
    place = f'x="{x:.2f}" y="{y:.2f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}'
    return f"<text {place}>{escape(clean(text))}</text>"


def folded(text: str, width: float, size: float, limit: int) -> list[str]:
    """`text` in at most `limit` lines that fit into `width`, broken at spaces where there are any.

    The last line ends in "…" where something was left out.
    """
    room = max(int(width / (size * _LETTER)), 2)
    lines: list[str] = []
    rest = " ".join(clean(text).split())
    while rest and len(lines) < limit:
        kept = _fitting(rest, room if len(lines) + 1 < limit or width_of(rest) <= room else room - 2)
        lines.append(kept.rstrip())
        rest = rest[len(kept) :].lstrip()
    if rest and lines:
        lines[-1] += "…"
    return lines


def _fitting(text: str, room: int) -> str:
    if width_of(text) <= room:
        return text
    widths = accumulate(width_of(sign) for sign in text)
    end = max(next(place for place, used in enumerate(widths) if used > room), 1)
    if text[end] in _NEVER_FIRST and end > 1:
        end -= 1
    space = text.rfind(" ", 0, end + 1)
    splits_word = text[end].isascii() and text[end - 1].isascii() and text[end] != " "
    return text[:space] if splits_word and space > end // 2 else text[:end]
