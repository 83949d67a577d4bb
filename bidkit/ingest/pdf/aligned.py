"""Tables without ruling lines: at least three lines in a row whose pieces stand in the same columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from bidkit.ingest.pdf.grid import Grid, GridCell
from bidkit.ingest.pdf.lines import TextLine, text_lines
from bidkit.ingest.pdf.paragraphs import starts_list
from bidkit.ingest.pdf.runs import Run

_FEWEST_ROWS = 3
_GAP = 1.2
_SAME_LEFT = 0.6
_LOOSEST = 2.6
_LEADERS = re.compile(r"\.{4,}|…{2,}|·{4,}|_{4,}")
_LABELLED = re.compile(r"^[^:：]{1,12}[:：]\s*\S")
_RUNNING_ON = re.compile("[，。、；：,;.)）]")
_LABEL_END = re.compile(r"[:：]\s*$")

Found = tuple[Grid, dict[int, list[TextLine]]]


def aligned_tables(lines: list[TextLine]) -> tuple[list[Found], list[TextLine]]:
    """The tables among `lines` as grids with the lines of their cells, and the lines that stand outside of them.

    Rows have three columns, or two that read neither as labels with values nor as running text; lists are none.
    """
    tables: list[Found] = []
    rest: list[TextLine] = []
    place = 0
    while place < len(lines):
        rows = _rows_from(lines, place)
        if len(rows) >= _FEWEST_ROWS:
            tables.append(_grid(rows))
            place += sum(len(row) for row in rows)
        else:
            rest.append(lines[place])
            place += 1
    return tables, rest


def _rows_from(lines: Sequence[TextLine], place: int) -> list[list[TextLine]]:
    """The rows of a table that starts with line `place`, each with the lines that go on below it."""
    first = lines[place]
    if not _is_row(first):
        return []
    rows: list[list[TextLine]] = []
    for before, line in pairwise([first, *lines[place:]]):
        if rows and line.middle - before.middle > _LOOSEST * line.size:
            break
        if _is_row(line) and _same_columns(first, line):
            rows.append([line])
        elif rows and _goes_on(first, line):
            rows[-1].append(line)
        else:
            break
    return rows


def _is_row(line: TextLine) -> bool:
    parts = line.parts
    if len(parts) < 2 or _LEADERS.search(line.text):
        return False
    if any(right.left - left.right < _GAP * line.size for left, right in pairwise(parts)):
        return False
    if any(_LABEL_END.search(part.text) or not any(map(str.isalnum, part.text)) for part in parts):
        return False
    if len(parts) > 2:
        return not any(_RUNNING_ON.match(part.text) for part in parts)
    if starts_list(f"{parts[0].text} "):
        return False
    return not any(part.text[0].islower() or _LABELLED.search(part.text) for part in parts)


def _same_columns(first: TextLine, line: TextLine) -> bool:
    return len(first.parts) == len(line.parts) and all(
        _stands_at(a, b, line.size) for a, b in zip(first.parts, line.parts, strict=True)
    )


def _goes_on(first: TextLine, line: TextLine) -> bool:
    """Whether all of `line` stands in columns of the table after the first one."""
    return all(any(_stands_at(column, part, line.size) for column in first.parts[1:]) for part in line.parts)


def _stands_at(a: Run, b: Run, size: float) -> bool:
    return abs(a.left - b.left) < _SAME_LEFT * size


def _grid(rows: list[list[TextLine]]) -> Found:
    lines = [line for row in rows for line in row]
    columns = rows[0][0].parts
    lefts = [min(r.left for line in lines for r in line.parts if _stands_at(c, r, line.size)) - 1 for c in columns]
    xs = np.array([*lefts, max(line.right for line in lines) + 1], np.float32)
    tops = [row[0].top for row in rows]
    ys = np.array([*tops, rows[-1][-1].bottom], np.float32)
    cells: list[GridCell] = []
    texts: dict[int, list[TextLine]] = {}
    for index, row in enumerate(rows):
        runs = [run for line in row for run in line.parts]
        for column in range(len(columns)):
            left, right = float(xs[column]), float(xs[column + 1])
            texts[len(cells)] = text_lines([run for run in runs if left <= run.left < right])
            cells.append(GridCell(index, column, 1, 1, left, float(ys[index]), right, float(ys[index + 1])))
    squares = np.arange(len(cells)).reshape(len(rows), len(columns))
    return Grid(xs, ys, tuple(cells), squares), {cell: found for cell, found in texts.items() if found}
