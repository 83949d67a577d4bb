"""From ruling lines to tables: grids of cells, each cell a rectangle with its first row, first column and spans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bidkit.ingest.pdf.engine import Floats, Ints

Mask = npt.NDArray[np.bool_]

TOUCH = 3.0
_SAME = 3.0
_COVERED = 0.7
_FRAME_SHARE = 0.8
_MOST_LINES = 3_000
_MOST_SQUARES = 40_000


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: rows `row` up to before `row + rows`, columns likewise; the rectangle in points."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table on one page: its borders, its cells, and for each square of the grid the index of its cell."""

    xs: Floats
    ys: Floats
    cells: tuple[GridCell, ...]
    squares: Ints

    @property
    def left(self) -> float:
        """The left border."""
        return float(self.xs[0])

    @property
    def right(self) -> float:
        """The right border."""
        return float(self.xs[-1])

    @property
    def top(self) -> float:
        """The upper border."""
        return float(self.ys[0])

    @property
    def bottom(self) -> float:
        """The lower border."""
        return float(self.ys[-1])

    @property
    def area(self) -> float:
        """In square points."""
        return (self.right - self.left) * (self.bottom - self.top)


def grids(across: Floats, down: Floats, width: float, height: float) -> list[Grid]:
    """The tables drawn with these lines on a page of this size, largest first; frames and single boxes are none."""
    if len(across) < 2 or len(down) < 1 or len(across) > _MOST_LINES or len(down) > _MOST_LINES:
        return []
    found = []
    for rows, columns in _components(across, down):
        grid = _grid(across[rows], down[columns])
        if grid is None or len(grid.cells) < 2:
            continue
        if len(grid.cells) <= 2 and grid.area > _FRAME_SHARE * width * height:
            continue
        found.append(grid)
    return sorted(found, key=lambda grid: -grid.area)


def _components(across: Floats, down: Floats) -> list[tuple[Mask, Mask]]:
    """Groups of lines that hang together by touching, as masks over both arrays."""
    y, left, right = (across[:, i, None] for i in range(3))
    x, top, bottom = (down[None, :, i] for i in range(3))
    touch: Mask = (left - TOUCH <= x) & (x <= right + TOUCH) & (top - TOUCH <= y) & (y <= bottom + TOUCH)
    free: Mask = np.logical_or.reduce(touch, axis=1)
    groups: list[tuple[Mask, Mask]] = []
    while free.any():
        rows = np.zeros(len(across), bool)
        rows[int(free.argmax())] = True
        while True:
            columns: Mask = np.logical_or.reduce(touch[rows], axis=0)
            grown: Mask = np.logical_or.reduce(touch[:, columns], axis=1)
            if (grown == rows).all():
                break
            rows = grown
        free &= ~rows
        if rows.sum() >= 2:
            groups.append((rows, columns))
    return groups


def _levels(values: Floats) -> Floats:
    """The places of lines, those nearer than 3 points taken as one."""
    ordered = np.sort(values)
    starts = np.concatenate([[0], np.flatnonzero(np.diff(ordered) > _SAME) + 1])
    return np.array([part.mean() for part in np.split(ordered, starts[1:])], np.float32)


def _grid(across: Floats, down: Floats) -> Grid | None:
    left, right = min(across[:, 1].min(), down[:, 0].min()), max(across[:, 2].max(), down[:, 0].max())
    top, bottom = min(across[:, 0].min(), down[:, 1].min()), max(across[:, 0].max(), down[:, 2].max())
    xs = _levels(np.concatenate([down[:, 0], _open_sides(left, right, down[:, 0])]))
    ys = _levels(np.concatenate([across[:, 0], _open_sides(top, bottom, across[:, 0])]))
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_SQUARES:
        return None
    # walls[r, c]: a line stands between square (r, c-1) and (r, c); floors likewise between rows.
    walls = _covered(down, xs, ys)
    floors = _covered(across, ys, xs).T
    cells, squares = _cells(walls, floors, xs, ys)
    return _without_idle_borders(cells, squares, xs, ys)


def _open_sides(low: float, high: float, lines: Floats) -> Floats:
    """Borders that tables open at the sides do without: where the other lines end, far from any line."""
    ends = [end for end in (low, high) if np.abs(lines - end).min() > 2 * TOUCH]
    return np.array(ends, np.float32)


def _covered(lines: Floats, places: Floats, stops: Floats) -> Mask:
    """[stretch between stops, place]: whether lines at the place cover most of the stretch."""
    covered = np.zeros((len(stops) - 1, len(places)), np.float32)
    at = np.abs(lines[:, 0, None] - places[None, :]).argmin(axis=1)
    low, high = stops[:-1], stops[1:]
    for place, (_, start, end) in zip(at.tolist(), lines.tolist(), strict=True):
        covered[:, place] += np.clip(np.minimum(high, end) - np.maximum(low, start), 0, None)
    return covered >= _COVERED * (high - low)[:, None]


def _cells(walls: Mask, floors: Mask, xs: Floats, ys: Floats) -> tuple[list[GridCell], Ints]:
    """Squares without a line between them belong to one cell; a cell that is no rectangle is widened to one."""
    rows, columns = len(ys) - 1, len(xs) - 1
    squares = np.full((rows, columns), -1, np.int64)
    cells: list[GridCell] = []
    for row in range(rows):
        for column in range(columns):
            if squares[row, column] >= 0:
                continue
            last = column + 1
            while last < columns and not walls[row, last] and squares[row, last] < 0:
                last += 1
            end = row + 1
            while end < rows and not floors[end, column:last].any() and _same_width(walls, end, column, last):
                end += 1
            squares[row:end, column:last] = len(cells)
            box = (float(xs[column]), float(ys[row]), float(xs[last]), float(ys[end]))
            cells.append(GridCell(row, column, end - row, last - column, *box))
    return cells, squares


def _same_width(walls: Mask, row: int, first: int, last: int) -> bool:
    return not walls[row, first + 1 : last].any()


def _without_idle_borders(cells: list[GridCell], squares: Ints, xs: Floats, ys: Floats) -> Grid:
    """The grid with only those borders at which some cell starts: underlines inside a cell make no rows."""
    rows = sorted({cell.row for cell in cells})
    columns = sorted({cell.column for cell in cells})
    new_row = {row: place for place, row in enumerate(rows)}
    new_column = {column: place for place, column in enumerate(columns)}
    kept = tuple(
        GridCell(
            new_row[cell.row],
            new_column[cell.column],
            sum(1 for row in rows if cell.row <= row < cell.row + cell.rows),
            sum(1 for column in columns if cell.column <= column < cell.column + cell.columns),
            cell.left,
            cell.top,
            cell.right,
            cell.bottom,
        )
        for cell in cells
    )
    return Grid(
        np.concatenate([xs[columns], xs[-1:]]),
        np.concatenate([ys[rows], ys[-1:]]),
        kept,
        squares[np.ix_(rows, columns)],
    )
