"""`bidkit deviation compare`: required against offered, text by text; no store is touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bidkit.cli.console import emit
from bidkit.cli.options import OutOption
from bidkit.cli.words import examples
from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language, language_of

_SIDES = ("required", "offered")


def register(app: typer.Typer) -> None:
    """Put the command of this module into `app`."""
    app.command(
        epilog=examples(
            'bidkit deviation compare --required "within 30 days of signing" --offered "within 60 days of signing"',
            "bidkit deviation compare --term warranty --required 质保期3年 --offered 60个月",
            "bidkit deviation compare --pairs pairs.jsonl | jq -r '.direction'",
        )
    )(compare)


def compare(
    required: Annotated[str | None, typer.Option(help="what the tender asks")] = None,
    offered: Annotated[str | None, typer.Option(help="what we offer")] = None,
    term: Annotated[str | None, typer.Option(metavar="KEY", help="the term by key or name, such as warranty")] = None,
    pairs: Annotated[
        Path | None, typer.Option(metavar="FILE", help='one object a line: {"required", "offered", "term"?, ...}')
    ] = None,
    language: Annotated[Language | None, typer.Option(help="language of the reasons [default: the texts']")] = None,
    output: OutOption = None,
) -> None:
    """Print the direction of each pair, seen by the purchaser: positive, none, negative or unclear, with the reason.

    "none" is said only where the values are the same; a text that only claims to comply is "unclear". One JSON
    object a line: {"direction", "why", "reason", "required", "offered", "term"}; further keys of a pair, such as
    "id", come through.
    """
    if (pairs is None) is (required is None or offered is None):
        raise UsageError(
            "nothing to compare", where="deviation compare", next_step="give --required and --offered, or --pairs FILE"
        )
    rows = _pairs(pairs, term) if pairs else iter([{"required": required, "offered": offered, "term": term}])
    emit("".join(json.dumps(_compared(row, language), ensure_ascii=False) + "\n" for row in rows), output)


def _pairs(file: Path, term: str | None) -> Iterator[dict[str, Any]]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("cannot be read as UTF-8 text", where=str(file), next_step="give a jsonl file") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield {"term": term, **_row(line, f"{file}, line {number}")}


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError("is not JSON", where=where, next_step="one object a line") from error
    if not isinstance(row, dict) or not all(isinstance(row.get(side), str) for side in _SIDES):
        raise UsageError('lacks a text "required" or "offered"', where=where, next_step="add both")
    if not isinstance(row.get("term"), str | None):
        raise UsageError('has a "term" that is no text', where=where, next_step="mend it")
    return row


def _compared(row: dict[str, Any], language: Language | None) -> dict[str, Any]:
    from bidkit.deviation.compare import deviation_of  # noqa: PLC0415

    found = deviation_of(row["required"], row["offered"], row["term"] or None)
    spoken = language or language_of(row["required"] + row["offered"])
    kept = {key: value for key, value in row.items() if key not in (*_SIDES, "term")}
    return {**kept, **found.as_json(spoken)}
