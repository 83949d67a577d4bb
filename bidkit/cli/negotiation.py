"""`bidkit negotiation plan | round | minutes | agree | show`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bidkit.cli.console import say
from bidkit.cli.options import CodeArgument, LanguageOption, PersonOption, opened_store, person
from bidkit.cli.respond import tell
from bidkit.cli.words import examples
from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language

app = typer.Typer(help="Plans, rounds and agreed terms of a negotiation.", rich_markup_mode=None)

FileOption = Annotated[Path | None, typer.Option("--file", metavar="FILE", help=".yaml or .json")]


@app.command(
    epilog=examples(
        "bidkit negotiation plan D-2026-001 --file plan.yaml -o plan.pdf --as fin.zhao",
        "bidkit negotiation plan D-2026-001 -o plan.pdf --as fin.zhao   # again, worked out as of today",
    )
)
def plan(
    code: CodeArgument,
    file: FileOption = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="the internal edition")] = None,
    language: LanguageOption = None,
    by: PersonOption = "",
) -> None:
    """Work out what to offer: values in money, the front, fair points, equal packages, steps, what the law closes.

    Only commercial, finance and approvers may: the plan holds our reservation value. Nothing printed here shows it.
    """
    from bidkit.documents.negotiation import summary_lines  # noqa: PLC0415
    from bidkit.usecases.negotiation import planned, save_plan, write_plan  # noqa: PLC0415

    actor = person(by)
    with opened_store() as store:
        made = save_plan(store, code=code, content=_object(file), actor=actor) if file else planned(store, code, actor)
        if output:
            write_plan(store, code=code, path=output, actor=actor, language=language)
    for line in summary_lines(made.worked, language or Language.EN):
        print(line)


@app.command(epilog=examples("bidkit negotiation draft D-2026-001 -o plan.yaml"))
def draft(
    code: CodeArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="PATH", help="a new .yaml to complete")],
) -> None:
    """Write a first plan from the deal's tender and deviations, for people to complete; nothing is stored."""
    import yaml  # noqa: PLC0415

    from bidkit.usecases.negotiation_draft import draft_plan  # noqa: PLC0415
    from bidkit.usecases.outfile import write_whole  # noqa: PLC0415

    if output.exists():
        raise UsageError("a file lies there already", where=str(output), next_step="choose another name")
    with opened_store() as store:
        content = draft_plan(store, code)
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
    write_whole(output, text.encode())
    print(f"{output}: {len(content['issues'])} issues; add the reservation value and what each option is worth")


@app.command("round", epilog=examples("bidkit negotiation round D-2026-001 --file round2.yaml"))
def record(code: CodeArgument, file: FileOption = None, by: PersonOption = "") -> None:
    """Keep a round: number, held_on, place, discussed, concessions (each against something), agreed, open."""
    from bidkit.usecases.negotiation import record_round  # noqa: PLC0415

    if file is None:
        raise UsageError("a round needs its file", where="--file", next_step="write what happened as .yaml or .json")
    with opened_store() as store:
        findings = record_round(store, code=code, content=_object(file), actor=person(by))
    tell(findings)
    print(f"{code}: round kept, {len(findings)} warnings")


@app.command(epilog=examples("bidkit negotiation minutes D-2026-001 2 -o minutes2.docx"))
def minutes(
    code: CodeArgument,
    number: Annotated[int, typer.Argument(min=1, help="which round")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="PATH", help="a .docx for both sides")],
    language: LanguageOption = None,
) -> None:
    """Write the minutes of a round for both sides to sign; nothing of our values is in them."""
    from bidkit.usecases.negotiation import write_minutes  # noqa: PLC0415

    with opened_store() as store:
        write_minutes(store, code=code, number=number, path=output, language=language)
    print(output)


@app.command(
    epilog=examples('bidkit negotiation agree D-2026-001 payment "30 % on order, 70 % on acceptance" --round 2')
)
def agree(
    code: CodeArgument,
    topic: Annotated[str, typer.Argument(help="the topic, such as payment or warranty")],
    text: Annotated[str, typer.Argument(help="what was agreed, in the words of the minutes")],
    number: Annotated[int, typer.Option("--round", min=1, help="in which round")],
    confirmed: Annotated[bool, typer.Option("--confirmed", help="the customer signed or confirmed it")] = False,
    by: PersonOption = "",
) -> None:
    """Keep a term both sides agreed on; the contract is held against it."""
    from bidkit.usecases.negotiation import AgreedTerm  # noqa: PLC0415
    from bidkit.usecases.negotiation import agree as keep  # noqa: PLC0415

    with opened_store() as store:
        kept = keep(store, code=code, term=AgreedTerm(topic, text, number, confirmed), actor=person(by))
    if not kept.confirmed:
        say("the customer has not confirmed it yet: it counts for nothing until then")
    print(f"{code}: {kept.topic} agreed in round {kept.round}")


@app.command(epilog=examples("bidkit negotiation show D-2026-001"))
def show(code: CodeArgument) -> None:
    """Show the agreed terms as JSON."""
    from bidkit.usecases.negotiation import agreed_terms  # noqa: PLC0415

    with opened_store() as store:
        terms = agreed_terms(store, code)
    lines = [
        {"topic": term.topic, "text": term.text, "round": term.round, "confirmed": term.confirmed}
        for term in terms.values()
    ]
    print(json.dumps(lines, ensure_ascii=False, indent=2))


def _object(file: Path) -> dict[str, Any]:
    """The object in the file; raises UsageError without printing any of it, for it may hold secrets."""
    import yaml  # noqa: PLC0415

    try:
        value = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError("it cannot be read as YAML or JSON", where=str(file), next_step="check the file") from error
    if not isinstance(value, dict):
        raise UsageError("it holds no object", where=str(file), next_step="begin with names and values")
    return value
