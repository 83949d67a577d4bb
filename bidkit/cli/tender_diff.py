"""`bidkit tender diff`: a tender before and after an addendum in, every change out; no store is touched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bidkit.cli.console import emit, say, watching
from bidkit.cli.options import OutOption, Shape
from bidkit.cli.words import examples
from bidkit.kernel.errors import UnreadableFile

if TYPE_CHECKING:
    from bidkit.requirements.changes.model import TenderDiff

OldArgument = Annotated[Path, typer.Argument(metavar="OLD", help="the tender so far: a file, a folder or a zip")]
NewArgument = Annotated[
    list[Path],
    typer.Argument(metavar="NEW", help="what was issued: the tender anew, an addendum, answers, or all of it"),
]
FormatOption = Annotated[Shape, typer.Option("--format", help="how to show it")]


def register(app: typer.Typer) -> None:
    """Put the command into `app`."""
    app.command(
        epilog=examples(
            "bidkit tender diff tender.docx tender-v2.docx",
            "bidkit tender diff tender.pdf addendum1.pdf --format table",
            "bidkit tender diff old/ new/ | jq '.changes[] | select(.what == \"date\")'",
        )
    )(diff)


def diff(old: OldArgument, new: NewArgument, form: FormatOption = Shape.JSON, output: OutOption = None) -> None:
    """Show what an addendum changes in a tender, issued anew or as a list of changes.

    One JSON object: {"changes": [{"kind": "changed|added|removed|moved", "old", "new",
    "what": "number|date|strength|mark|wording", "also", "section", "instruction", "anchors"}], "kept", "listed"}.
    Files of OLD that NEW does not issue again stay in force and are named under "kept".
    """
    from bidkit.requirements.changes.export import diff_as_json  # noqa: PLC0415
    from bidkit.usecases.tender_diff import diff_files  # noqa: PLC0415

    with watching() as watcher:
        found = diff_files(old, new, watcher)
    for name in found.kept:
        say(f"{name} was not issued again and stays in force")
    plain = json.dumps(diff_as_json(found), ensure_ascii=False, indent=2) + "\n"
    emit(_table(found) if form is Shape.TABLE else plain, output)
    if watcher.refusals:
        raise typer.Exit(UnreadableFile.exit_status)


def _table(found: TenderDiff) -> str:
    from bidkit.cli.tables import text_table  # noqa: PLC0415

    lines = [(change.kind.value, change.what.value, change.old, change.new) for change in found.changes]
    return text_table(("kind", "what", "before", "after"), lines)
