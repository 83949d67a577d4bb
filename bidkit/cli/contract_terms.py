"""`bidkit contract terms`: the comparable terms of a document; no store is touched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bidkit.cli.console import emit
from bidkit.cli.options import OutOption, Shape, ShapeOption
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples

if TYPE_CHECKING:
    from bidkit.terms.extract import TermReading

_SHOWN = 70


def register(app: typer.Typer) -> None:
    """Put the command of this module into `app`."""
    app.command(
        epilog=examples(
            "bidkit contract terms contract.docx --format json",
            "bidkit contract terms contract.pdf --format table",
            "bidkit contract terms contract.docx --format json | jq '.[] | select(.state == \"not filled\")'",
        )
    )(terms)


def terms(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="docx, doc, pdf, html, md or txt")],
    form: ShapeOption = Shape.JSON,
    output: OutOption = None,
) -> None:
    """Print every commercial term the document states: value, unit, basis, start event, place.

    A label whose value is still a gap has the state "not filled". One JSON list of objects {"term", "zh", "en",
    "state", "value", "text", "anchor"}, in reading order; empty where the document states no such term.
    """
    from bidkit.ingest.read import read_file  # noqa: PLC0415
    from bidkit.terms.extract import extract_terms  # noqa: PLC0415

    found = extract_terms(read_file(file))
    if form is Shape.TABLE:
        emit(_table(found), output)
        return
    rows: list[dict[str, Any]] = [reading.as_json() for reading in found]
    emit(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", output)


def _table(found: tuple[TermReading, ...]) -> str:
    lines = [
        (
            f"{reading.anchor.page or ''}",
            reading.term,
            reading.value.text if reading.value else reading.state.value,
            " ".join(reading.sentence.split())[:_SHOWN],
        )
        for reading in found
    ]
    return text_table(("page", "term", "value", "text"), lines)
