"""`bidkit audit verify`."""

from __future__ import annotations

import typer

from bidkit.cli.options import opened_store
from bidkit.cli.words import examples

app = typer.Typer(help="The record of who did what.", rich_markup_mode=None)


@app.callback()
def _group() -> None:
    """The record of who did what."""


@app.command(epilog=examples("bidkit audit verify"))
def verify() -> None:
    """Check the audit chain from its first event to its last; exit status 9 names the first that was tampered with."""
    from bidkit.usecases.audit import verify_audit  # noqa: PLC0415

    with opened_store() as store:
        events = verify_audit(store)
    print(f"{events} events, the chain is whole")
