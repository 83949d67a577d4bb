"""Reading back what people typed into a matrix, whatever else happened to the file meanwhile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

import python_calamine

from bidkit.documents.cells import clean
from bidkit.documents.matrix_columns import COLUMNS, EDITABLE
from bidkit.documents.matrix_rows import BASE_COLUMNS, BASE_SHEET
from bidkit.documents.model import ExtraRow, MatrixEdits
from bidkit.documents.response_cells import response_of
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.respond.response import NO_RESPONSE, Response, RowEdit
from bidkit.vocabulary.tables import label, labels

_HEADER_WITHIN = 30
_MAX_UNPACKED = 400_000_000
_WHERE = "matrix"

Table = list[list[Any]]


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the header stands: `sheet` by name, `row` 0-based, `columns` from code to index, `names` as printed."""

    sheet: str
    row: int
    columns: dict[str, int]
    names: tuple[str, ...]


def read_matrix(data: bytes, known: Collection[str] | None = None) -> MatrixEdits:
    """What the columns for people hold, by row id, as saved by any spreadsheet program.

    Rows and columns may have been sorted, filtered, hidden, added or deleted. `known` are the row ids that exist
    now; without it every id the file was written with is known. Rows that cannot be tied to a known id, a second row
    of the same id that says something else, and words nobody understands (compliance, state,
    due day) are kept in `extra_rows` and reported; such a field stays as the file was written.
    Raises UnreadableFile where the file is no workbook or has no sheet with row ids.
    """
    tables = _tables(data)
    header = _find_header(tables)
    base = _base(tables.get(BASE_SHEET, []))
    return _collect(tables[header.sheet], header, base, set(known) if known is not None else set(base))


def _tables(data: bytes) -> dict[str, Table]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
                raise UnreadableFile(
                    "zip-bomb", "unpacks to an abnormal size", where=_WHERE, next_step="check where the file came from"
                )
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        return {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names
        }
    except (zipfile.BadZipFile, python_calamine.CalamineError) as error:
        raise UnreadableFile(
            "unreadable",
            "not a readable .xlsx workbook",
            where=_WHERE,
            next_step="save it as .xlsx, without a password",
        ) from error


def _find_header(tables: dict[str, Table]) -> _Header:
    codes = {name: code for code in (c.code for c in COLUMNS) for name in labels("matrix")[f"column.{code}"].values()}
    best: _Header | None = None
    for sheet, rows in tables.items():
        for number, row in enumerate(rows[:_HEADER_WITHIN]):
            names = tuple(_text(cell) for cell in row)
            columns: dict[str, int] = {}
            for index, name in enumerate(names):
                if name in codes:
                    columns.setdefault(codes[name], index)
            fits = "id" in columns and any(code in columns for code in EDITABLE)
            if fits and (best is None or len(columns) > len(best.columns)):
                best = _Header(sheet, number, columns, names)
    if best is None:
        wanted = " / ".join(label("matrix", "column.id", language) for language in Language)
        raise UnreadableFile(
            "unreadable",
            f"no sheet has the column {wanted} and a column to fill in",
            where=_WHERE,
            next_step="export the matrix again and copy your entries into it",
        )
    return best


def _base(rows: Table) -> dict[str, Response]:
    """Row id -> what the sheet showed when it was written; empty where the hidden sheet is gone."""
    names = [_text(cell) for cell in rows[0]] if rows else []
    if names[:2] != list(BASE_COLUMNS[:2]):
        return {}
    base = {}
    for row in rows[1:]:
        cells = dict(zip(names, row, strict=False))
        row_id, version = _text(cells["id"]), cells.get("version")
        if row_id:
            typed = response_of({name: _text(cell) for name, cell in cells.items() if name in EDITABLE})[0]
            base[row_id] = replace(typed, version=int(version) if isinstance(version, int | float) else 0)
    return base


def _collect(rows: Table, header: _Header, base: dict[str, Response], known: set[str]) -> MatrixEdits:
    edits: dict[str, RowEdit] = {}
    extra: list[ExtraRow] = []
    findings = _added_columns(rows, header)
    for number, row in enumerate(rows[header.row + 1 :], start=header.row + 2):
        cells = {code: _text(row[index]) if index < len(row) else "" for code, index in header.columns.items()}
        row_id = cells["id"]
        if not any(_text(cell) for cell in row):
            continue
        shown = base.get(row_id, NO_RESPONSE)
        typed, odd = response_of({name: cells[name] for name in EDITABLE if name in cells}, shown)
        edit = RowEdit(row_id, replace(typed, version=shown.version), base.get(row_id))
        code = _oddity(row_id, edit, edits, known)
        place = (("sheet", header.sheet), ("row", str(number)))
        if code:
            extra.append(_kept(number, row, header.names))
            findings.append(Finding(code, Severity.WARN, (*place, ("id", row_id))))
        elif row_id not in edits:
            edits[row_id] = edit
            if odd:
                extra.append(_kept(number, row, header.names))
            for name in odd:
                word = (*place, ("id", row_id), ("field", _column_name(name, header)), ("value", cells[name]))
                findings.append(Finding("matrix-unknown-word", Severity.WARN, word))
    missing = len(known - set(edits))
    if missing:
        findings.append(
            Finding("matrix-missing-rows", Severity.NOTE, (("sheet", header.sheet), ("count", str(missing))))
        )
    return MatrixEdits(tuple(edits.values()), tuple(extra), tuple(findings))


def _oddity(row_id: str, edit: RowEdit, edits: dict[str, RowEdit], known: set[str]) -> str:
    """The finding code of a row that cannot be taken as it is; "" for a good row or a harmless copy."""
    if not row_id:
        return "matrix-extra-row"
    if known and row_id not in known:
        return "matrix-unknown-row"
    if row_id in edits and not edits[row_id].typed.same_words(edit.typed):
        return "matrix-duplicate-row"
    return ""


def _added_columns(rows: Table, header: _Header) -> list[Finding]:
    own = set(header.columns.values())
    return [
        Finding("matrix-extra-column", Severity.NOTE, (("sheet", header.sheet), ("name", name)))
        for index, name in enumerate(header.names)
        if index not in own and name and any(_text(r[index]) for r in rows[header.row + 1 :] if index < len(r))
    ]


def _column_name(code: str, header: _Header) -> str:
    return header.names[header.columns[code]]


def _kept(number: int, row: Sequence[Any], names: tuple[str, ...]) -> ExtraRow:
    texts = [_text(cell) for cell in row]
    cells = [(names[i] if i < len(names) else "", text) for i, text in enumerate(texts) if text]
    return ExtraRow(number, tuple(cells))


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return clean(str(cell)) if cell is not None else ""
