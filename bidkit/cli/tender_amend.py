"""`bidkit tender amend | acknowledge`: an addendum in, and the word that somebody took it into account."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bidkit.cli.console import say, watching
from bidkit.cli.options import CodeArgument, LanguageOption, PersonOption, opened_store, person
from bidkit.cli.words import examples
from bidkit.kernel.errors import UnreadableFile

if TYPE_CHECKING:
    from bidkit.usecases.amending import AmendedTender

IssuedArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="what was issued: an addendum, answers, or the tender anew")
]
ReportOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="PATH", help="write the report there: .xlsx or .docx")
]


def register(app: typer.Typer) -> None:
    """Put the commands of this module into `app`."""
    app.command(
        epilog=examples(
            "bidkit tender amend D-2026-001 addendum1.pdf -o changes.xlsx",
            "bidkit tender amend D-2026-001 tender-v2.docx answers.docx -o changes.docx",
        )
    )(amend)
    app.command(epilog=examples("bidkit tender acknowledge D-2026-001 1 --as li.na"))(acknowledge)


def amend(
    code: CodeArgument,
    files: IssuedArgument,
    output: ReportOption = None,
    language: LanguageOption = None,
    by: PersonOption = "",
) -> None:
    """Take an addendum, answers or a tender issued anew into a deal.

    Give only what is new. The tender is brought up to date, answers stay with their rows, and those that a change
    touches are opened again and listed with their owner. The same files again change nothing and give the report
    again. A file that cannot be read is named on stderr and the exit status is 3.
    """
    from bidkit.usecases.amending import amend_tender  # noqa: PLC0415
    from bidkit.usecases.amending_report import refuse_bad_report, write_report  # noqa: PLC0415

    if output:
        refuse_bad_report(output)
    with opened_store() as store, watching() as watcher:
        amended = amend_tender(store, code=code, paths=files, actor=person(by), watcher=watcher)
        if output and amended.amendment:
            number = amended.amendment.number
            write_report(store, code=code, number=number, path=output, language=language)
    _tell(amended)
    if output and amended.amendment is None:
        say(f"{output} was not written: no change brought these files")
    if watcher.refusals:
        raise typer.Exit(UnreadableFile.exit_status)


def acknowledge(
    code: CodeArgument,
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="the number amend gave the change")],
    by: PersonOption = "",
) -> None:
    """Say as a person that an addendum was received and taken into account."""
    from bidkit.usecases.amending_log import acknowledge as acknowledge_addendum  # noqa: PLC0415

    with opened_store() as store:
        receipt = acknowledge_addendum(store, code=code, number=number, actor=person(by))
    print(f"{code}: change {receipt.number} acknowledged by {receipt.person} on {receipt.on.isoformat()}")


def _tell(amended: AmendedTender) -> None:
    from bidkit.requirements.changes.carry import RowFate  # noqa: PLC0415

    code, made = amended.deal.code, amended.amendment
    if made is None:
        print(f"{code}: these files belong to the tender already, nothing changed")
        return
    if not amended.created:
        print(f"{code}: these files are change {made.number} already, nothing changed")
        return
    counts = ", ".join(f"{made.count(fate)} {fate.value}" for fate in RowFate if fate is not RowFate.UNCHANGED)
    print(f"{code}: change {made.number} stored as revision {made.revision}; rows: {counts}")
    for fact in made.facts:
        print(f"{fact.key}: {fact.old or '-'} -> {fact.new or '-'}")
    for touched in made.answers:
        print(f"look again: {touched.row_id} ({touched.fate.value}), {touched.owner or 'nobody yet'}")
    for row in made.deviations:
        print(f"look again: deviation {row.row_id or row.old_id}, {row.table} {row.clause}")
    for change in made.unplaced:
        say(f"no place was found for: {(change.instruction or change.old)[:200]}")
    print(f"acknowledge it: bidkit tender acknowledge {code} {made.number}")
