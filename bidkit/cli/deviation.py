"""`bidkit deviation`: which rows a tender's deviation tables must have, and what is done with them."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bidkit.cli import deviation_build, deviation_compare
from bidkit.cli.console import emit, watching
from bidkit.cli.options import FileArguments, OutOption
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples
from bidkit.kernel.errors import NothingFound, UnreadableFile

if TYPE_CHECKING:
    from bidkit.deviation.tables_model import DeviationTable

_SHOWN = 80


class TableFormat(StrEnum):
    """How the rows are printed."""

    JSONL = "jsonl"
    TABLE = "table"


app = typer.Typer(help="Deviation tables: their rows, our deviations, the files that go out and come back.")


deviation_compare.register(app)
deviation_build.register(app)


@app.callback()
def group() -> None:
    """Deviation tables: their rows, our deviations, the files that go out and come back."""


@app.command(
    epilog=examples(
        "bidkit deviation rows tender.docx",
        "bidkit deviation rows tender.zip --format table",
        "bidkit deviation rows tender.docx | jq -r 'select(.table==\"substantive\") | .requirement'",
    )
)
def rows(
    files: FileArguments,
    form: Annotated[TableFormat, typer.Option("--format", help="how to print the rows")] = TableFormat.JSONL,
    output: OutOption = None,
) -> None:
    """Print which rows the tender's own rules put into which deviation table, in the order of the table.

    One object a line: {"table", "item", "clause", "requirement", "anchor", ...}; rows that the issuer printed into
    its form come as issued ("origin": "issued"). No database is needed. Without a single row the status is 4.
    """
    from bidkit.usecases.deviation_rows import deviation_tables_of_files  # noqa: PLC0415

    with watching() as watcher:
        tables = deviation_tables_of_files(files, watcher)
    if not any(table.rows for table in tables):
        raise NothingFound(
            "no row belongs into a deviation table",
            where=", ".join(str(file) for file in files),
            next_step="check that these files hold the needs of the buyer",
        )
    emit(_table(tables) if form is TableFormat.TABLE else _jsonl(tables), output)
    if watcher.refusals:
        raise typer.Exit(UnreadableFile.exit_status)


def _jsonl(tables: tuple[DeviationTable, ...]) -> str:
    from bidkit.deviation.rows import row_as_json  # noqa: PLC0415

    lines = []
    for table in tables:
        more = {"form": table.form.title if table.form else None, "listing": table.rules.listing.value}
        lines += [json.dumps({**row_as_json(row), **more}, ensure_ascii=False) for row in table.rows]
    return "".join(f"{line}\n" for line in lines)


def _table(tables: tuple[DeviationTable, ...]) -> str:
    lines = [
        (row.table.value, row.item, row.clause, row.mark, " ".join(row.requirement.split())[:_SHOWN])
        for table in tables
        for row in table.rows
    ]
    return text_table(("table", "item", "clause", "mark", "requirement"), lines)
