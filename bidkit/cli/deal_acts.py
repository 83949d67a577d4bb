"""`bidkit deal step | profile | close`."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bidkit.cli.options import CodeArgument, PersonOption, Shape, ShapeOption, opened_store, person
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples
from bidkit.kernel.deal import Outcome

if TYPE_CHECKING:
    from bidkit.kernel.deal import DealProfile

DayOption = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="a day such as 2026-05-20")
]
_NOTHING = "none"


def register(app: typer.Typer) -> None:
    """Put the commands under `app`."""
    app.command(
        epilog=examples(
            "bidkit deal step D-2026-001 B5 --evidence E4 --next-date 2026-06-20",
            "bidkit deal step D-2026-001 B3 --on 2026-05-02 --evidence E1",
        )
    )(step)
    app.command(
        epilog=examples(
            "bidkit deal profile D-2026-001                                  what is known",
            "bidkit deal profile D-2026-001 --method open_tender --regime gov_procurement --published 2026-04-01",
            'bidkit deal profile D-2026-001 --value 4800000 --owner bo --next-date 2026-05-20 --next "bid opening"',
        )
    )(profile)
    app.command(epilog=examples('bidkit deal close D-2026-001 lost --reason "price"'))(close)


def step(
    code: CodeArgument,
    customer_step: Annotated[str, typer.Argument(metavar="STEP", help="the customer's own step, B1 to B8")],
    on: DayOption = None,
    evidence: Annotated[list[str] | None, typer.Option(help="what shows it, such as E4; may be repeated")] = None,
    next_date: DayOption = None,
    by: PersonOption = "",
) -> None:
    """Enter where the customer stands in its own procurement; without evidence our pace stays unknown."""
    from bidkit.usecases.customer_steps import see_step  # noqa: PLC0415

    with opened_store() as store:
        seen = see_step(
            store,
            code=code,
            step=customer_step.upper(),
            actor=person(by),
            seen_on=on.date() if on else None,
            evidence=tuple(evidence or ()),
            next_on=next_date.date() if next_date else None,
        )
    pace = seen.state.alignment
    print(f"{seen.entry.id} {'kept' if seen.created else 'is on record already, nothing changed'}: {pace.pace.value}")
    if pace.why_unknown:
        print(f"  {pace.why_unknown}")
    if pace.gap:
        print(f"  {abs(pace.gap)} steps apart")
    for reason in pace.abandon:
        print(f"  consider leaving: {reason}")


def profile(
    code: CodeArgument,
    method: Annotated[str | None, typer.Option(help="how the customer buys, such as open_tender")] = None,
    regime: Annotated[str | None, typer.Option(help="under which law, such as gov_procurement")] = None,
    published: DayOption = None,
    procurement_closed: DayOption = None,
    movable: Annotated[
        list[str] | None, typer.Option(help="topic the documents leave open, or 'none'; may be repeated")
    ] = None,
    value: Annotated[str | None, typer.Option(help="amount in whole units")] = None,
    currency: Annotated[str, typer.Option(help="its currency")] = "CNY",
    risk: Annotated[str | None, typer.Option(help="low, medium or high")] = None,
    owner: Annotated[str | None, typer.Option(help="login of who leads the deal")] = None,
    next_date: DayOption = None,
    next_what: Annotated[str | None, typer.Option("--next", help="what happens on the next date")] = None,
    form: ShapeOption = Shape.TABLE,
    by: PersonOption = "",
) -> None:
    """Show what is known about a deal; with options, enter it first."""
    from bidkit.usecases.profile import describe_deal, money, show_profile  # noqa: PLC0415

    given: dict[str, Any] = {
        "method": method,
        "regime": regime,
        "published_on": published.date() if published else None,
        "procurement_closed_on": procurement_closed.date() if procurement_closed else None,
        "movable_topics": None if movable is None else frozenset(movable) - {_NOTHING},
        "value": None if value is None else money(value, currency),
        "risk": risk,
        "owner": owner,
        "next_on": next_date.date() if next_date else None,
        "next_what": next_what,
    }
    changes = {name: said for name, said in given.items() if said is not None}
    with opened_store() as store:
        if changes:
            describe_deal(store, code=code, changes=changes, actor=person(by))
        known = _plain(show_profile(store, code))
    if form is Shape.JSON:
        print(json.dumps(known, ensure_ascii=False, indent=2))
    else:
        lines = [(name, "" if said is None else str(said)) for name, said in known.items()]
        print(text_table(("what", "value"), lines), end="")


def close(
    code: CodeArgument,
    outcome: Annotated[Outcome, typer.Argument(help="how it ended")],
    reason: Annotated[str, typer.Option(help="why; later deals learn from it")],
    on: DayOption = None,
    by: PersonOption = "",
) -> None:
    """Close a deal; won and lost ones feed the win probability."""
    from bidkit.usecases.closing import close_deal  # noqa: PLC0415

    day = on.date() if on else None
    with opened_store() as store:
        done = close_deal(store, code=code, outcome=outcome, reason=reason, actor=person(by), on=day)
    what = "closed" if done.changed else "was closed so already, nothing changed"
    print(f"{code} {what}: {done.ending.outcome.value} on {done.ending.on}")


def _plain(profile: DealProfile) -> dict[str, Any]:
    ending, topics = profile.ending, profile.movable_topics
    days = (profile.published_on, profile.procurement_closed_on, profile.next_on)
    published, closed, following = (day.isoformat() if day else None for day in days)
    return {
        "method": profile.method,
        "regime": profile.regime,
        "published_on": published,
        "procurement_closed_on": closed,
        "movable_topics": None if topics is None else sorted(topics),
        "value": f"{profile.value.amount:f}" if profile.value else None,
        "currency": profile.value.currency if profile.value else None,
        "risk": profile.risk,
        "owner": profile.owner or None,
        "next_on": following,
        "next_what": profile.next_what or None,
        "late_entry": profile.late_entry,
        "outcome": ending.outcome.value if ending else None,
        "ended_on": ending.on.isoformat() if ending else None,
        "end_reason": ending.reason if ending else None,
    }
