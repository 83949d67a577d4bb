"""`bidkit deviation build | pull | none | approve | risk`: a deal's tables out to files and back."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bidkit.cli.console import say, watching
from bidkit.cli.options import CodeArgument, LanguageOption, PersonOption, opened_store, person
from bidkit.cli.respond import tell
from bidkit.cli.words import examples
from bidkit.deviation.approve import Exposure, Risk
from bidkit.deviation.tables_model import Table
from bidkit.kernel.errors import UsageError

if TYPE_CHECKING:
    from bidkit.usecases.deviation_files import PulledDeviations

RowArgument = Annotated[str, typer.Argument(metavar="ROW", help="the id of a row of a deviation table")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module into `app`."""
    app.command(epilog=examples("bidkit deviation build D-2026-001 -o deviations --bidder 'Harbour Systems Ltd'"))(
        build
    )
    app.command(epilog=examples("bidkit deviation pull D-2026-001 deviation-commercial.docx"))(pull)
    app.command("none", epilog=examples("bidkit deviation none D-2026-001 technical --as li.na"))(state_none)
    app.command(epilog=examples("bidkit deviation approve D-2026-001 dev-0123456789ab --as chen.yu"))(approve)
    app.command(epilog=examples("bidkit deviation risk D-2026-001 dev-0123456789ab medium --money 20000"))(risk)


def build(
    code: CodeArgument,
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="where the files go")],
    bidder: Annotated[str, typer.Option(help="our name as the tables print it")] = "",
    language: LanguageOption = None,
    by: PersonOption = "",
) -> None:
    """Write every deviation table as Word, in the tender's own form where it has one, and all of them as one workbook.

    What people typed into the files that lie there is taken in first. A table that would be blank is not written
    without a person's word (`bidkit deviation none`), for a blank table accepts everything. The status says whether
    something stops these tables from going out.
    """
    from bidkit.usecases.deviation_files import build_deviations  # noqa: PLC0415
    from bidkit.usecases.gates import GateClosed  # noqa: PLC0415

    with opened_store() as store, watching() as watcher:
        made = build_deviations(
            store, code=code, folder=folder, actor=person(by), bidder=bidder, language=language, watcher=watcher
        )
    _tell_pulled(made.pulled)
    tell(made.findings)
    for path in made.files:
        print(path)
    for why in made.left_out:
        say(f"not written: {why}")
    tell(made.blockers)
    if made.blockers or made.left_out:
        raise typer.Exit(GateClosed.exit_status)


def pull(
    code: CodeArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a .docx or .xlsx made by deviation build")],
    by: PersonOption = "",
) -> None:
    """Take in what people typed into a deviation table, whatever program saved it."""
    from bidkit.usecases.deviation_files import pull_deviations  # noqa: PLC0415

    with opened_store() as store:
        pulled = pull_deviations(store, code=code, path=file, actor=person(by))
    _tell_pulled(pulled)
    print(f"{code}: {pulled.changed} rows changed")


def state_none(
    code: CodeArgument,
    table: Annotated[Table, typer.Argument(help="which table has no deviation")],
    by: PersonOption = "",
) -> None:
    """Say as a person that a table has no deviation."""
    from bidkit.usecases.deviation_work import state_no_deviation  # noqa: PLC0415

    with opened_store() as store:
        said = state_no_deviation(store, code=code, table=table, actor=person(by))
    print(f"{code}: {said.person} said on {said.on.isoformat()} that the {table.value} table has no deviation")


def approve(
    code: CodeArgument,
    row: RowArgument,
    role: Annotated[str, typer.Option(help="the role to act in, where the person has several")] = "",
    by: PersonOption = "",
) -> None:
    """Approve a negative deviation as it stands now; a later change needs a new approval."""
    from bidkit.usecases.deviation_work import approve_deviation  # noqa: PLC0415

    with opened_store() as store:
        left = approve_deviation(store, code=code, row_id=row, actor=person(by), role=role)
    tell(left)
    print(f"{row}: approved; {len(left)} deviations still stop the tables")


def risk(
    code: CodeArgument,
    row: RowArgument,
    level: Annotated[Risk, typer.Argument(help="how much the deviation can cost us")],
    money: Annotated[str, typer.Option(help="the money it may cost, in whole currency units")] = "",
    by: PersonOption = "",
) -> None:
    """Note how risky a deviation is; it decides who has to approve it."""
    from bidkit.usecases.deviation_work import set_exposure  # noqa: PLC0415

    with opened_store() as store:
        set_exposure(store, code=code, row_id=row, exposure=Exposure(_amount(money), level), actor=person(by))
    print(f"{row}: {level.value}")


def _amount(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise UsageError(f"{text!r} is no amount", where="--money", next_step="write it as 20000") from error


def _tell_pulled(pulled: PulledDeviations) -> None:
    tell(pulled.findings)
    for text in pulled.kept:
        say(f"no row was found for: {text}")
