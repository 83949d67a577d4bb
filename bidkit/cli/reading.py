"""`bidkit parse` and `bidkit facts`: files in, rows and facts out; no store is touched."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bidkit.cli.console import emit, watching
from bidkit.cli.options import FileArguments, OutOption, Shape, ShapeOption
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples
from bidkit.kernel.errors import UnreadableFile

if TYPE_CHECKING:
    from bidkit.requirements.model import Requirement
    from bidkit.usecases.parse import Reading


class RowsFormat(StrEnum):
    """How rows are printed."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    TABLE = "table"


FormatOption = Annotated[
    RowsFormat | None,
    typer.Option("--format", help="how to print the rows [default: by the file's ending, else jsonl]"),
]


def register(app: typer.Typer) -> None:
    """Put the commands of this module into `app`."""
    app.command(
        epilog=examples(
            "bidkit parse tender.pdf | head -3",
            "bidkit parse tender.docx --format table",
            "bidkit parse tender.zip --format csv -o rows.csv",
            "bidkit parse tender.docx annex1.xlsx annex2.pdf -o rows.xlsx",
            "bidkit parse tender.pdf | jq -r 'select(.knockout) | [.page, .text] | @tsv'",
        )
    )(parse)
    app.command(
        epilog=examples(
            "bidkit facts tender.pdf",
            "bidkit facts tender.pdf --format table",
            "bidkit facts tender.zip | jq '.facts.submission_deadline.value'",
        )
    )(facts)


def parse(files: FileArguments, form: FormatOption = None, output: OutOption = None) -> None:
    """Print every requirement of a tender as a row: verbatim, with its place, kind, force and why it is one.

    All files are taken as one tender. A file that cannot be read is named on stderr, the others go on and the exit
    status is 3; without a single row it is 4.
    """
    form = form or _form_of(output)
    if output is not None:
        from bidkit.usecases.outfile import refuse_bad_target  # noqa: PLC0415

        refuse_bad_target(output)
    from bidkit.usecases.parse import parse_files  # noqa: PLC0415

    with watching() as watcher:
        reading = parse_files(files, watcher)
        watcher.step("writing")
        printed = _printed(reading, form, output)
    emit(printed, output)
    if watcher.refusals:
        raise typer.Exit(UnreadableFile.exit_status)


def facts(files: FileArguments, form: ShapeOption = Shape.JSON, output: OutOption = None) -> None:
    """Print the key facts of a tender with their places, every other value found, and findings on the tender itself.

    One JSON object: {"facts": {key: {value, doc, page, text, alternatives}}, "findings": [...]}.
    """
    from bidkit.usecases.parse import facts_of_files  # noqa: PLC0415

    with watching() as watcher:
        found = facts_of_files(files, watcher)
    emit(_facts_table(found) if form is Shape.TABLE else json.dumps(found, ensure_ascii=False, indent=2) + "\n", output)
    if watcher.refusals:
        raise typer.Exit(UnreadableFile.exit_status)


def _form_of(output: Path | None) -> RowsFormat:
    ending = output.suffix.lower().lstrip(".") if output else ""
    return RowsFormat(ending) if ending in (RowsFormat.CSV, RowsFormat.XLSX) else RowsFormat.JSONL


def _printed(reading: Reading, form: RowsFormat, output: Path | None) -> str | bytes:
    rows = reading.solicitation.requirements
    if form is RowsFormat.XLSX:
        from bidkit.usecases.matrix import matrix_of_reading  # noqa: PLC0415

        return matrix_of_reading(reading, output)
    if form is RowsFormat.CSV:
        # Spreadsheet programs take a file for UTF-8 only when it begins with the mark.
        return ("\ufeff" if output else "") + _csv(rows)
    if form is RowsFormat.TABLE:
        return _rows_table(rows)
    from bidkit.requirements.export import row_as_json  # noqa: PLC0415

    return "".join(json.dumps(row_as_json(row), ensure_ascii=False) + "\n" for row in rows)


def _csv(rows: tuple[Requirement, ...]) -> str:
    from bidkit.requirements.export import CSV_COLUMNS, row_as_csv  # noqa: PLC0415

    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(row_as_csv, rows))
    return text.getvalue()


def _rows_table(rows: tuple[Requirement, ...]) -> str:
    lines = [
        (
            f"{row.anchor.page or ''}",
            row.clause or "",
            row.mark or "",
            "KNOCKOUT" if row.knockout else row.force.value,
            row.kind.value,
            row.text,
        )
        for row in rows
    ]
    return text_table(("page", "clause", "mark", "force", "kind", "text"), lines)


def _facts_table(found: dict[str, Any]) -> str:
    facts = [
        (key, str(fact["value"]), fact["doc"], f"{fact['page'] or ''}", str(len(fact["alternatives"]) or ""))
        for key, fact in found["facts"].items()
    ]
    return text_table(("fact", "value", "file", "page", "others"), facts)
