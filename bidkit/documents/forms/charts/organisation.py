"""The customer's organisation as a tree drawn from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bidkit.documents.forms.charts.draw import (
    ATTITUDES,
    HEAD,
    INK,
    LINE,
    MUTED,
    PALE,
    UNKNOWN,
    box,
    drawing,
    folded,
    path,
    words,
)
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label

_GAP_X, _GAP_Y, _PAD, _BAR = 7.0, 2.2, 1.6, 1.1
_NAME, _SMALL, _LEADING = 2.7, 2.3, 1.3
_LEGEND = 8.0


@dataclass(slots=True)
class _Node:
    """One box: its lines as (text, size, colour), its children, and where it stands."""

    key: str
    lines: list[tuple[str, float, str]]
    bar: str
    reports_to: str = ""
    children: list[_Node] = field(default_factory=list)
    x: float = 0.0
    y: float = 0.0

    @property
    def height(self) -> float:
        return 2 * _PAD + sum(size * _LEADING for _, size, _ in self.lines)


def organisation_svg(
    nodes: Sequence[Mapping[str, Any]],
    language: Language,
    *,
    names: Mapping[str, str] | None = None,
    attitudes: Mapping[str, int] | None = None,
    width: float = 182.0,
    tallest: float = 225.0,
) -> str:
    """The rows of `org_chart.nodes` as one SVG `width` millimetres wide and at most `tallest` high.

    A node without a known parent is a root; a ring is opened at its first node. `names` are people's names by contact
    id, `attitudes` -2 to 2 by contact id, shown as the colour of the box's edge. "" where there are no nodes.
    """
    trees = _trees(nodes, _depths(nodes), names or {}, attitudes or {}, width)
    if not trees:
        return ""
    columns = max(_depth(tree) for tree in trees)
    step = (width + _GAP_X) / columns
    y = 0.0
    for tree in trees:
        y = _place(tree, 0.0, y, step)
    height = y - _GAP_Y
    marks = [mark for tree in trees for mark in _marks(tree, step - _GAP_X)]
    marks += _dashed(trees, step - _GAP_X)
    if attitudes:
        marks += _legend(height + 5.0, language)
        height += _LEGEND
    title = label("forms", "chart.org.title", language)
    scale = min(1.0, tallest / height)
    if scale < 1:
        left = (width - width * scale) / 2
        marks = [f'<g transform="translate({left:.2f} 0) scale({scale:.4f})">', *marks, "</g>"]
    return drawing(width, height * scale, title, marks)


def _depths(nodes: Sequence[Mapping[str, Any]]) -> int:
    """How many columns the deepest chain of parents needs, at most the number of nodes."""
    parents = {str(node.get("node_id", "")): str(node.get("parent_id") or "") for node in nodes}
    deepest = 1
    for key in parents:
        seen = [key]
        while (above := parents.get(seen[-1], "")) in parents and above not in seen:
            seen.append(above)
        deepest = max(deepest, len(seen))
    return deepest


def _trees(
    rows: Sequence[Mapping[str, Any]],
    columns: int,
    names: Mapping[str, str],
    attitudes: Mapping[str, int],
    width: float,
) -> list[_Node]:
    room = (width + _GAP_X) / columns - _GAP_X - 2 * _PAD - _BAR
    made = [_node(str(row.get("node_id") or ""), row, room, names, attitudes) for row in rows]
    known: dict[str, _Node] = {}
    for node in made:
        known.setdefault(node.key, node)
    roots = []
    for row, node in zip(rows, made, strict=True):
        above = known.get(str(row.get("parent_id") or "")) if row.get("parent_id") else None
        if above is None or above is node or _is_below(above, node):
            roots.append(node)
        else:
            above.children.append(node)
    return roots


def _is_below(node: _Node, ancestor: _Node) -> bool:
    return any(child is node or _is_below(node, child) for child in ancestor.children)


def _node(
    key: str,
    row: Mapping[str, Any],
    room: float,
    names: Mapping[str, str],
    attitudes: Mapping[str, int],
) -> _Node:
    lines = [(text, _NAME, HEAD) for text in folded(str(row.get("unit") or "?"), room, _NAME, 2)]
    person = str(row.get("person") or "")
    if person:
        lines += [(text, _NAME, INK) for text in folded(names.get(person, person), room, _NAME, 2)]
    if row.get("position"):
        lines += [(text, _SMALL, MUTED) for text in folded(str(row["position"]), room, _SMALL, 2)]
    attitude = attitudes.get(person)
    bar = ATTITUDES.get(attitude, UNKNOWN) if attitude is not None else (UNKNOWN if person else LINE)
    return _Node(key, lines, bar, str(row.get("reports_to") or ""))


def _depth(node: _Node) -> int:
    return 1 + max((_depth(child) for child in node.children), default=0)


def _place(node: _Node, x: float, y: float, step: float) -> float:
    """Put the node and what is below it from `y` downwards; gives where the next one may begin."""
    node.x = x
    bottom = y
    for child in node.children:
        bottom = _place(child, x + step, bottom, step)
    if not node.children:
        node.y = y
        return y + node.height + _GAP_Y
    first, last = node.children[0], node.children[-1]
    middle = (first.y + last.y + last.height) / 2
    node.y = max(y, middle - node.height / 2)
    return max(bottom, node.y + node.height + _GAP_Y)


def _marks(node: _Node, width: float) -> Iterable[str]:
    for child in node.children:
        start, turn = (node.x + width, node.y + node.height / 2), child.x - _GAP_X / 2
        yield path([start, (turn, start[1]), (turn, child.y + child.height / 2), (child.x, child.y + child.height / 2)])
        yield from _marks(child, width)
    yield box(node.x, node.y, width, node.height, PALE, LINE)
    yield box(node.x, node.y, _BAR, node.height, node.bar, radius=0.4)
    y = node.y + _PAD
    for number, (text, size, colour) in enumerate(node.lines):
        y += size * _LEADING
        yield words(node.x + _BAR + _PAD, y - size * 0.28, text, size, colour, bold=number == 0)


def _dashed(trees: list[_Node], width: float) -> Iterable[str]:
    """Who reports to somebody else than the box above."""
    everyone = {node.key: node for tree in trees for node in _all(tree)}
    for node in everyone.values():
        chief = everyone.get(node.reports_to)
        if chief is not None and chief is not node and node not in chief.children:
            turn = node.x - _GAP_X / 2 + 1.0
            start = (node.x, node.y + node.height * 0.75)
            yield path(
                [
                    start,
                    (turn, start[1]),
                    (turn, chief.y + chief.height + 0.8),
                    (chief.x + width / 2, chief.y + chief.height + 0.8),
                    (chief.x + width / 2, chief.y + chief.height),
                ],
                MUTED,
                dashed=True,
            )


def _all(node: _Node) -> Iterable[_Node]:
    yield node
    for child in node.children:
        yield from _all(child)


def _legend(y: float, language: Language) -> Iterable[str]:
    x = 0.0
    for attitude, colour in ATTITUDES.items():
        yield box(x, y - 2.2, 2.6, 2.6, colour)
        yield words(x + 3.6, y, label("forms", f"chart.attitude.{attitude}", language), _SMALL, MUTED)
        x += 24.0
