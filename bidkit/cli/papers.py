"""`bidkit tender add`, `bidkit matrix`, `bidkit brief`: a deal's tender in, its papers out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bidkit.cli import tender_amend, tender_diff
from bidkit.cli.console import say, watching
from bidkit.cli.options import CodeArgument, FileArguments, LanguageOption, PersonOption, opened_store, person
from bidkit.cli.words import examples
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.language import Language

if TYPE_CHECKING:
    from bidkit.usecases.matrix import ReadBack
    from bidkit.usecases.tenders import AddedTender

tender = typer.Typer(help="Tenders of a deal.", rich_markup_mode=None)

TargetOption = Annotated[Path, typer.Option("--output", "-o", metavar="PATH", help="the file to write")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module into `app`."""
    tender_diff.register(tender)
    tender_amend.register(tender)
    app.add_typer(tender, name="tender")
    app.command(
        epilog=examples(
            "bidkit matrix D-2026-001 -o matrix.xlsx",
            "bidkit matrix D-2026-001 -o matrix.xlsx   # again, later: what people typed into it is kept",
        )
    )(matrix)
    app.command(
        epilog=examples("bidkit brief D-2026-001 -o brief.pdf", "bidkit brief D-2026-001 -o brief.pdf --language en")
    )(brief)


@tender.command(
    epilog=examples(
        "bidkit tender add D-2026-001 tender.pdf annex.zip",
        "bidkit tender add D-2026-001 tender.pdf annex.zip addendum1.docx   # the whole package, now with addendum",
    )
)
def add(code: CodeArgument, files: FileArguments, by: PersonOption = "") -> None:
    """Store a tender's files and everything read out of them as a revision of the deal's tender.

    Give the whole package each time. The same files again change nothing; other files make the next revision, in
    which unchanged rows keep their ids and what people wrote on them. A file that cannot be read is named on
    stderr and the exit status is 3; without a single row nothing is stored and it is 4.
    """
    from bidkit.usecases.tenders import add_tender  # noqa: PLC0415

    with opened_store() as store, watching() as watcher:
        added = add_tender(store, code=code, paths=files, actor=person(by), watcher=watcher)
        for refusal in added.refused:
            watcher.refused(refusal)
    print(_told(code, added))
    if watcher.refusals:
        raise typer.Exit(UnreadableFile.exit_status)


def matrix(code: CodeArgument, output: TargetOption, language: LanguageOption = None, by: PersonOption = "") -> None:
    """Write the compliance matrix of a deal as .xlsx.

    Where a matrix of the deal lies there already, what people typed into it is taken into the store first, so that
    nothing typed is lost.
    """
    from bidkit.usecases.matrix import export_matrix  # noqa: PLC0415

    with opened_store() as store, watching() as watcher:
        watcher.step("writing the matrix")
        made = export_matrix(store, code=code, path=output, actor=person(by), language=language)
    _tell_read_back(made.read_back, language or Language.EN)
    print(f"{output}: {made.rows} rows of revision {made.revision}; {made.read_back.changed} rows taken in from before")


def brief(code: CodeArgument, output: TargetOption, language: LanguageOption = None) -> None:
    """Write the one-page brief of a deal's tender as PDF."""
    from bidkit.usecases.brief import write_brief_of  # noqa: PLC0415

    with opened_store() as store, watching() as watcher:
        watcher.step("printing the brief")
        made = write_brief_of(store, code=code, path=output, language=language)
    print(f"{output}: brief of revision {made.revision}")


def _told(code: str, added: AddedTender) -> str:
    revision = added.revision
    size = f"{revision.rows} rows, {revision.knockouts} knockouts"
    if not added.created:
        later = f"; the tender is at revision {added.latest} now" if added.latest != revision.number else ""
        return f"{code}: these files are revision {revision.number} already ({size}), nothing changed{later}"
    difference = f"; {added.new} rows new, {added.gone} gone" if revision.number > 1 else ""
    return f"{code}: revision {revision.number} stored, {size}{difference}"


def _tell_read_back(read_back: ReadBack, language: Language) -> None:
    from bidkit.documents.wording import finding_text  # noqa: PLC0415

    for finding in read_back.findings:
        say(finding_text(finding, language))
    if read_back.kept:
        say(f"the sheet as it was is kept in {read_back.kept}")
