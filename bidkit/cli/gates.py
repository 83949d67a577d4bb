"""`bidkit gate show | decide | override | sign | judge | waive | late`."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bidkit.cli.options import CodeArgument, LanguageOption, PersonOption, Shape, ShapeOption, opened_store, person
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples
from bidkit.gates.decisions import Verdict

if TYPE_CHECKING:
    from bidkit.usecases.decisions import Decided
    from bidkit.usecases.waivers import Waived

app = typer.Typer(help="Gates: where a deal stands, what is missing, who decided what.", rich_markup_mode=None)

GateArgument = Annotated[
    str, typer.Argument(metavar="GATE", help="such as S3.enter, S3.complete, go_no_go, or an act such as submit_bid")
]
EntryArgument = Annotated[str, typer.Argument(metavar="ENTRY", help="the decision's id, such as D1")]
FactArgument = Annotated[str, typer.Argument(metavar="FACT", help="a condition of the stage model, such as S2.P3")]
ReasonOption = Annotated[str, typer.Option(help="why; it stays on record")]
RoleOption = Annotated[str, typer.Option(help="the role you act in [default: the one entitled]")]
TopicOption = Annotated[str, typer.Option(help="negotiation topic the act is about, such as price")]
SubjectOption = Annotated[str, typer.Option(help="SHA-256 of what would be sent, signed or priced")]
DayOption = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="a day such as 2026-05-20")
]


@app.command(
    epilog=examples(
        "bidkit gate show D-2026-001              the next gate: what is missing, who can clear it and how",
        "bidkit gate show D-2026-001 S5.enter",
        "bidkit gate show D-2026-001 submit_bid --strict && echo may be sent",
    )
)
def show(
    code: CodeArgument,
    gate: Annotated[str, typer.Argument(metavar="[GATE]", help="[default: the next one]")] = "",
    topic: TopicOption = "",
    subject: SubjectOption = "",
    strict: Annotated[bool, typer.Option("--strict", help="end with status 10 where the gate is shut")] = False,
    language: LanguageOption = None,
    form: ShapeOption = Shape.TABLE,
) -> None:
    """Show a gate of the deal: position, customer's step, blockers, decisions, and the digest to decide on."""
    from bidkit.usecases.gate_page import cells, columns, gate_page, gate_values  # noqa: PLC0415
    from bidkit.usecases.gates import GateClosed, show_gate  # noqa: PLC0415

    with opened_store() as store:
        report = show_gate(store, code, gate, topic=topic or None, subject=subject or None)
    words = language or report.state.file.deal.language
    if form is Shape.JSON:
        print(json.dumps(gate_values(report, words), ensure_ascii=False, indent=2))
    else:
        page = gate_page(report, words)
        print("\n".join(f"{title}: {text}" for title, text in page.statements))
        if page.blockers:
            print()
            print(text_table(columns(words), [cells(line) for line in page.blockers]), end="")
    if strict and report.remaining:
        raise typer.Exit(GateClosed.exit_status)


@app.command(
    epilog=examples(
        'bidkit gate decide D-2026-001 S5.enter --verdict approve --digest 9f2c… --reason "all in order" --as bo',
        'bidkit gate decide D-2026-001 go_no_go --verdict approve_with_conditions --condition "bond first" \\',
        '    --digest 9f2c… --reason "we can win this" --as chen',
    )
)
def decide(
    code: CodeArgument,
    gate: GateArgument,
    verdict: Annotated[Verdict, typer.Option(help="what is decided")],
    digest: Annotated[str, typer.Option(help="what you decide on, as `gate show` prints it")],
    reason: ReasonOption,
    condition: Annotated[list[str] | None, typer.Option(help="a condition of the approval; may be repeated")] = None,
    override: Annotated[list[str] | None, typer.Option(help="code of a blocker set aside; may be repeated")] = None,
    role: RoleOption = "",
    topic: TopicOption = "",
    subject: SubjectOption = "",
    by: PersonOption = "",
) -> None:
    """Decide at a gate. What has changed since you looked is a conflict, and nothing is decided."""
    from bidkit.usecases.decisions import Wanted, decide  # noqa: PLC0415

    parts = (tuple(condition or ()), tuple(override or ()), topic or None, subject or None)
    wanted = Wanted(gate, verdict, reason, digest.strip(), role, *parts)
    with opened_store() as store:
        made = decide(store, code, wanted, by=person(by))
    _say_decided(code, made)


@app.command(epilog=examples('bidkit gate override D-2026-001 write_bid --reason "invited today" --as chen'))
def override(
    code: CodeArgument,
    gate: GateArgument,
    reason: ReasonOption,
    role: RoleOption = "",
    topic: TopicOption = "",
    subject: SubjectOption = "",
    by: PersonOption = "",
) -> None:
    """Set aside everything that keeps a gate shut now, but for what the law forbids; a second person must sign."""
    from bidkit.usecases.decisions import override  # noqa: PLC0415

    with opened_store() as store:
        made = override(
            store, code, gate, by=person(by), reason=reason, role=role, topic=topic or None, subject=subject or None
        )
    _say_decided(code, made)


@app.command(epilog=examples("bidkit gate sign D-2026-001 D1 --as zhou"))
def sign(
    code: CodeArgument, entry: EntryArgument, role: RoleOption = "", subject: SubjectOption = "", by: PersonOption = ""
) -> None:
    """Put a second signature under a decision."""
    from bidkit.usecases.decisions import countersign  # noqa: PLC0415

    with opened_store() as store:
        made = countersign(store, code, entry, by=person(by), role=role, subject=subject or None)
    _say_decided(code, made)


@app.command(epilog=examples('bidkit gate judge D-2026-001 S2.R1 --holds --reason "they introduced us" --as chen'))
def judge(
    code: CodeArgument,
    fact: FactArgument,
    reason: ReasonOption,
    holds: Annotated[bool, typer.Option("--holds/--fails", help="whether the condition holds")] = True,
    role: RoleOption = "",
    by: PersonOption = "",
) -> None:
    """Judge a condition that only a person can judge."""
    from bidkit.usecases.evidence import judge  # noqa: PLC0415

    with opened_store() as store:
        made = judge(store, code=code, fact=fact, holds=holds, reason=reason, by=person(by), role=role)
    print(f"{made.entry.id} {'recorded' if made.created else 'is on record already, nothing changed'}")


@app.command(
    epilog=examples(
        'bidkit gate waive D-2026-001 S2.P3 --reason "not wanted" --asked-by ann --until 2026-12-31 --as chen'
    )
)
def waive(
    code: CodeArgument,
    fact: FactArgument,
    reason: ReasonOption,
    asked_by: Annotated[str, typer.Option("--asked-by", help="who asked for it, another person than you")],
    until: DayOption = None,
    role: RoleOption = "",
    by: PersonOption = "",
) -> None:
    """Approve that a process condition is let go."""
    from bidkit.usecases.waivers import WaiverWish, waive  # noqa: PLC0415

    wish = WaiverWish(reason, asked_by, until.date() if until else None, role)
    with opened_store() as store:
        made = waive(store, code=code, fact=fact, wish=wish, by=person(by))
    _say_waived(made)


@app.command(epilog=examples('bidkit gate late D-2026-001 --stage 5 --reason "invited today" --asked-by ann --as chen'))
def late(
    code: CodeArgument,
    stage: Annotated[int, typer.Option(help="the stage it came in at, 2 to 5")],
    reason: ReasonOption,
    asked_by: Annotated[str, typer.Option("--asked-by", help="who asked for it, another person than you")],
    role: RoleOption = "",
    by: PersonOption = "",
) -> None:
    """Enter a deal that came in after its first stages: what they want is waived and shown, a go / no-go is forced."""
    from bidkit.usecases.waivers import WaiverWish, enter_late  # noqa: PLC0415

    with opened_store() as store:
        made = enter_late(store, code=code, stage=stage, wish=WaiverWish(reason, asked_by, role=role), by=person(by))
    _say_waived(made)


def _say_decided(code: str, made: Decided) -> None:
    what = "recorded" if made.created else "is on record already, nothing changed"
    waits = "" if made.complete else f"; it counts once a second person signs: bidkit gate sign {code} {made.entry.id}"
    print(f"{made.entry.id} {what}{waits}")


def _say_waived(made: Waived) -> None:
    print(f"{len(made.created)} waived, {len(made.entries) - len(made.created)} were waived already")
    for entry in made.entries:
        print(f"  {entry.id} {entry.fact}")
