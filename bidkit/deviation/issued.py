"""Rows that the issuer printed into its own form: taken exactly as issued."""

from __future__ import annotations

from bidkit.deviation.cues import first_match
from bidkit.deviation.row_parts import clause_of, item_of, mark_in, row_id
from bidkit.deviation.tables_model import DeviationRow, FormColumn, Origin, Role, Table, TableForm
from bidkit.ingest.model import Block, Cell, SourceDocument

LONGEST_BAND = 80  # a longer text in a wide cell is a demand set badly


def issued_rows(form: TableForm, document: SourceDocument, table: Table) -> tuple[DeviationRow, ...]:
    """The rows printed in the form, in order, band rows among them; empty for a blank form or a filling sample."""
    demand = _demand(form, document)
    if demand is None:
        return ()
    counts: dict[tuple[str, str], int] = {}
    rows = [
        row
        for block in (document.blocks[index] for index in form.rows)
        if (row := _row(block, form, demand, table, counts)) is not None
    ]
    return tuple(rows) if any(not row.band for row in rows) else ()


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing, dots, or an invitation to fill it."""
    return bool(first_match("blanks", text.strip()))


def _row(
    block: Block, form: TableForm, demand: FormColumn, table: Table, counts: dict[tuple[str, str], int]
) -> DeviationRow | None:
    cell = _cell_over(block, demand)
    if cell is None or cell.continued or is_blank(cell.text):
        return None
    band = _is_band(cell, form, demand)
    numbers = [_text(block, column) for column in form.columns_of(Role.NUMBER)]
    clauses = [_text(block, column) for column in form.columns_of(Role.CLAUSE)]
    requirement = cell.text.strip()
    item = "" if band else item_of(_text(block, column) for column in form.columns_of(Role.ITEM))
    clause = clause_of(requirement, numbers, clauses)
    return DeviationRow(
        id=row_id(table, item, requirement, counts),
        table=table,
        item=item,
        clause=clause,
        requirement=requirement,
        anchor=block.anchor,
        mark=mark_in(requirement, (*numbers, *clauses)),
        band=band,
        origin=Origin.ISSUED,
        printed_row=block.place.row if block.place and block.place.table == form.place else None,
    )


def _demand(form: TableForm, document: SourceDocument) -> FormColumn | None:
    """The column with the demand: of several the one that says most, the first where all are blank."""
    columns = form.columns_of(Role.REQUIREMENT)
    blocks = [document.blocks[index] for index in form.rows]
    return max(columns, key=lambda column: sum(len(_text(block, column)) for block in blocks), default=None)


def _is_band(cell: Cell, form: TableForm, demand: FormColumn) -> bool:
    """Whether the cell runs over columns left of the demand: a title or a statement over rows, not a row."""
    before = [column for column in form.columns if column.at < demand.at]
    if not before or cell.column >= demand.at:
        return False
    return cell.column <= before[0].at or len(cell.text.strip()) <= LONGEST_BAND


def _cell_over(block: Block, column: FormColumn) -> Cell | None:
    return next((c for c in block.cells if c.column <= column.at < c.column + c.span), None)


def _text(block: Block, column: FormColumn) -> str:
    cell = _cell_over(block, column)
    return " ".join(cell.text.split()) if cell else ""
