"""`bidkit library add | search | remove`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bidkit.cli.options import PersonOption, Shape, ShapeOption, opened_store, person
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples
from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language

app = typer.Typer(help="Past answers, kept to be found again.", rich_markup_mode=None)


@app.command(epilog=examples("bidkit library add answers.jsonl", "bidkit library add --from D-2026-001"))
def add(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help=".jsonl or .json: demand, answer, kind, language, …")
    ] = None,
    source: Annotated[str, typer.Option("--from", metavar="CODE", help="take the approved answers of this deal")] = "",
    by: PersonOption = "",
) -> None:
    """Put answers on the shelf. The same answers again change nothing."""
    from bidkit.cli.json_lines import objects_of  # noqa: PLC0415
    from bidkit.usecases.library import add_answers, take_from_deal  # noqa: PLC0415

    if (file is None) == (not source):
        raise UsageError("one source is needed", where="library add", next_step="give a FILE or --from CODE")
    with opened_store() as store:
        if source:
            shelved = take_from_deal(store, code=source, actor=person(by))
        else:
            shelved = add_answers(store, answers=objects_of(file or Path()), actor=person(by))
    print(f"{shelved.given} answers, {shelved.changed} new or changed")


@app.command(epilog=examples('bidkit library search "warranty of three years"', "bidkit library search 双机热备"))
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="a demand, or words of one")],
    language: Annotated[Language | None, typer.Option(help="only answers in this language")] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help="only answers with these tags")] = None,
    deal: Annotated[list[str] | None, typer.Option("--deal", metavar="CODE", help="only from these bids")] = None,
    count: Annotated[int, typer.Option(min=1, max=100)] = 10,
    form: ShapeOption = Shape.TABLE,
) -> None:
    """Find past answers, best first, with the words that speak for each."""
    from bidkit.respond.library import Filters  # noqa: PLC0415
    from bidkit.usecases.library import search_library  # noqa: PLC0415

    filters = Filters(language=language, tags=frozenset(tag or ()), source_deals=frozenset(deal or ()))
    with opened_store() as store:
        found = search_library(store, text=text, filters=filters, count=count)
    if form is Shape.JSON:
        lines = [
            {
                "id": s.answer.id,
                "score": s.score,
                "shared": list(s.shared),
                "demand": s.answer.demand,
                "answer": s.answer.answer,
                "source_deal": s.answer.source_deal,
                "written_on": s.answer.written_on.isoformat(),
            }
            for s in found
        ]
        print(json.dumps(lines, ensure_ascii=False, indent=2))
        return
    shown = [
        (s.answer.id, f"{s.score:.2f}", s.answer.demand, s.answer.answer, s.answer.source_deal, " ".join(s.shared))
        for s in found
    ]
    print(text_table(("id", "score", "demand", "answer", "from", "why"), shown), end="")


@app.command(epilog=examples("bidkit library remove ans-0123456789ab"))
def remove(
    answer: Annotated[str, typer.Argument(metavar="ID", help="an answer's id, such as ans-0123456789ab")],
    by: PersonOption = "",
) -> None:
    """Take an answer off the shelf; the record of it stays."""
    from bidkit.usecases.library import put_away_answer  # noqa: PLC0415

    with opened_store() as store:
        put_away_answer(store, answer_id=answer, actor=person(by))
    print(f"{answer}: taken off the shelf")
