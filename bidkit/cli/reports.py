"""`bidkit report`: the dossier of a deal, the pipeline of all, the scorecard of people."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bidkit.cli.console import watching
from bidkit.cli.options import CodeArgument, LanguageOption, opened_store
from bidkit.cli.words import examples
from bidkit.kernel.language import Language

app = typer.Typer(help="Reports on deals and people.", rich_markup_mode=None, no_args_is_help=True)

TargetOption = Annotated[Path, typer.Option("--output", "-o", metavar="PATH", help="the file to write")]
TableOption = Annotated[Path, typer.Option("--output", "-o", metavar="PATH", help="the file to write, .pdf or .xlsx")]
CommonLanguageOption = Annotated[Language | None, typer.Option(help="language of the paper [default: most deals']")]
AllOption = Annotated[bool, typer.Option("--all", help="list every deal in the .pdf, not only the most pressing")]
PeopleOption = Annotated[
    list[str] | None, typer.Option("--person", metavar="PERSON", help="whose card; again for more [default: everybody]")
]


@app.command(epilog=examples("bidkit report dossier D-2026-001 -o dossier.pdf"))
def dossier(code: CodeArgument, output: TargetOption, language: LanguageOption = None) -> None:
    """Write the dossier of a deal as PDF: where it stands, what is open, who decided what on which evidence."""
    from bidkit.usecases.reports import write_dossier  # noqa: PLC0415

    with opened_store() as store, watching() as watcher:
        watcher.step("printing the dossier")
        made = write_dossier(store, code=code, path=output, language=language)
    print(f"{output}: {made.open} open conditions, {made.void} void decisions")


@app.command(
    epilog=examples(
        "bidkit report pipeline -o pipeline.pdf",
        "bidkit report pipeline -o pipeline.xlsx --language en   # every deal, to filter and sort",
    )
)
def pipeline(output: TableOption, language: CommonLanguageOption = None, everything: AllOption = False) -> None:
    """Write the report on all deals: where they rest, the next dates, the gap to the customer, what blocks, the chance.

    The .pdf has the totals of all and lists the 200 deals that want attention first; the .xlsx has a row for each.
    """
    from bidkit.usecases.reports import write_pipeline  # noqa: PLC0415

    with opened_store() as store, watching() as watcher:
        watcher.step("working out where the deals stand")
        made = write_pipeline(store, path=output, language=language, everything=everything)
    print(f"{output}: {made.deals} deals, {made.listed} of them listed")


@app.command(
    epilog=examples("bidkit report scorecard --from 2026-10-01 --to 2026-12-31 --person li.na -o scorecard.xlsx")
)
def scorecard(
    output: TargetOption,
    first: Annotated[datetime, typer.Option("--from", help="first day of the period", formats=["%Y-%m-%d"])],
    last: Annotated[datetime, typer.Option("--to", help="last day of the period", formats=["%Y-%m-%d"])],
    person: PeopleOption = None,
    language: CommonLanguageOption = None,
) -> None:
    """Write the process scorecard as .xlsx: assessment items brought home in a period, each with its proof."""
    from bidkit.usecases.reports import write_scorecard  # noqa: PLC0415

    period = (first.date(), last.date())
    with opened_store() as store, watching() as watcher:
        watcher.step("gathering proofs")
        made = write_scorecard(store, people=person or [], period=period, path=output, language=language)
    print(f"{output}: {made.people} people, {made.achieved} contributions")
