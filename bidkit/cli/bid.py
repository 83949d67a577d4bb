"""`bidkit bid build | pull | status`: the files of a bid out to people and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bidkit.cli.console import say, watching
from bidkit.cli.options import CodeArgument, PersonOption, Shape, ShapeOption, opened_store, person
from bidkit.cli.respond import tell
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples

if TYPE_CHECKING:
    from bidkit.usecases.bids.status import PartStatus, VolumeStatus

app = typer.Typer(help="The bid: volumes in Word that survive people.", rich_markup_mode=None)


@app.command(
    epilog=examples(
        "bidkit bid build D-2026-001 -o bid",
        "bidkit bid build D-2026-001 -o bid   # again, later: what people typed into the files is kept",
        "bidkit bid build D-2026-001 -o proposal --proposal",
    )
)
def build(
    code: CodeArgument,
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="where the files go")],
    proposal: Annotated[
        bool, typer.Option("--proposal", help="the preliminary proposal, its price as a range")
    ] = False,
    whole: Annotated[bool, typer.Option("--whole", help="all volumes in one file")] = False,
    override: Annotated[
        str, typer.Option("--override", metavar="REASON", help="ask to go on although the gate is shut")
    ] = "",
    by: PersonOption = "",
) -> None:
    """Write the volumes of a deal's bid as Word files, page numbers and index true.

    What people did in the files that lie there is taken in first: answers go back into the rows, everything else is
    carried over, and where a person and the source changed the same words both stand in Word, as a tracked change
    with a comment. While the gate is shut nothing is written and the status is 10; an override counts once a second
    person has signed it.
    """
    from bidkit.usecases.bids.build import build_bid  # noqa: PLC0415

    with opened_store() as store, watching() as watcher:
        made = build_bid(
            store,
            code=code,
            folder=folder,
            actor=person(by),
            proposal=proposal,
            whole=whole,
            override=override,
            watcher=watcher,
        )
    tell(made.findings)
    for volume in made.volumes:
        pages = "pages not counted" if volume.pages is None else f"{volume.pages} pages"
        places = f", {volume.conflicts} places need a decision" if volume.conflicts else ""
        print(f"{volume.path}: {pages}, {volume.parts} parts{places}")
    if made.taken_in:
        say(f"{made.taken_in} answers taken in from the files that lay there")


@app.command(epilog=examples("bidkit bid pull D-2026-001 'technical volume, edited by Li.docx'"))
def pull(
    code: CodeArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a .docx made by bid build, under any name")],
    by: PersonOption = "",
) -> None:
    """Take in what people did in a file of the bid; its words go into the next build."""
    from bidkit.usecases.bids.pull import pull_bid  # noqa: PLC0415

    with opened_store() as store:
        pulled = pull_bid(store, code=code, path=file, actor=person(by))
    tell(pulled.findings)
    marks = f"{sum(pulled.changes.values())} tracked changes, {sum(pulled.comments.values())} comments"
    print(f"{code}: {pulled.volume}: {pulled.changed} answers changed, {len(pulled.edited)} parts edited, {marks}")


@app.command(epilog=examples("bidkit bid status D-2026-001", "bidkit bid status D-2026-001 --format json"))
def status(code: CodeArgument, form: ShapeOption = Shape.TABLE) -> None:
    """Show where each part of the bid stands, who owes what until when, and where the files lie."""
    from bidkit.usecases.bids.status import bid_status  # noqa: PLC0415

    with opened_store() as store, watching() as watcher:
        found = bid_status(store, code, watcher)
    if form is Shape.JSON:
        print(json.dumps([_plain(volume) for volume in found], ensure_ascii=False, indent=2))
        return
    for volume in found:
        place = (
            "not built yet" if volume.path is None else str(volume.path) if volume.there else f"{volume.path} is gone"
        )
        pages = "" if volume.pages is None else f", {volume.pages} pages"
        print(f"{volume.title} ({volume.id}): {place}{pages}")
        lines = [_line(part) for part in volume.parts]
        print(text_table(("part", "stands", "answered", "approved", "owners", "due"), lines), end="\n\n")


def _line(part: PartStatus) -> tuple[str, ...]:
    return (
        f"{'  ' * (part.level - 1)}{part.title}",
        ", ".join(part.standings),
        f"{part.answered}/{part.rows}" if part.rows else "",
        f"{part.approved}/{part.rows}" if part.rows else "",
        ", ".join(part.owners),
        part.due_on.isoformat() if part.due_on else "",
    )


def _plain(volume: VolumeStatus) -> dict[str, Any]:
    return {
        "volume": volume.id,
        "title": volume.title,
        "file": str(volume.path) if volume.path else None,
        "there": volume.there,
        "pages": volume.pages,
        "parts": [
            {
                "id": part.id,
                "title": part.title,
                "standings": list(part.standings),
                "rows": part.rows,
                "answered": part.answered,
                "approved": part.approved,
                "owners": list(part.owners),
                "due_on": part.due_on.isoformat() if part.due_on else None,
            }
            for part in volume.parts
        ],
    }
