"""`bidkit respond set | suggest | import | plan`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bidkit.cli.console import say
from bidkit.cli.options import CodeArgument, PersonOption, Shape, ShapeOption, opened_store, person
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples
from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language

if TYPE_CHECKING:
    from bidkit.kernel.finding import Finding
    from bidkit.usecases.responding import RowSuggestions

app = typer.Typer(help="Answers to the rows of a tender.", rich_markup_mode=None)

RowArgument = Annotated[str, typer.Argument(metavar="ROW", help="a row's id, such as req-0123456789ab")]


@app.command(
    "set",
    epilog=examples(
        "bidkit respond set D-2026-001 req-0123456789ab compliance=full offered='36 months' proof='volume 2, p. 14'",
        "bidkit respond set D-2026-001 req-0123456789ab state=approved --as li.na",
    ),
)
def set_fields(
    code: CodeArgument,
    row: RowArgument,
    fields: Annotated[list[str], typer.Argument(metavar="FIELD=TEXT...", help="compliance, offered, answer, proof, …")],
    by: PersonOption = "",
) -> None:
    """Answer one row. Fields that are not named stay; a changed answer loses an earlier approval."""
    from bidkit.usecases.responding import respond  # noqa: PLC0415

    cells = dict(_pair(field) for field in fields)
    with opened_store() as store:
        answered = respond(store, code=code, answers={row: cells}, actor=person(by))
    tell(answered.findings)
    print(f"{row}: " + ("stored" if answered.changed else "says that already, nothing changed"))


@app.command(
    epilog=examples("bidkit respond suggest D-2026-001", "bidkit respond suggest D-2026-001 --row req-0123456789ab")
)
def suggest(
    code: CodeArgument,
    row: Annotated[list[str] | None, typer.Option("--row", metavar="ROW", help="only for these rows")] = None,
    count: Annotated[int, typer.Option(min=1, max=50, help="suggestions for each row")] = 3,
    form: ShapeOption = Shape.TABLE,
) -> None:
    """Show what we answered to rows like the open ones, with the reason and what to mind."""
    from bidkit.usecases.responding import suggestions_for  # noqa: PLC0415

    with opened_store() as store:
        found = suggestions_for(store, code=code, row_ids=row or (), count=count)
    lines = [_suggested(entry) for entry in found]
    if form is Shape.JSON:
        print(json.dumps(lines, ensure_ascii=False, indent=2))
        return
    shown = [(n["id"], n["text"], s["answer"], f"{s['score']:.2f}", s["source"]) for n in lines for s in n["answers"]]
    print(text_table(("row", "requirement", "answer", "score", "from"), shown), end="")


@app.command(
    "import", epilog=examples("bidkit respond import D-2026-001 answers.jsonl", "bidkit respond import D-1 matrix.xlsx")
)
def import_file(
    code: CodeArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a matrix .xlsx, or .jsonl/.json of objects with id")],
    by: PersonOption = "",
) -> None:
    """Take in answers somebody wrote in a file; all of them, or none where one cannot be understood."""
    from bidkit.cli.json_lines import objects_of  # noqa: PLC0415
    from bidkit.usecases.matrix import read_matrix_back  # noqa: PLC0415
    from bidkit.usecases.responding import import_answers, respond  # noqa: PLC0415

    with opened_store() as store:
        if file.suffix.lower() == ".xlsx":
            back = read_matrix_back(store, code=code, path=file, actor=person(by))
            changed, findings = back.changed, back.findings
        else:
            answered = respond(store, code=code, answers=import_answers(objects_of(file)), actor=person(by))
            changed, findings = len(answered.changed), answered.findings
    tell(findings)
    print(f"{code}: {changed} rows changed")


@app.command(
    epilog=examples(
        "bidkit respond plan D-2026-001 -o plan.xlsx --owner presales=wang.li --owner legal=chen.yu",
        "bidkit respond plan D-2026-001 -o plan.ics",
    )
)
def plan(
    code: CodeArgument,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="a .xlsx or .ics")] = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", metavar="ROLE=PERSON", help="who does what")] = None,
    by: PersonOption = "",
) -> None:
    """Give every row an owner and a day, counted back from the deadline in working days. What people set stays."""
    from bidkit.usecases.plan_files import write_plan  # noqa: PLC0415
    from bidkit.usecases.responding import plan_work  # noqa: PLC0415

    owners = dict(_pair(entry) for entry in owner or [])
    with opened_store() as store:
        planned = plan_work(store, code=code, actor=person(by), owners=owners)
        if output:
            write_plan(store, planned=planned, path=output)
    tell(planned.plan.findings)
    lines = [(s.due_on.isoformat(), s.label.of(planned.deal.language), s.role) for s in planned.plan.steps]
    print(text_table(("due", "step", "role"), lines), end="")
    print(f"{planned.changed} rows got an owner or a day")


def tell(findings: Iterable[Finding]) -> None:
    """Findings on stderr, one line each."""
    from bidkit.documents.wording import finding_text  # noqa: PLC0415

    for finding in findings:
        say(finding_text(finding, Language.EN))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"{text!r} is no NAME=TEXT", where="arguments", next_step="write it as compliance=full")
    return name.strip(), value


def _suggested(entry: RowSuggestions) -> dict[str, Any]:
    from bidkit.documents.wording import finding_text  # noqa: PLC0415

    return {
        "id": entry.row.id,
        "text": entry.row.text,
        "answers": [
            {
                "id": s.answer.id,
                "answer": s.answer.answer,
                "score": s.score,
                "shared": list(s.shared),
                "source": s.answer.source_deal,
                "owner": s.answer.owner,
                "written_on": s.answer.written_on.isoformat(),
                "mind": [finding_text(finding, Language.EN) for finding in s.findings],
            }
            for s in entry.suggestions
        ],
    }
