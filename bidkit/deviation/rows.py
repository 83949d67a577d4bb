"""A tender -> its deviation tables: which form, which rules, which rows in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bidkit.deviation.derived import Derived, derive
from bidkit.deviation.forms import find_forms
from bidkit.deviation.issued import issued_rows
from bidkit.deviation.regions import marked_only, named_source
from bidkit.deviation.rules import house_rules, read_rules
from bidkit.deviation.tables_model import DeviationRow, DeviationTable, Table, TableForm
from bidkit.ingest.model import SourceDocument
from bidkit.kernel.identity import squash
from bidkit.requirements.marks import effect_of
from bidkit.requirements.model import Solicitation
from bidkit.requirements.numbering import read_lead

_HOUSE = (Table.TECHNICAL, Table.COMMERCIAL)
_SHORTEST_COPY = 8


def deviation_tables(documents: Sequence[SourceDocument], solicitation: Solicitation) -> tuple[DeviationTable, ...]:
    """The deviation tables of one tender, forms in the order they are printed.

    Rows printed in a form are taken as issued. A blank form gets its rows by the tender's own rules; a tender
    without any form gets the two house tables, technical and commercial, and one for its knockout rows if it has any.
    """
    forms = [(document, form) for document in documents for form in find_forms(document)]
    blank = {d.sha256: {f.place for e, f in forms if e.sha256 == d.sha256} for d in documents}
    read = [read_rules(form, documents) for _, form in forms]
    by_number = any(rules.number_is_unit for rules in read)
    derived = {d.sha256: derive(d, solicitation, blank[d.sha256], by_number=by_number) for d in documents}
    listed = _listed(forms, derived)
    tables: list[DeviationTable] = []
    for (document, form), rules in zip(forms, read, strict=True):
        for table in form.tables:
            rows = issued_rows(form, document, table)
            if rows:
                tables.append(DeviationTable(table, form, rules, tuple(_known(rows, solicitation, derived.values()))))
                break  # an issued form that serves two tables keeps its rows together
            found = _derived(table, form, document, documents, derived, framed_only=rules.row_is_unit)
            kept = found if table is Table.SUBSTANTIVE else [row for row in found if not _moved(row, listed)]
            if mark := marked_only(form):
                kept = [row for row in kept if row.mark == mark]
            tables.append(DeviationTable(table, form, rules, tuple(kept)))
    return tuple(_with_substantive(tables, derived.values())) if forms else _house(documents, solicitation, derived)


def row_as_json(row: DeviationRow) -> dict[str, Any]:
    """JSON values: table, item, clause, requirement and anchor first, then everything else we know of the row."""
    anchor = row.anchor
    return {
        "table": row.table.value,
        "item": row.item,
        "clause": row.clause,
        "requirement": row.requirement,
        "anchor": {
            "doc": anchor.file_name,
            "page": anchor.page,
            "block": anchor.block,
            "path": list(anchor.path),
            "file_sha256": anchor.file_sha256,
        },
        "mark": row.mark or None,
        "knockout": row.knockout,
        "band": row.band,
        "origin": row.origin.value,
        "id": row.id,
        "requirement_ids": list(row.requirement_ids),
    }


def _derived(
    table: Table,
    form: TableForm,
    document: SourceDocument,
    documents: Sequence[SourceDocument],
    derived: Mapping[str, Derived],
    *,
    framed_only: bool,
) -> list[DeviationRow]:
    found = [row for one in documents for row in derived[one.sha256].rows(table, framed_only=framed_only)]
    source = named_source(form, document)
    if source is not None:
        named = [row for row in found if row.anchor.file_sha256 == document.sha256 and row.anchor.block in source]
        if named:
            return named
    return found


def _listed(forms: Sequence[tuple[SourceDocument, TableForm]], derived: Mapping[str, Derived]) -> tuple[str, ...]:
    """The squashed words of every row the tender itself puts into its substantive table."""
    rows: list[DeviationRow] = []
    for document, form in forms:
        if Table.SUBSTANTIVE in form.tables:
            rows += issued_rows(form, document, Table.SUBSTANTIVE)
            rows += [row for one in derived.values() for row in one.rows(Table.SUBSTANTIVE, framed_only=False)]
    return tuple(squash(row.requirement) for row in rows)


def _moved(row: DeviationRow, listed: Sequence[str]) -> bool:
    """Whether a marked row stands, word for word, in the tender's own list of substantive terms."""
    words = squash(row.requirement)
    return bool(row.mark) and row.knockout and len(words) >= _SHORTEST_COPY and any(words in text for text in listed)


def _with_substantive(tables: list[DeviationTable], derived: Iterable[Derived]) -> list[DeviationTable]:
    """A blank substantive form without a list of its own gets the knockout rows of the needs.

    They stay in the others as well unless the tender says that they move: answering twice costs nothing.
    """
    framed_only = any(table.rules.row_is_unit for table in tables)
    needs = [row for one in derived for kind in _HOUSE for row in one.rows(kind, framed_only=framed_only)]
    others = [row for table in tables if table.table is not Table.SUBSTANTIVE for row in table.rows]
    knockouts = _knockouts(needs) or _knockouts(others)
    moved = {row.id for row in knockouts}
    out = []
    for table in tables:
        if table.table is Table.SUBSTANTIVE and not table.rows:
            out.append(replace(table, rows=tuple(_as_substantive(knockouts))))
        elif table.rules.moved and any(t.table is Table.SUBSTANTIVE for t in tables):
            out.append(replace(table, rows=tuple(row for row in table.rows if row.id not in moved)))
        else:
            out.append(table)
    return out


def _house(
    documents: Sequence[SourceDocument], solicitation: Solicitation, derived: Mapping[str, Derived]
) -> tuple[DeviationTable, ...]:
    rules = house_rules(solicitation.language)
    tables = []
    for table in _HOUSE:
        rows = [row for d in documents for row in derived[d.sha256].rows(table, framed_only=False)]
        if rows:
            tables.append(DeviationTable(table, None, rules, tuple(rows)))
    knockouts = _knockouts([row for table in tables for row in table.rows])
    if knockouts:
        tables.insert(0, DeviationTable(Table.SUBSTANTIVE, None, rules, tuple(_as_substantive(knockouts))))
    return tuple(tables)


def _knockouts(rows: Iterable[DeviationRow]) -> list[DeviationRow]:
    return [row for row in rows if row.knockout and row.mark and not row.band]


def _as_substantive(rows: Iterable[DeviationRow]) -> list[DeviationRow]:
    return [replace(row, id=f"{row.id}-s", table=Table.SUBSTANTIVE) for row in rows]


def _known(rows: Sequence[DeviationRow], solicitation: Solicitation, derived: Iterable[Derived]) -> list[DeviationRow]:
    """Issued rows with the requirement rows behind the same words of the needs, and whether breaking them rejects."""
    needs: dict[str, DeviationRow] = {}
    for row in (row for one in derived for row in one.every()):
        needs.setdefault(squash(row.requirement), row)
    bare = {squash(one.text): one for one in reversed(solicitation.requirements)}
    out = []
    for row in rows:
        same = needs.get(squash(row.requirement))
        own = bare.get(squash(row.requirement[read_lead(row.requirement).end :]))
        ids = same.requirement_ids if same else (own.id,) if own else ()
        marked = bool(row.mark) and effect_of(row.mark, solicitation.legend) == "knockout"
        rejects = marked or (own is not None and own.knockout) or (same is not None and same.knockout)
        substantive = row.table is Table.SUBSTANTIVE and not row.band
        out.append(replace(row, knockout=substantive or rejects, requirement_ids=ids))
    return out
