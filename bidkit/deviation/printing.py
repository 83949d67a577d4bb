"""Which rows of a table go onto paper, and what is still open before it may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bidkit.deviation.entries import NO_ENTRY, NoDeviation, RowEntry
from bidkit.deviation.tables_model import Copying, DeviationRow, DeviationTable, Listing
from bidkit.kernel.errors import Conflict
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import squash
from bidkit.terms.model import Direction


def rows_to_print(
    table: DeviationTable, entries: Mapping[str, RowEntry], statement: NoDeviation | None = None
) -> tuple[DeviationRow, ...]:
    """The rows that the tender wants in this table, in order; empty only with a person's word for it.

    A table that lists only deviations holds the rows that deviate or that nobody can judge, and the titles above
    them. Raises Conflict where a table would be blank and nobody said that there is no deviation.
    """
    rows = table.rows
    if table.rules.listing is Listing.DEVIATIONS:
        rows = _with_bands(table.rows, entries)
    if any(not row.band for row in rows):
        return rows
    if statement is None or statement.table is not table.table:
        raise Conflict(
            "the table would be blank, which accepts every term of the tender",
            where=table.form.title if table.form else table.table.value,
            next_step="answer its rows, or let a person state that there is no deviation",
        )
    return ()


def open_points(table: DeviationTable, entries: Mapping[str, RowEntry]) -> tuple[Finding, ...]:
    """What a person still has to do before the table may be handed in, in row order."""
    found: list[Finding] = []
    for row in table.rows:
        entry = entries.get(row.id, NO_ENTRY)
        if row.band:
            continue
        if table.rules.listing is Listing.ALL and (not entry.answer or entry.direction is None):
            found.append(_finding("deviation-unanswered", Severity.BLOCK, row))
        if entry.direction is Direction.UNCLEAR:
            found.append(_finding("deviation-unclear", Severity.BLOCK, row))
        copied = bool(entry.response) and squash(entry.response) == squash(row.requirement)
        if copied and table.rules.copying is Copying.FORBIDDEN:
            found.append(_finding("deviation-copied", Severity.WARN, row))
        if table.rules.proof_asked and entry.answer and not (entry.proof or entry.note):
            found.append(_finding("deviation-without-proof", Severity.NOTE, row))
        if entry.direction is Direction.POSITIVE and not entry.offered and not entry.response:
            found.append(_finding("deviation-without-value", Severity.WARN, row))
    return tuple(found)


def _with_bands(rows: Sequence[DeviationRow], entries: Mapping[str, RowEntry]) -> tuple[DeviationRow, ...]:
    out: list[DeviationRow] = []
    band: DeviationRow | None = None
    for row in rows:
        if row.band:
            band = row
        elif entries.get(row.id, NO_ENTRY).deviates:
            out += [band, row] if band else [row]
            band = None
    return tuple(out)


def _finding(code: str, severity: Severity, row: DeviationRow) -> Finding:
    values = (("table", row.table.value), ("clause", row.clause or row.item), ("row", row.id))
    return Finding(code, severity, values, (row.anchor,))
