"""`bidkit contract compare`: two versions in, every change out; no store is touched."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bidkit.cli.console import emit, watching
from bidkit.cli.options import OutOption
from bidkit.cli.words import examples
from bidkit.kernel.language import Language


class CompareFormat(StrEnum):
    """How a comparison is given."""

    JSON = "json"
    DOCX = "docx"
    HTML = "html"


OldArgument = Annotated[Path, typer.Argument(metavar="OLD", help="the version agreed so far: docx, pdf, txt, md, …")]
NewArgument = Annotated[Path, typer.Argument(metavar="NEW", help="the version to look at: docx, pdf, txt, md, …")]
FormatOption = Annotated[
    CompareFormat | None, typer.Option("--format", help="how to give it [default: by the file's ending, else json]")
]
PageLanguage = Annotated[Language, typer.Option(help="language of the page and of comments")]
AuthorOption = Annotated[str, typer.Option(help="whose name our tracked changes carry")]


def register(app: typer.Typer) -> None:
    """Put the command into `app`."""
    app.command(
        epilog=examples(
            "bidkit contract compare v1.docx v2.docx | jq '.changes[] | select(.tracked | not)'",
            "bidkit contract compare v1.docx v2.pdf --format html -o changes.html --language zh",
            "bidkit contract compare v1.docx v2.docx -o redline.docx",
        )
    )(compare)


def compare(
    old: OldArgument,
    new: NewArgument,
    form: FormatOption = None,
    output: OutOption = None,
    language: PageLanguage = Language.EN,
    author: AuthorOption = "bidkit",
) -> None:
    """Show every change from OLD to NEW, those that NEW does not show as tracked changes first.

    json: {"changes": [{"kind", "old", "new", "value_changes", "tracked", "place", "edits", "authors", "anchors"}]};
    html: a page to read side by side; docx: a redline whose accepted text is NEW and whose rejected text is OLD,
    the marks of other authors kept.
    """
    form = form or _form_of(output)
    from bidkit.usecases.contract_compare import compare_contracts, comparison_page, redline_of  # noqa: PLC0415

    printed: str | bytes
    with watching() as watcher:
        if form is CompareFormat.DOCX:
            printed = redline_of(old, new, author=author, language=language, watcher=watcher)
        elif form is CompareFormat.HTML:
            printed = comparison_page(compare_contracts(old, new, watcher), language)
        else:
            from bidkit.contract.compare_export import comparison_as_json  # noqa: PLC0415

            plain = comparison_as_json(compare_contracts(old, new, watcher))
            printed = json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
    emit(printed, output)


def _form_of(output: Path | None) -> CompareFormat:
    ending = output.suffix.lower().lstrip(".") if output else ""
    return CompareFormat(ending) if ending in (CompareFormat.DOCX, CompareFormat.HTML) else CompareFormat.JSON
