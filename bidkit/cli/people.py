"""`bidkit person add | list | erase`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bidkit.cli.options import PersonOption, Shape, ShapeOption, opened_store, person
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples

app = typer.Typer(help="People: who acts, and in which roles.", rich_markup_mode=None)

LoginArgument = Annotated[str, typer.Argument(metavar="LOGIN", help="what the person signs acts with")]


@app.command(
    epilog=examples(
        'bidkit person add chen --name "Chen Gang" --role approver --role legal',
        "bidkit person add chen --left                 acts no more, stays on record",
    )
)
def add(
    login: LoginArgument,
    name: Annotated[str | None, typer.Option(help="shown to people; needed for somebody new")] = None,
    email: Annotated[str | None, typer.Option(help="where reminders go")] = None,
    role: Annotated[list[str] | None, typer.Option(help="replaces the roles held; may be repeated")] = None,
    active: Annotated[bool | None, typer.Option("--back/--left", help="whether the person acts")] = None,
    by: PersonOption = "",
) -> None:
    """Add a person or change one. Once there is an administrator only an administrator does this."""
    from bidkit.usecases.people import save_person  # noqa: PLC0415

    with opened_store() as store:
        made = save_person(
            store, login=login, actor=person(by), name=name, email=email, roles=role or None, active=active
        )
    print(f"{made.person.login} {'saved' if made.changed else 'stands already, nothing changed'}")


@app.command("list", epilog=examples("bidkit person list", "bidkit person list --format json"))
def list_all(form: ShapeOption = Shape.TABLE) -> None:
    """Show everybody with their roles."""
    from bidkit.usecases.people import list_people  # noqa: PLC0415

    with opened_store() as store:
        people = list_people(store)
    rows = [
        {"login": p.login, "name": p.name, "email": p.email, "roles": sorted(p.roles), "active": p.active}
        for p in people
    ]
    if form is Shape.JSON:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        lines = [
            (p.login, p.name or "", ", ".join(sorted(p.roles)), p.email or "", "" if p.active else "left")
            for p in people
        ]
        print(text_table(("login", "name", "roles", "e-mail", ""), lines), end="")


@app.command(epilog=examples("bidkit person erase chen"))
def erase(login: LoginArgument, by: PersonOption = "") -> None:
    """Erase a person's name and e-mail on request; the login stays under what was signed, the audit chain whole."""
    from bidkit.usecases.people import erase_person  # noqa: PLC0415

    with opened_store() as store:
        erase_person(store, login=login, actor=person(by))
    print(f"{login} erased")
