"""Frozen values <-> table rows: one column for each field, nested values as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Table, insert, select

from bidkit.kernel.finding import Finding
from bidkit.requirements.model import EvaluationCriterion, KeyFact, MarkMeaning, Requirement, Solicitation
from bidkit.store import schema

# Parts of a Solicitation: field name -> table and how its values are written.
_PARTS: dict[str, tuple[Table, TypeAdapter[Any]]] = {
    "requirements": (schema.requirement, TypeAdapter(Requirement)),
    "legend": (schema.mark_meaning, TypeAdapter(MarkMeaning)),
    "facts": (schema.key_fact, TypeAdapter(KeyFact)),
    "criteria": (schema.criterion, TypeAdapter(EvaluationCriterion)),
    "findings": (schema.finding, TypeAdapter(Finding)),
}


def save_parts(connection: Connection, solicitation_id: int, solicitation: Solicitation) -> None:
    """Write everything read out of a tender, in its order."""
    for part, (table, adapter) in _PARTS.items():
        insert_rows(connection, table, solicitation_id, map(_plain(adapter), getattr(solicitation, part)))


def load_parts(connection: Connection, solicitation_id: int) -> dict[str, tuple[Any, ...]]:
    """The fields of a Solicitation that `save_parts` wrote, equal value by value."""
    return {
        part: tuple(adapter.validate_python(row) for row in select_rows(connection, table, solicitation_id))
        for part, (table, adapter) in _PARTS.items()
    }


def insert_rows(connection: Connection, table: Table, solicitation_id: int, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write `rows` in their order, all at once."""
    numbered = [
        {"solicitation_id": solicitation_id, "position": position, **row} for position, row in enumerate(rows, start=1)
    ]
    if numbered:
        connection.execute(insert(table), numbered)


def select_rows(connection: Connection, table: Table, solicitation_id: int) -> Sequence[dict[str, Any]]:
    """The rows in their order, without their key."""
    columns = [column for column in table.c if column.name not in ("solicitation_id", "position")]
    query = select(*columns).where(table.c.solicitation_id == solicitation_id).order_by(table.c.position)
    return [dict(row) for row in connection.execute(query).mappings()]


def digest_of(solicitation: Solicitation) -> str:
    """The SHA-256 over everything read out of a tender: equal for equal values on every machine."""
    digest = hashlib.sha256(solicitation.language.value.encode())
    for part, (_, adapter) in _PARTS.items():
        for value in getattr(solicitation, part):
            plain = json.dumps(_plain(adapter)(value), ensure_ascii=False, sort_keys=True)
            digest.update(f"\n{part}\t{plain}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _plain(adapter: TypeAdapter[Any]) -> Any:
    return lambda value: adapter.dump_python(value, mode="json")
