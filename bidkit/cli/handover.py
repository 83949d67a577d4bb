"""`bidkit handover CODE`: what was promised, who answers for it, and the closing of the hand-over."""

from __future__ import annotations

from typing import Annotated

import typer

from bidkit.cli.options import CodeArgument, PersonOption, opened_store, person
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples
from bidkit.kernel.errors import UsageError

_WIDE = 70


def register(app: typer.Typer) -> None:
    """Put the command into `app`."""
    app.command(
        epilog=examples(
            "bidkit handover D-2026-001",
            "bidkit handover D-2026-001 --own hi-3f9c2b7d41e0=dora --own hi-0c11aa2b3d4e=dora",
            "bidkit handover D-2026-001 --close --as dora",
        )
    )(handover)


def handover(
    code: CodeArgument,
    own: Annotated[list[str] | None, typer.Option(help="who answers for an item, as ID=LOGIN")] = None,
    close: Annotated[bool, typer.Option("--close", help="delivery takes the project over")] = False,
    role: Annotated[str, typer.Option(help="the role you act in, where you have several")] = "",
    by: PersonOption = "",
) -> None:
    """List every commitment, deviation, assumption and minute with its owner; closing is refused while one has none."""
    from bidkit.documents.wording import finding_text, short  # noqa: PLC0415
    from bidkit.usecases import handover as acts  # noqa: PLC0415

    with opened_store() as store:
        for pair in own or ():
            item, sign, login = pair.partition("=")
            if not sign or not login.strip():
                raise UsageError(f"{pair!r} is no ID=LOGIN", where="--own", next_step="write it as hi-…=dora")
            acts.own_item(store, code=code, item=item.strip(), login=login.strip(), actor=person(by))
        if close:
            found = acts.close_handover(store, code=code, actor=person(by), role=role)
        else:
            found = acts.load_handover(store, code)
    rows = [(one.kind, one.owner, short(one.text, _WIDE), one.ref, one.id) for one in found.items]
    print(text_table(("what", "owner", "text", "from", "id"), rows), end="")
    if found.closed is not None:
        print(f"{code} handed over on {found.closed.on}: {found.closed.items} items taken by {found.closed.by}")
    for finding in found.open:
        print(f"  {finding_text(finding, found.deal.language)}")
