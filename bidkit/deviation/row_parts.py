"""The parts of a row that are told the same way for issued and for derived rows: item, clause, mark, id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bidkit.deviation.tables_model import Table
from bidkit.kernel.identity import content_id, squash
from bidkit.requirements.numbering import SURE_MARKS, read_lead


def item_of(names: Iterable[str]) -> str:
    """The names of goods, systems and topics joined by " > ", each once, blanks left out."""
    return " > ".join(dict.fromkeys(name.strip() for name in names if name.strip()))


def clause_of(requirement: str, numbers: Sequence[str], clauses: Sequence[str] = ()) -> str:
    """The printed clause: the clause column, else the number before the requirement, else the row's number."""
    for text in clauses:
        if text.strip():
            return text.strip()
    lead = read_lead(requirement)
    return lead.label or next((text.strip() for text in numbers if text.strip()), "")


def mark_in(requirement: str, numbers: Sequence[str] = ()) -> str:
    """The mark printed at the row: before or in its number, or before its words; "" without one."""
    for text in (*numbers, requirement):
        if mark := read_lead(text).mark:
            return mark
        if text.strip() in SURE_MARKS and text.strip():
            return text.strip()
    return next((sign for sign in "".join(numbers) if sign in SURE_MARKS), "")


def row_id(table: Table, item: str, requirement: str, counts: dict[tuple[str, str], int]) -> str:
    """A stable id from table, item and words; `counts` numbers rows with the same words and is updated."""
    key = (squash(item), squash(requirement))
    counts[key] = counts.get(key, 0) + 1
    number = [str(counts[key])] if counts[key] > 1 else []
    return content_id("dev", table.value, item, requirement, *number)
