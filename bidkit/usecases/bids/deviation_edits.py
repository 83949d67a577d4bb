"""What people typed into a deviation table that stands in a bid: cells as they were built against cells as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bidkit.deviation.entries import EntryEdit, RowEntry
from bidkit.deviation.forms import role_of
from bidkit.deviation.tables_model import DeviationRow, DeviationTable
from bidkit.documents.deviation.layout import FIELDS, fields_of, heading
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.terms.model import Direction

Cells = Sequence[Sequence[Sequence[str]]]  # tables of rows of cells


def deviation_edits(table: DeviationTable, before: Cells, now: Cells) -> tuple[EntryEdit, ...]:
    """One edit for each row whose filled-in cells differ; rows that cannot be told apart by their words are left."""
    rows = _by_words(table)
    old = dict(_entries(table, rows, before))
    return tuple(
        EntryEdit(row_id, entry, old[row_id])
        for row_id, entry in _entries(table, rows, now)
        if row_id in old and entry != old[row_id]
    )


def _by_words(table: DeviationTable) -> dict[str, DeviationRow]:
    found: dict[str, list[DeviationRow]] = {}
    for row in table.rows:
        if not row.band:
            found.setdefault(squash(row.requirement), []).append(row)
    return {words: rows[0] for words, rows in found.items() if len(rows) == 1}


def _entries(table: DeviationTable, rows: dict[str, DeviationRow], grids: Cells) -> Iterable[tuple[str, RowEntry]]:
    for grid in grids:
        columns: list[tuple[str, ...]] = []
        for cells in grid:
            if not columns:
                columns = _columns(table, cells)
                continue
            texts = {fields[0]: text.strip() for fields, text in zip(columns, cells, strict=False) if fields}
            row = rows.get(squash(texts.get("requirement", "")))
            if row is not None:
                yield row.id, _entry(texts, table)


def _columns(table: DeviationTable, cells: Sequence[str]) -> list[tuple[str, ...]]:
    """The fields of each cell of a header row; empty for a row that is no header."""
    house = {squash(heading(field, language)): field for field in FIELDS for language in Language}
    titles = [squash(cell) for cell in cells]
    form = {squash(c.title): c.role for c in table.form.columns} if table.form else {}
    if form and all(title in form for title in titles if title):
        fields = list(fields_of([form.get(title) or role_of(title) for title in titles]))
    elif sum(title in house for title in titles) > len(titles) // 2:
        fields = [(house[title],) if title in house else () for title in titles]
    else:
        return []
    return fields if any("requirement" in names for names in fields) else []


def _entry(texts: dict[str, str], table: DeviationTable) -> RowEntry:
    response, offered, proof, note = (texts.get(name, "") for name in ("response", "offered", "proof", "note"))
    words = table.rules.words
    said = squash(texts.get("direction", ""))
    direction = next((d for d in Direction if said and squash(words.word_of(d.value)) == said), None)
    return RowEntry(response, offered, direction, note, proof)
