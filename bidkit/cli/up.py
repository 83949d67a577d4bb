"""`bidkit up`: everything on this machine."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from bidkit.cli.words import examples


def register(app: typer.Typer) -> None:
    """Put the command of this module into `app`."""
    app.command(epilog=examples("bidkit up", "bidkit up --prefect-port 4300 --room-port 4380"))(up)


def up(
    prefect_port: Annotated[int, typer.Option(help="where the Prefect UI answers")] = 4200,
    room_port: Annotated[int, typer.Option(help="where the deal room answers")] = 4280,
) -> None:
    """Start the Prefect server with every flow, and the deal room; Ctrl-C stops all of it."""
    # Flows stand above this room, so the system is another program; it takes this one's place.
    ports = ["--prefect-port", str(prefect_port), "--room-port", str(room_port)]
    os.execv(sys.executable, [sys.executable, "-m", "flows.running.up", *ports])
