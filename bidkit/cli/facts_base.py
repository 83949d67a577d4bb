"""`bidkit facts-base add | prove | list | assign`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bidkit.cli.options import PersonOption, Shape, ShapeOption, opened_store, person
from bidkit.cli.respond import tell
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples
from bidkit.kernel.language import Language
from bidkit.respond.company import FactKind

app = typer.Typer(help="What we know about ourselves, each fact with its proof.", rich_markup_mode=None)

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the day facts must hold [default: today]")]


@app.command(epilog=examples("bidkit facts-base add facts.jsonl"))
def add(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=".jsonl or .json: kind, subject, attribute, value, valid_to, …")
    ],
    by: PersonOption = "",
) -> None:
    """Take in facts. A fact is known by kind, subject and attribute, so the same file again changes nothing."""
    from bidkit.cli.json_lines import objects_of  # noqa: PLC0415
    from bidkit.usecases.company import save_facts  # noqa: PLC0415

    with opened_store() as store:
        saved = save_facts(store, facts=objects_of(file), actor=person(by))
    print(f"{saved.given} facts, {saved.changed} new or changed")


@app.command(epilog=examples("bidkit facts-base prove fact-0123456789ab licence.pdf --page 1"))
def prove(
    fact: Annotated[str, typer.Argument(metavar="FACT", help="a fact's id")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the file that proves it")],
    page: Annotated[int | None, typer.Option(help="its page, from 1")] = None,
    by: PersonOption = "",
) -> None:
    """Attach the page that proves a fact."""
    from bidkit.usecases.company import prove_fact  # noqa: PLC0415

    with opened_store() as store:
        proven = prove_fact(store, fact_id=fact, path=file, page=page, actor=person(by))
    print(f"{proven.id}: proven by {file.name}")


@app.command("list", epilog=examples("bidkit facts-base list --on 2027-03-01", "bidkit facts-base list --kind licence"))
def list_all(
    on: Day = None,
    kind: Annotated[FactKind | None, typer.Option(help="only facts of this kind")] = None,
    restricted: Annotated[bool, typer.Option("--restricted", help="show facts about people and prices too")] = False,
    form: ShapeOption = Shape.TABLE,
) -> None:
    """Show the facts and what is wrong with each on a day."""
    from bidkit.documents.wording import finding_text  # noqa: PLC0415
    from bidkit.usecases.company import list_facts  # noqa: PLC0415

    with opened_store() as store:
        states = list_facts(store, on=on.date() if on else None, kind=kind, restricted=restricted)
    lines = [
        {
            "id": state.fact.id,
            "kind": state.fact.kind.value,
            "subject": state.fact.subject,
            "attribute": state.fact.attribute,
            "value": state.fact.value,
            "valid_to": state.fact.valid_to.isoformat() if state.fact.valid_to else "",
            "proof": state.fact.source.file_name if state.fact.source else "",
            "mind": "; ".join(finding_text(finding, Language.EN) for finding in state.findings),
        }
        for state in states
    ]
    if form is Shape.JSON:
        print(json.dumps(lines, ensure_ascii=False, indent=2))
    else:
        heads = ("id", "kind", "subject", "attribute", "value", "valid_to", "proof", "mind")
        print(text_table(heads, [tuple(line.values()) for line in lines]), end="")


@app.command(
    epilog=examples('bidkit facts-base assign "Zhao" --role "project manager" --project D-1 --from 2027-01-01 --to …')
)
def assign(
    name: Annotated[str, typer.Argument(metavar="PERSON", help="who is needed")],
    role: Annotated[str, typer.Option(help="for which role")],
    project: Annotated[str, typer.Option(help="in which project")],
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="the first day")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="the last day")],
    by: PersonOption = "",
) -> None:
    """Note that a person is needed in a project, and say with what that collides."""
    from bidkit.respond.company import Assignment  # noqa: PLC0415
    from bidkit.usecases.company import assign_person  # noqa: PLC0415

    wanted = Assignment(name, role, project, first.date(), last.date())
    with opened_store() as store:
        findings = assign_person(store, assignment=wanted, actor=person(by))
    tell(findings)
    print(f"{name}: {role} in {project}")
