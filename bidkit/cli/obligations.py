"""`bidkit obligations CODE`: what both sides have to do by when."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bidkit.cli.options import CodeArgument, LanguageOption, PersonOption, opened_store, person
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples
from bidkit.kernel.errors import UsageError

_WIDE = 70


def register(app: typer.Typer) -> None:
    """Put the command into `app`."""
    app.command(
        epilog=examples(
            "bidkit obligations D-2026-001",
            "bidkit obligations D-2026-001 --event delivery=2026-07-01 -o obligations.xlsx",
            "bidkit obligations D-2026-001 --own ob-3f9c2b7d41e0=dora -o obligations.ics",
        )
    )(obligations)


def obligations(
    code: CodeArgument,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help=".xlsx or .ics")] = None,
    event: Annotated[list[str] | None, typer.Option(help="a day things count from, as EVENT=DATE")] = None,
    own: Annotated[list[str] | None, typer.Option(help="who looks after one, as ID=LOGIN")] = None,
    language: LanguageOption = None,
    by: PersonOption = "",
) -> None:
    """List the dated duties of the contract as last reviewed and the clocks of the law; write them as xlsx or ics."""
    from bidkit.documents.contract_review.obligations import in_order, obligation_cells  # noqa: PLC0415
    from bidkit.documents.wording import finding_text, short  # noqa: PLC0415
    from bidkit.usecases import obligations as acts  # noqa: PLC0415

    with opened_store() as store:
        for pair in event or ():
            name, day = _pair(pair, "--event")
            acts.enter_event(store, code=code, event=name, on=_day(day), actor=person(by))
        for pair in own or ():
            one, login = _pair(pair, "--own")
            acts.own_obligation(store, code=code, obligation=one, login=login, actor=person(by))
        if output is None:
            found = acts.load_obligations(store, code)
        else:
            found = acts.write_obligations(store, code=code, path=output, language=language)
    chosen = language or found.deal.language
    if output is not None:
        print(f"{output}: {len(found.found)} obligations")
    else:
        cells = [obligation_cells(one, found.owners, chosen) for one in in_order(found.found)]
        rows = [(c[0].split("\n")[0], c[1], c[2], c[3], short(" ".join(c[4].split()), _WIDE), c[8]) for c in cells]
        print(text_table(("due", "kind", "who", "owner", "what", "id"), rows), end="")
    for finding in found.findings:
        print(f"  {finding_text(finding, chosen)}")


def _pair(text: str, where: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise UsageError(f"{text!r} is no NAME=VALUE", where=where, next_step="write it as delivery=2026-07-01")
    return name.strip(), value.strip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no day", where="--event", next_step="write it as 2026-07-01") from error
