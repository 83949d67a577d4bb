"""The two-track drawing: our eight stages above, the customer's own steps below, the gap between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from bidkit.documents.cells import width_of
from bidkit.documents.reports.model import StageMark, StageState, Track
from bidkit.documents.reports.wording import say
from bidkit.kernel.language import Language
from bidkit.vocabulary.stages import StageModel

WIDTH = 188.0
_LEFT, _COLUMN, _RADIUS = 14.0, 21.75, 3.3
_OURS, _THEIRS = 7.0, 12.5  # y of our lane; their lane below the bridge between the two
_NAME_UNITS, _NAME_LINES, _NAME, _STATE, _STEP = 17, 3, 2.3, 2.1, 2.2
_LEADING = 1.28
_FAMILY = "Bidkit Sans"  # as `documents.fonts` has it, which loads Pango: a sheet's words need none

_FILL = {
    StageState.COMPLETED: ("#1f3a5f", "#1f3a5f", "#ffffff"),
    StageState.WAIVED: ("#fdf3e1", "#b7791f", "#92600f"),
    StageState.ENTERED: ("#ffffff", "#1f3a5f", "#1f3a5f"),
    StageState.BLOCKED: ("#fdecec", "#b91c1c", "#b91c1c"),
    StageState.AHEAD: ("#f3f6fa", "#c9d3df", "#8a94a3"),
}
_PACE = {"in_sync": "#2f6b4f", "ahead": "#4f6f9f", "behind": "#b91c1c", "unknown": "#6b7280"}
_INK, _MUTED, _RAIL = "#1f2937", "#6b7280", "#c9d3df"
_PALE, _DONE = "#8a94a3", "#1f3a5f"
_CUSTOMER, _FADED, _PASSED = "#4f8a8b", "#a9c6c6", "#d7e6e6"
_STATE_INK = {
    StageState.COMPLETED: _DONE,
    StageState.WAIVED: "#92600f",
    StageState.ENTERED: _DONE,
    StageState.BLOCKED: "#b91c1c",
    StageState.AHEAD: _PALE,
}
_NEVER_FIRST = frozenset("，。、；：）》”,.;:)")


@dataclass(frozen=True, slots=True)
class _Plan:
    """The words of every stage in lines, and the heights that follow from how many lines there are."""

    names: tuple[list[str], ...]
    states: tuple[list[str], ...]
    steps: tuple[list[str], ...]

    @property
    def states_at(self) -> float:
        return _OURS + 7.2 + _tall(self.names) * _NAME * _LEADING + 0.6

    @property
    def bridge(self) -> float:
        return self.states_at + _tall(self.states) * _STATE * _LEADING + 0.2

    @property
    def theirs(self) -> float:
        return self.bridge + _THEIRS

    @property
    def height(self) -> float:
        return self.theirs + 5.4 + _tall(self.steps) * _STEP * _LEADING


def stage_drawing(track: Track, model: StageModel, language: Language) -> str:
    """An SVG 188 units wide (millimetres on paper) that needs no style sheet and names no resource.

    Every state is told by a word as well as by its colour, so that a print in grey says the same.
    """
    plan = _Plan(
        tuple(wrapped(stage.label.of(language), _NAME_UNITS)[:_NAME_LINES] for stage in model.stages),
        tuple(_state_lines(mark, language) for mark in track.marks),
        tuple(wrapped(stage.step_label.of(language), _NAME_UNITS)[:_NAME_LINES] for stage in model.stages),
    )
    parts = [*_our_lane(track, plan, language), *_their_lane(track, plan, language), *_bridge(track, plan, language)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {plan.height:.4g}" role="img" '
        f'aria-label="{escape(pace_text(track, language))}" '
        f"font-family=\"'{_FAMILY}', 'Noto Sans CJK SC', sans-serif\">{''.join(parts)}</svg>"
    )


def pace_text(track: Track, language: Language) -> str:
    """In sync, ahead or behind by so many steps, or unknown and why."""
    if track.pace == "unknown":
        return say(f"pace.unknown.{track.why_unknown or 'never-seen'}", language)
    return say(f"pace.{track.pace}", language, count=abs(track.gap or 0))


def rest_text(entered: int, completed: int, language: Language) -> str:
    """Where the deal stands in the two facts of the process, such as "3 completed, 4 not entered"."""
    if entered == 0:
        return say("position.none", language)
    if completed < entered:
        return say("position.entered", language, stage=entered)
    code = "position.rests" if entered < 8 else "position.done"
    return say(code, language, stage=completed, next=completed + 1)


def _our_lane(track: Track, plan: _Plan, language: Language) -> Iterable[str]:
    last = len(track.marks)
    rests = 0 < track.completed == track.entered < last
    reached = track.entered + 0.5 if rests else track.entered
    yield _words(0, _OURS + 1, [say("track.ours", language)], 2.6, _INK, weight=600, anchor="start")
    yield _line(_x(1), _x(last), _OURS, _RAIL)
    if reached > 1:
        yield _line(_x(1), _x(reached), _OURS, _DONE)
    if rests:
        yield f'<path d="M{_x(reached) - 1.5:g} {_OURS - 3.9:g} h3 l-1.5 2.4 z" fill="{_DONE}"/>'
    for mark, name, state in zip(track.marks, plan.names, plan.states, strict=True):
        x, ink = _x(mark.number), _STATE_INK[mark.state]
        yield from _node(mark, x)
        yield _words(x, _OURS + 7.2, name, _NAME, _MUTED if mark.state is StageState.AHEAD else _INK)
        yield _words(x, plan.states_at, state, _STATE, ink)


def _node(mark: StageMark, x: float) -> Iterable[str]:
    fill, edge, ink = _FILL[mark.state]
    width = 0.9 if mark.state in (StageState.ENTERED, StageState.BLOCKED) else 0.45
    yield f'<circle cx="{x:g}" cy="{_OURS:g}" r="{_RADIUS:g}" fill="{fill}" stroke="{edge}" stroke-width="{width}"/>'
    if mark.state is StageState.COMPLETED:
        yield (
            f'<path d="M{x - 1.5:g} {_OURS + 0.1:g} l1.1 1.2 l2 -2.5" fill="none" stroke="{ink}" '
            'stroke-width="0.7" stroke-linecap="round" stroke-linejoin="round"/>'
        )
    else:
        yield _words(x, _OURS + 1.05, [str(mark.number)], 2.9, ink, weight=600)


def _state_lines(mark: StageMark, language: Language) -> list[str]:
    lines = [say(f"stage.{mark.state}", language, count=mark.waived)]
    if mark.state in (StageState.ENTERED, StageState.BLOCKED):
        lines.append(say("stage.open", language, count=mark.open))
    if mark.state not in (StageState.AHEAD, StageState.WAIVED) and mark.waived:
        lines.append(say("stage.waived", language, count=mark.waived))
    if mark.scored_of and mark.state is not StageState.AHEAD:
        lines.append(say("stage.scored", language, count=mark.scored, of=mark.scored_of))
    return lines


def _their_lane(track: Track, plan: _Plan, language: Language) -> Iterable[str]:
    y, at = plan.theirs, track.customer or 0
    # A step nobody can vouch for any more is drawn hollow.
    sure = track.pace != "unknown"
    yield _words(0, y + 1, [say("track.theirs", language)], 2.6, _INK, weight=600, anchor="start")
    yield _line(_x(1), _x(len(plan.steps)), y, _RAIL)
    if at > 1:
        yield _line(_x(1), _x(at), y, _CUSTOMER if sure else _FADED)
    for number, step in enumerate(plan.steps, start=1):
        x, here = _x(number), number == at
        fill = _CUSTOMER if sure and here else _PASSED if number < at else "#ffffff"
        edge = _CUSTOMER if number <= at else _RAIL
        ink = "#ffffff" if sure and here else _CUSTOMER if number <= at else _PALE
        yield (
            f'<circle cx="{x:g}" cy="{y:.4g}" r="{2.9 if here else 1.9}" fill="{fill}" stroke="{edge}" '
            f'stroke-width="{0.8 if here else 0.4}"/>'
        )
        yield _words(x, y + (0.95 if here else 0.7), [str(number)], 2.6 if here else 1.9, ink)
        yield _words(x, y + 6.2, step, _STEP, _INK if here else _MUTED, weight=600 if here else 400)


def _bridge(track: Track, plan: _Plan, language: Language) -> Iterable[str]:
    """The gap: from our last entered stage to the customer's step, with its length in words."""
    colour, text, y = _PACE[track.pace], pace_text(track, language), plan.bridge
    ours = _x(max(track.entered, 0.55))
    theirs = _x(track.customer) if track.customer else ours
    if track.customer:
        dashes = ' stroke-dasharray="1 0.8"' if track.pace == "unknown" else ""
        yield (
            f'<path d="M{ours:g} {y - 1.6:.4g} V{y + 2.3:.4g} H{theirs:g} V{plan.theirs - 3.8:.4g}" fill="none" '
            f'stroke="{colour}" stroke-width="0.6"{dashes}/>'
            f'<path d="M{theirs - 1.1:g} {plan.theirs - 5:.4g} h2.2 l-1.1 1.7 z" fill="{colour}"/>'
        )
    wide = width_of(text) * 1.16 + 5
    middle = min(max((ours + theirs) / 2, _LEFT + wide / 2), WIDTH - wide / 2)
    yield f'<rect x="{middle - wide / 2:.4g}" y="{y:.4g}" width="{wide:.4g}" height="4.6" rx="2.3" fill="{colour}"/>'
    yield _words(middle, y + 3.1, [text], 2.3, "#ffffff")


def _line(start: float, end: float, y: float, colour: str) -> str:
    return f'<path d="M{start:g} {y:g} H{end:g}" stroke="{colour}" stroke-width="0.8" fill="none"/>'


def _words(
    x: float, y: float, lines: list[str], size: float, colour: str, *, weight: int = 400, anchor: str = "middle"
) -> str:
    return "".join(
        f'<text x="{x:g}" y="{y + number * size * _LEADING:.4g}" font-size="{size:g}" font-weight="{weight}" '
        f'text-anchor="{anchor}" fill="{colour}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )


def wrapped(text: str, units: int) -> list[str]:
    """`text` in as few lines as `units` Latin letters a line allow, of much the same length.

    Latin words stay whole, Chinese breaks anywhere, a closing sign never begins a line.
    """
    fewest = _broken(text, units)
    for narrower in range(units - 1, 3, -1):
        lines = _broken(text, narrower)
        if len(lines) > len(fewest) or max(map(width_of, lines), default=0) > units:
            break
        fewest = lines
    return fewest


def _broken(text: str, units: int) -> list[str]:
    lines = [""]
    for piece in _pieces(text):
        fits = width_of((lines[-1] + piece).rstrip()) <= units
        if fits or not lines[-1] or piece in _NEVER_FIRST:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [line.strip() for line in lines if line.strip()]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for sign in text:
        latin = width_of(sign) == 1
        glued = bool(pieces) and latin and not pieces[-1].endswith(" ") and width_of(pieces[-1][-1]) == 1
        if glued or (pieces and sign == " "):
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def _tall(texts: Iterable[list[str]]) -> int:
    return max(map(len, texts), default=0)


def _x(stage: float) -> float:
    return _LEFT + (stage - 0.5) * _COLUMN
