"""Reading back the verdicts people typed into the workbook, as saved by any spreadsheet program."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import python_calamine

from bidkit.documents.cells import clean
from bidkit.documents.contract_review.base import read_back
from bidkit.documents.contract_review.lines import EDITABLE, say
from bidkit.documents.contract_review.model import RecordReadBack
from bidkit.documents.contract_review.sheet import BASE_SHEET
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.language import Language

_MAX_UNPACKED = 200 * 1024 * 1024
_HEADER_WITHIN = 20
_WANTED = (*EDITABLE, "id")


def read_record_xlsx(data: bytes, name: str = "record.xlsx") -> RecordReadBack:
    """What people typed; rows and columns may have been sorted, filtered, moved or deleted.

    Raises UnreadableFile where the file is no workbook or no record of ours.
    """
    sheets = _sheets(data, name)
    chunks = [clean(str(row[0])) for row in sheets.pop(BASE_SHEET, []) if row]
    typed: dict[str, tuple[str, str, str]] = {}
    for grid in sheets.values():
        header = _header(grid)
        if header is None:
            continue
        at, columns = header
        for row in grid[at + 1 :]:
            texts = {field: clean(str(row[column])) for field, column in columns.items() if column < len(row)}
            if texts.get("id"):
                typed[texts["id"]] = (texts.get("verdict", ""), texts.get("reason", ""), texts.get("text", ""))
    return read_back(chunks, typed, name)


def _header(grid: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    names = {say(f"column.{field}", language): field for language in Language for field in _WANTED}
    for at, row in enumerate(grid[:_HEADER_WITHIN]):
        columns = {names[clean(str(cell))]: place for place, cell in enumerate(row) if clean(str(cell)) in names}
        if {"id", "verdict"} <= columns.keys():
            return at, columns
    return None


def _sheets(data: bytes, name: str) -> dict[str, list[list[Any]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
                raise UnreadableFile("too-large", "it unpacks to too much", where=name, next_step="send a smaller file")
        book = python_calamine.load_workbook(io.BytesIO(data))
        return {title: book.get_sheet_by_name(title).to_python() for title in book.sheet_names}
    except (zipfile.BadZipFile, python_calamine.CalamineError, ValueError, OSError) as error:
        raise UnreadableFile(
            "unreadable", "it is no workbook", where=name, next_step="save it as .xlsx and try again"
        ) from error
