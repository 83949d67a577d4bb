"""Pandoc's drawn tables in Markdown (grid, simple and multiline), which CommonMark does not know, as html tables."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

_GRID_EDGE = re.compile(r"^\s*\+(?:[-=:]+\+)+\s*$")
_GRID_LINE = re.compile(r"^\s*[|+].*[|+]\s*$")
_RULES = re.compile(r"^\s*-{2,}(?: +-{2,})+\s*$")
_FULL_RULE = re.compile(r"^\s*-{10,}\s*$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_TALLEST = 1_000  # lines
_FILLER = "\0"  # the second half of a character two columns wide

Render = Callable[[str], str]


def tables_as_html(text: str, render: Render) -> str:
    """`text` with every drawn table replaced by an html table whose cells are `render`ed Markdown."""
    lines, out, place, fenced = text.split("\n"), [], 0, False
    while place < len(lines):
        fenced ^= bool(_FENCE.match(lines[place]))
        end, rows, headers = (place, [], 0) if fenced else _table_at(lines, place)
        end = max(end, place + 1)
        out.extend(["", _html(rows, headers, render), ""] if rows else lines[place:end])
        place = end
    return "\n".join(out)


@dataclass(slots=True)
class _Cell:
    lines: list[str] = field(default_factory=list)
    rowspan: int = 1
    colspan: int = 1


Rows = list[list[_Cell]]


def _table_at(lines: list[str], place: int) -> tuple[int, Rows, int]:
    """(line after what was looked at, rows, number of header rows); no rows where no table starts there."""
    if _GRID_EDGE.match(lines[place]):
        return _grid(lines, place)
    if _FULL_RULE.match(lines[place]) and any(_RULES.match(line) for line in lines[place + 1 : place + 8]):
        return _multiline(lines, place)
    if place + 1 < len(lines) and _RULES.match(lines[place + 1]) and lines[place].strip():
        return _simple(lines, place)
    return place, [], 0


def _grid(lines: list[str], start: int) -> tuple[int, Rows, int]:
    end = start
    while end < len(lines) and (_GRID_EDGE.match(lines[end]) or _GRID_LINE.match(lines[end])):
        end += 1
    while end > start and not _GRID_EDGE.match(lines[end - 1]):
        end -= 1
    drawn = [_by_width(line.strip()) for line in lines[start:end]]
    edges = sorted({i for line in drawn if set(line) <= set("+-=:") for i, char in enumerate(line) if char == "+"})
    rows: Rows = []
    headers = 0
    open_cells: dict[int, _Cell] = {}
    for line in drawn[1:] if len(drawn) > 1 else []:
        columns = list(pairwise(edges))
        ruled = [left for left, right in columns if _is_rule(line[left + 1 : right])]
        if ruled and len(ruled) == len(columns):
            headers = len(rows) if "=" in line else headers
            open_cells = {}
        elif ruled:
            for left, cell in list(open_cells.items()):
                if left in ruled:
                    del open_cells[left]
                else:
                    cell.rowspan += 1
            rows.append([])
            _add_line(line, columns, open_cells, rows[-1], frozenset(ruled))
        else:
            if not open_cells:
                rows.append([])
            _add_line(line, columns, open_cells, rows[-1], frozenset())
    return end, rows, headers


def _add_line(
    line: str, columns: list[tuple[int, int]], cells: dict[int, _Cell], row: list[_Cell], ruled: frozenset[int]
) -> None:
    index = 0
    while index < len(columns):
        left, right = columns[index]
        span = 1
        while index + span < len(columns) and line[right : right + 1] not in ("|", "+"):
            right, span = columns[index + span][1], span + 1
        if left not in ruled:
            if left not in cells:
                cells[left] = _Cell(colspan=span)
                row.append(cells[left])
            cells[left].lines.append(line[left + 1 : right].replace(_FILLER, ""))
        index += span


def _is_rule(text: str) -> bool:
    return bool(text) and set(text) <= set("-=:+")


def _multiline(lines: list[str], start: int) -> tuple[int, Rows, int]:
    rules = next(i for i in range(start + 1, start + 8) if _RULES.match(lines[i]))
    columns = _columns(lines[rules])
    end = next((i for i in range(rules + 1, min(len(lines), rules + _TALLEST)) if _FULL_RULE.match(lines[i])), None)
    if end is None:
        return start, [], 0
    rows: Rows = [_cut(lines[start + 1 : rules], columns)]
    body: list[str] = []
    for line in [*lines[rules + 1 : end], ""]:
        if line.strip():
            body.append(line)
        elif body:
            rows.append(_cut(body, columns))
            body = []
    return end + 1, rows, 1


def _simple(lines: list[str], start: int) -> tuple[int, Rows, int]:
    columns = _columns(lines[start + 1])
    end = start + 2
    while end < len(lines) and lines[end].strip() and not _RULES.match(lines[end]):
        end += 1
    rows: Rows = [_cut([line], columns) for line in (lines[start], *lines[start + 2 : end])]
    return end + (end < len(lines) and bool(_RULES.match(lines[end]))), rows, 1


def _columns(rules: str) -> list[tuple[int, int]]:
    starts = [match.start() for match in re.finditer(r"-+", rules)]
    return list(zip(starts, [*starts[1:], 10**6], strict=True))


def _cut(lines: list[str], columns: list[tuple[int, int]]) -> list[_Cell]:
    wide = [_by_width(line) for line in lines]
    return [_Cell([line[left:right].replace(_FILLER, "") for line in wide]) for left, right in columns]


def _by_width(line: str) -> str:
    """`line` with a filler after each character two columns wide, so that places are columns."""
    return "".join(char + _FILLER if unicodedata.east_asian_width(char) in "WF" else char for char in line)


def _html(rows: Rows, headers: int, render: Render) -> str:
    out = ["<table>"]
    for index, row in enumerate(rows):
        tag = "th" if index < headers else "td"
        cells = "".join(
            f'<{tag} rowspan="{cell.rowspan}" colspan="{cell.colspan}">{_content(cell, render)}</{tag}>' for cell in row
        )
        out.append(f"<tr>{cells}</tr>")
    return "\n".join([*out, "</table>"])


def _content(cell: _Cell, render: Render) -> str:
    text = "\n".join(line.strip() for line in cell.lines).strip()
    rendered = render(text) if text else html.escape(text)
    return re.sub(r"\n\s*\n+", "\n", rendered).strip()
