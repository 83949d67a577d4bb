"""Charts of a negotiation as SVG: the front of packages with ours on it, and the ladder of concessions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label

_WIDE, _HIGH, _LEFT, _TOP, _RIGHT, _BOTTOM = 640, 360, 86, 26, 44, 52
_INK, _QUIET, _LINE, _OURS, _MARK = "#1f2937", "#5b6472", "#d5dae1", "#1f3a5f", "#b3261e"


def front_svg(
    points: Sequence[tuple[float, float]],
    marked: Sequence[tuple[str, float, float]],
    language: Language,
    *,
    money: bool,
) -> str:
    """The front as (our value, their value) with named packages on it; axes named in words.

    `money` False prints no amounts on our axis, for readers who may not know them.
    """
    xs = [x for x, _ in points] + [x for _, x, _ in marked]
    ys = [y for _, y in points] + [y for _, _, y in marked]
    if not xs:
        return _svg("", language, "chart.front")
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    right, high = (right if right > left else left + 1), (high if high > low else low + 0.01)

    def place(x: float, y: float) -> tuple[float, float]:
        across = _LEFT + (x - left) / (right - left) * (_WIDE - _LEFT - _RIGHT)
        return across, _HIGH - _BOTTOM - (y - low) / (high - low) * (_HIGH - _TOP - _BOTTOM)

    parts = [_axes(language)]
    for step in range(5):
        x, y = left + (right - left) * step / 4, low + (high - low) * step / 4
        across, _ = place(x, low)
        _, down = place(left, y)
        shown = f"{x:,.0f}" if money else ""
        parts.append(_text(across, _HIGH - _BOTTOM + 16, shown, "middle", _QUIET))
        parts.append(_text(_LEFT - 8, down + 4, f"{y:.0%}", "end", _QUIET))
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*p) for p in sorted(points)))
    parts.append(f'<polyline points="{line}" fill="none" stroke="{_OURS}" stroke-width="1.5"/>')
    parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{_OURS}"/>' for x, y in (place(*p) for p in points)]
    taken: list[float] = []
    for name, x, y in marked:
        across, down = place(x, y)
        side = "end" if across > _WIDE * 0.7 else "start"
        parts.append(f'<circle cx="{across:.1f}" cy="{down:.1f}" r="6" fill="none" stroke="{_MARK}" stroke-width="2"/>')
        at = down - 9
        while any(abs(at - other) < 14 for other in taken):
            at += 14
        taken.append(at)
        parts.append(_text(across + (-9 if side == "end" else 9), at, name, side, _MARK))
    return _svg("".join(parts), language, "chart.front")


def ladder_svg(steps: Sequence[Decimal], language: Language, currency: str) -> str:
    """The steps of concession as bars that shrink, each with its amount."""
    if not steps or max(steps) <= 0:
        return _svg(
            _text(_WIDE / 2, _HIGH / 2, label("negotiation", "chart.no_room", language), "middle", _QUIET),
            language,
            "chart.ladder",
        )
    tallest, width = float(max(steps)), (_WIDE - _LEFT - _RIGHT) / len(steps)
    parts = []
    for number, step in enumerate(steps):
        tall = float(step) / tallest * (_HIGH - _TOP - _BOTTOM)
        x, y = _LEFT + number * width + width * 0.15, _HIGH - _BOTTOM - tall
        parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width * 0.7:.1f}" height="{tall:.1f}" fill="{_OURS}"/>')
        parts.append(_text(x + width * 0.35, y - 6, f"{step:,.0f} {currency}", "middle", _INK))
        named = label("negotiation", "chart.round", language).format(number=number + 1)
        parts.append(_text(x + width * 0.35, _HIGH - _BOTTOM + 18, named, "middle", _QUIET))
    base = _HIGH - _BOTTOM
    parts.append(f'<line x1="{_LEFT}" y1="{base}" x2="{_WIDE - _RIGHT}" y2="{base}" stroke="{_LINE}"/>')
    return _svg("".join(parts), language, "chart.ladder")


def _axes(language: Language) -> str:
    base = _HIGH - _BOTTOM
    lines = f'<path d="M{_LEFT},{_TOP}V{base}H{_WIDE - _RIGHT}" fill="none" stroke="{_LINE}"/>'
    ours, theirs = (label("negotiation", code, language) for code in ("chart.ours", "chart.theirs"))
    return (
        lines
        + _text((_LEFT + _WIDE) / 2, _HIGH - 10, ours, "middle", _QUIET)
        + _text(_LEFT, 16, theirs, "start", _QUIET)
    )


def _text(x: float, y: float, text: str, anchor: str, colour: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="12">{escape(text)}</text>'


def _svg(inner: str, language: Language, title: str) -> str:
    named = escape(label("negotiation", title, language))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" height="{_HIGH}" '
        f'role="img" aria-label="{named}"><title>{named}</title>{inner}</svg>'
    )
