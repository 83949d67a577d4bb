"""Rows that issuers themselves copied into their blank deviation forms: an answer key nobody here wrote."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from bench.shared import DERIVED, SHARED, Row, scorer


@dataclass(frozen=True, slots=True)
class DerivedGold:
    """The pre-filled rows of one tender, by form and table, and the tender they come from."""

    name: str
    source: Path
    rows_by_form: tuple[tuple[str, tuple[Row, ...]], ...]


@dataclass(frozen=True, slots=True)
class FormScore:
    """How many rows of one form were found, each as one row of its own; `missed` holds the others' texts."""

    form: str
    found: int
    of: int
    missed: tuple[str, ...]


def derived_gold() -> tuple[DerivedGold, ...]:
    """Every answer key whose tender lies beside it."""
    found = []
    for path in sorted(DERIVED.glob("*_deviation_rows.tsv")):
        number = path.name.split("_")[0]
        sources = [p for p in SHARED.joinpath("data").rglob("*.docx") if number in p.name]
        if not sources:
            raise SystemExit(f"eval: no tender for {path.name}")
        found.append(DerivedGold(number, sources[0], _rows_by_form(path)))
    return tuple(found)


def score_derived(gold: DerivedGold, predicted: list[Row]) -> tuple[FormScore, ...]:
    """One score a form; a predicted row counts for at most one row of the form."""
    scores = []
    for form, rows in gold.rows_by_form:
        hit = {i for i, _, _ in scorer().match(list(rows), predicted)}
        missed = tuple(row["text"] for i, row in enumerate(rows) if i not in hit)
        scores.append(FormScore(form, len(hit), len(rows), missed))
    return tuple(scores)


def _rows_by_form(path: Path) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        grouped[row["form"], row["table_no"]].append({"text": row["requirement"]})
    return tuple((form, tuple(rows)) for (form, _), rows in grouped.items())
