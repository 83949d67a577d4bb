"""`bidkit deal new | list | show`, and under the same name what `deal_acts` holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bidkit.cli import deal_acts
from bidkit.cli.options import CodeArgument, PersonOption, Shape, ShapeOption, opened_store, person
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples
from bidkit.kernel.language import Language

if TYPE_CHECKING:
    from bidkit.usecases.deals import DealState

app = typer.Typer(help="Deals: what everything else hangs on.", rich_markup_mode=None)
deal_acts.register(app)


@app.command(
    epilog=examples(
        'bidkit deal new D-2026-001 --name "Pump stations" --customer "Harbour City Water" --language en',
        "bidkit deal new D-2026-002 --name 智慧泵站 --customer 青澜市水务中心 --language zh --as wang.li",
    )
)
def new(
    code: CodeArgument,
    name: Annotated[str, typer.Option(help="what is being sold")],
    customer: Annotated[str, typer.Option(help="to whom")],
    language: Annotated[Language, typer.Option(help="language of our papers on the deal")],
    by: PersonOption = "",
) -> None:
    """Open a deal. An equal deal that exists is left as it is; another one under the same code is a conflict."""
    from bidkit.usecases.deals import new_deal  # noqa: PLC0415

    with opened_store() as store:
        made = new_deal(store, code=code, name=name, customer=customer, language=language, actor=person(by))
    print(f"{made.deal.code} {'opened' if made.created else 'exists already, nothing changed'}")


@app.command("list", epilog=examples("bidkit deal list", "bidkit deal list --format json"))
def list_all(form: ShapeOption = Shape.TABLE) -> None:
    """Show every deal with its tender."""
    from bidkit.usecases.deals import list_deals  # noqa: PLC0415

    with opened_store() as store:
        states = [_plain(state) for state in list_deals(store)]
    if form is Shape.JSON:
        print(json.dumps(states, ensure_ascii=False, indent=2))
    else:
        heads = ("code", "name", "customer", "language", "tender", "rows", "knockouts", "worked on")
        print(text_table(heads, [_line(state) for state in states]), end="")


@app.command(epilog=examples("bidkit deal show D-2026-001"))
def show(code: CodeArgument, form: ShapeOption = Shape.JSON) -> None:
    """Show one deal."""
    from bidkit.usecases.deals import show_deal  # noqa: PLC0415

    with opened_store() as store:
        state = _plain(show_deal(store, code))
    if form is Shape.JSON:
        print(json.dumps(state, ensure_ascii=False, indent=2))
    else:
        print(text_table(("what", "value"), [(key, str(value)) for key, value in state.items()]), end="")


def _plain(state: DealState) -> dict[str, Any]:
    tender = state.tender
    return {
        "code": state.deal.code,
        "name": state.deal.name,
        "customer": state.deal.customer,
        "language": state.deal.language.value,
        "created_at": state.deal.created_at.isoformat(),
        "tender_revision": tender.number if tender else None,
        "tender_added_at": tender.created_at.isoformat() if tender else None,
        "rows": tender.rows if tender else None,
        "knockouts": tender.knockouts if tender else None,
        "rows_worked_on": state.worked_on,
    }


def _line(state: dict[str, Any]) -> tuple[str, ...]:
    keys = ("code", "name", "customer", "language", "tender_revision", "rows", "knockouts", "rows_worked_on")
    return tuple("" if state[key] is None else str(state[key]) for key in keys)
