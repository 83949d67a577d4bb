"""Reading back what people typed into a workbook of deviation tables, as saved by any spreadsheet program."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import python_calamine

from bidkit.deviation.tables_model import DeviationTable
from bidkit.documents.cells import clean
from bidkit.documents.deviation.base import Shown, from_properties
from bidkit.documents.deviation.collect import Collector
from bidkit.documents.deviation.layout import heading
from bidkit.documents.deviation.model import DeviationReadBack
from bidkit.documents.deviation.sheet import BASE_SHEET, COLUMNS
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.language import Language

_HEADER_WITHIN = 20
_MAX_UNPACKED = 200 * 1024 * 1024
Grid = list[list[Any]]


def read_deviation_xlsx(
    data: bytes, tables: Sequence[DeviationTable], name: str = "deviation.xlsx"
) -> tuple[DeviationReadBack, ...]:
    """What people typed, one answer a table in the order of `tables`.

    Rows and columns may have been sorted, filtered, hidden, added or deleted.
    A row is known by its id, wherever it stands in the book, else by the requirement's words. Raises UnreadableFile
    where the file is no workbook or has no sheet with our columns.
    """
    sheets = _sheets(data, name)
    shown = _shown(sheets.pop(BASE_SHEET, []))
    owner = {row.id: table for table in tables for row in table.rows}
    collectors = {id(table): Collector(table, _of(shown, table)) for table in tables}
    found = False
    for grid in sheets.values():
        header = _header(grid)
        if header is None:
            continue
        found = True
        at, columns = header
        home = _home(grid[at + 1 :], columns, owner, tables)
        for cells in grid[at + 1 :]:
            _take(cells, columns, owner, home, collectors)
    if not found:
        wanted = " / ".join(heading("direction", language) for language in Language)
        raise UnreadableFile(
            "unreadable",
            f"no sheet has our columns ({wanted} and others)",
            where=name,
            next_step="export the tables again and copy your entries into the file",
        )
    return tuple(collectors[id(table)].read_back() for table in tables)


def _take(
    cells: Sequence[Any],
    columns: Mapping[str, int],
    owner: Mapping[str, DeviationTable],
    home: DeviationTable,
    collectors: Mapping[int, Collector],
) -> None:
    texts = {field: _text(cells[at]) for field, at in columns.items() if at < len(cells)}
    if not any(_text(cell) for cell in cells):
        return
    row_id = texts.pop("id", "")
    collector = collectors[id(owner.get(row_id, home))]
    row_id = row_id or collector.id_of(texts.get("requirement", ""))
    if row_id:
        collector.row(row_id, texts)
    elif not collector.is_band(texts.get("requirement", "")):
        collector.added([_text(cell) for cell in cells])


def _home(
    rows: Grid, columns: Mapping[str, int], owner: Mapping[str, DeviationTable], tables: Sequence[DeviationTable]
) -> DeviationTable:
    """The table most rows of a sheet belong to."""
    at = columns.get("id", -1)
    ids = [_text(cells[at]) for cells in rows if 0 <= at < len(cells)]
    owners = [owner[row_id] for row_id in ids if row_id in owner]
    return max(tables, key=lambda table: sum(one is table for one in owners))


def _of(shown: Mapping[str, Shown], table: DeviationTable) -> dict[str, Shown]:
    return {row.id: shown[row.id] for row in table.rows if row.id in shown}


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Where our header stands and the column of each field; a sheet without ids or answers is not ours."""
    names = {heading(field, language): field for field in COLUMNS for language in Language}
    for at, cells in enumerate(grid[:_HEADER_WITHIN]):
        columns: dict[str, int] = {}
        for index, cell in enumerate(cells):
            if (title := _text(cell)) in names:
                columns.setdefault(names[title], index)
        if {"requirement", "direction"} <= columns.keys():
            return at, columns
    return None


def _shown(grid: Grid) -> dict[str, Shown]:
    return from_properties({_text(cells[0]): _text(cells[1]) for cells in grid if len(cells) > 1})


def _sheets(data: bytes, name: str) -> dict[str, Grid]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
                raise UnreadableFile(
                    "zip-bomb", "unpacks to an abnormal size", where=name, next_step="check where the file came from"
                )
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        return {one: workbook.get_sheet_by_name(one).to_python(skip_empty_area=False) for one in workbook.sheet_names}
    except (zipfile.BadZipFile, python_calamine.CalamineError) as error:
        raise UnreadableFile(
            "unreadable",
            "not a readable .xlsx workbook",
            where=name,
            next_step="save it as .xlsx, without a password",
        ) from error


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(str(cell)) if cell is not None else ""
