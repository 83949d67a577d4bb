"""Requirement rows <-> plain values: one JSON object a row, or one line of a spreadsheet-safe table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from bidkit.kernel.anchor import Anchor, Box
from bidkit.kernel.quantity import Bound, DayType, Quantity
from bidkit.requirements.model import Binds, Force, Kind, Requirement

CSV_COLUMNS = (
    *("doc", "page", "section", "clause", "mark", "text", "lead_in", "kind", "force", "knockout", "points"),
    *("binds", "quantities", "evidence_asked", "confidence", "why", "id"),
)
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def row_as_json(row: Requirement) -> dict[str, Any]:
    """JSON values: the fields of the labelling guide first (`doc` is the file's name), then everything else we know."""
    return {
        "doc": row.anchor.file_name,
        "page": row.anchor.page,
        "text": row.text,
        "lead_in": row.lead_in,
        "clause": row.clause,
        "kind": row.kind.value,
        "force": row.force.value,
        "knockout": row.knockout,
        "mark": row.mark,
        "points": row.points,
        "id": row.id,
        "section": list(row.section),
        "binds": row.binds.value,
        "quantities": [_quantity_as_json(quantity) for quantity in row.quantities],
        "evidence_asked": list(row.evidence_asked),
        "confidence": row.confidence,
        "why": list(row.why),
        "anchor": {**asdict(row.anchor), "path": list(row.anchor.path)},
    }


def row_from_json(plain: Mapping[str, Any]) -> Requirement:
    """The row that `row_as_json` printed; raises KeyError or ValueError for anything else."""
    return Requirement(
        id=plain["id"],
        text=plain["text"],
        anchor=_anchor(plain["anchor"]),
        kind=Kind(plain["kind"]),
        force=Force(plain["force"]),
        knockout=plain["knockout"],
        binds=Binds(plain["binds"]),
        lead_in=plain["lead_in"],
        clause=plain["clause"],
        mark=plain["mark"],
        points=plain["points"],
        section=tuple(plain["section"]),
        quantities=tuple(_quantity(quantity) for quantity in plain["quantities"]),
        evidence_asked=tuple(plain["evidence_asked"]),
        confidence=plain["confidence"],
        why=tuple(plain["why"]),
    )


def row_as_csv(row: Requirement) -> dict[str, str]:
    """One text for each of CSV_COLUMNS, "" for what the row does not have; no text is a formula in a spreadsheet."""
    plain = row_as_json(row)
    plain["section"] = " > ".join(row.section)
    plain["quantities"] = "; ".join(row.text[quantity.start : quantity.end] for quantity in row.quantities)
    plain["evidence_asked"] = "; ".join(row.evidence_asked)
    plain["why"] = "; ".join(row.why)
    return {column: _cell(plain[column]) for column in CSV_COLUMNS}


def guarded(text: str) -> str:
    """`text`, with a quote before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else guarded(str(value))


def _quantity_as_json(quantity: Quantity) -> dict[str, Any]:
    return {
        "value": _number(quantity.value),
        "unit": quantity.unit,
        "bound": quantity.bound.value,
        "upper": None if quantity.upper is None else _number(quantity.upper),
        "basis": quantity.basis,
        "start_event": quantity.start_event,
        "day_type": None if quantity.day_type is None else quantity.day_type.value,
        "start": quantity.start,
        "end": quantity.end,
    }


def _number(value: Decimal) -> int | float | str:
    """A JSON number where it says exactly the same, else the digits as text."""
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else str(value)


def _quantity(plain: Mapping[str, Any]) -> Quantity:
    return Quantity(
        value=Decimal(str(plain["value"])),
        unit=plain["unit"],
        bound=Bound(plain["bound"]),
        upper=None if plain["upper"] is None else Decimal(str(plain["upper"])),
        basis=plain["basis"],
        start_event=plain["start_event"],
        day_type=None if plain["day_type"] is None else DayType(plain["day_type"]),
        start=plain["start"],
        end=plain["end"],
    )


def _anchor(plain: Mapping[str, Any]) -> Anchor:
    box = None if plain["box"] is None else Box(**plain["box"])
    return Anchor(**{**plain, "path": tuple(plain["path"]), "box": box})
