"""Workbooks (xlsx, xlsm, xlsb, xls, ods): each sheet a heading and its rows, values printed as a person sees them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    ZipError,
)

from bidkit.ingest.archive import Limits, refuse_bomb
from bidkit.ingest.build import RawCell, RawRow, as_document, heading
from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.model import Line, SourceDocument
from bidkit.ingest.sheet_tables import drafts_of, sheet_tables
from bidkit.ingest.wording import tidy
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.finding import Finding, Severity

MEDIA_TYPES = {
    b"PK": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"\xd0\xcf": "application/vnd.ms-excel",
}
MAX_CELLS = 1_000_000
LIMITS = Limits(total_bytes=500_000_000)
_WIDEST = 400
_GAP = 200  # so many empty rows or columns in a row mean that what follows lies there by accident

Grid = list[list[str]]


def read_spreadsheet(data: bytes, name: str) -> SourceDocument:
    """The workbook in `data`; formulas give the values last computed. Hidden sheets are read and reported.

    Raises UnreadableFile: encrypted, zip-bomb, too-large (over a million cells), truncated, unreadable, empty.
    """
    if data.startswith(b"PK"):
        refuse_bomb(data, name, LIMITS)
    drafts: list[Draft] = []
    findings: list[Finding] = []
    cells = tables = 0
    for sheet, hidden in _sheets(data, name):
        rows = _rows(sheet, MAX_CELLS - cells, name)
        cells += sum(len(row.cells) for row in rows)
        if not rows:
            continue
        drafts.append(heading(sheet.name, 1))
        for part in sheet_tables(rows):
            drafts.extend(draft for draft in drafts_of(part, tables) if draft.text.strip(" |\n"))
            tables += 1
        if hidden:
            findings.append(Finding("hidden-sheet", Severity.NOTE, (("sheet", sheet.name),)))
    return as_document(drafts, data, name, MEDIA_TYPES.get(data[:2], "application/octet-stream"), tuple(findings))


def _sheets(data: bytes, name: str) -> Iterator[tuple[CalamineSheet, bool]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in workbook.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet:
                yield workbook.get_sheet_by_name(meta.name), meta.visible != SheetVisibleEnum.Visible
    except PasswordError as error:
        raise UnreadableFile(
            "encrypted", "the workbook has a password", where=name, next_step="supply an unlocked copy"
        ) from error
    except ZipError as error:
        raise UnreadableFile(
            "truncated", "the workbook ends too early or is damaged", where=name, next_step="fetch it again"
        ) from error
    except CalamineError as error:
        raise UnreadableFile(
            "unreadable", "the workbook is damaged", where=name, next_step="open and save it in Excel"
        ) from error


def _rows(sheet: CalamineSheet, allowed: int, name: str) -> list[RawRow]:
    """The used part of a sheet, cells with their spans; empty rows are kept as rows without cells."""
    if sheet.height * sheet.width == 0:
        return []
    grid, cells = [], 0
    for values in sheet.iter_rows():
        row = [print_value(value) for value in values[:_WIDEST]]
        while row and not row[-1]:
            row.pop()
        cells += len(row)
        if cells > allowed:
            raise UnreadableFile(
                "too-large", f"the workbook has over {MAX_CELLS:,} cells", where=name, next_step="split it"
            )
        grid.append(row)
    return _spanned(_used(grid), _merged(sheet))


def _used(grid: Grid) -> Grid:
    """`grid` without empty rows at its end and without what stands beyond a wide gap."""
    kept: Grid = []
    empty = 0
    for row in grid:
        empty = 0 if any(row) else empty + 1
        if empty > _GAP:
            break
        kept.append(row)
    while kept and not any(kept[-1]):
        kept.pop()
    return kept


def _merged(sheet: CalamineSheet) -> dict[tuple[int, int], tuple[int, int]]:
    """(row, column) of each merged region's corner -> (rows, columns), counted from the sheet's first used cell."""
    top, left = sheet.start or (0, 0)
    regions = {}
    for (row, column), (last_row, last_column) in sheet.merged_cell_ranges or ():
        corner = (row - top, column - left)
        regions[corner] = (last_row - row + 1, last_column - column + 1)
    return regions


def _spanned(grid: Grid, merged: dict[tuple[int, int], tuple[int, int]]) -> list[RawRow]:
    covered = {
        (row + down, column + right)
        for (row, column), (rows, columns) in merged.items()
        if rows * columns < MAX_CELLS // 10
        for down in range(rows)
        for right in range(columns)
        if down or right
    }
    result = []
    for index, texts in enumerate(grid):
        cells = []
        for column, text in enumerate(texts):
            if (index, column) in covered:
                continue
            rows, columns = merged.get((index, column), (1, 1))
            lines = tuple(Line(line) for part in text.split("\n") if (line := tidy(part)))
            cells.append(RawCell(lines, min(rows, len(grid) - index), columns))
        result.append(RawRow(tuple(cells)))
    return result


def print_value(value: Any) -> str:
    """A cell's value as a person reads it: 1 for 1.0, ISO dates, no seconds where there are none, "" for nothing."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", _precision(value.time()))
    if isinstance(value, time):
        return value.isoformat(_precision(value))
    if isinstance(value, (date, timedelta)):
        return str(value)
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _precision(value: time) -> str:
    return "seconds" if value.second or value.microsecond else "minutes"
