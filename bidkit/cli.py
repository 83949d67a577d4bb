"""The use cases for people and scripts; the one place where an error becomes an exit status."""

from __future__ import annotations

import sys

import typer

from bidkit.kernel.errors import BidkitError

app = typer.Typer(no_args_is_help=True, help="Tender and bid management, Chinese and English.")


def main() -> None:
    """Run the command line; exits with the error's own status and its message on stderr."""
    try:
        app()
    except BidkitError as error:
        print(f"bidkit: {error}", file=sys.stderr)
        sys.exit(error.exit_status)
