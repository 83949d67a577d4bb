"""The program `bidkit`: its commands put together, its errors turned into one line and a status."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import typer
from typer.exceptions import TyperException

from bidkit.cli import (
    audit,
    bid,
    check,
    contract,
    deals,
    deviation,
    evidence,
    facts_base,
    forms,
    gates,
    handover,
    library,
    negotiation,
    obligations,
    papers,
    people,
    reading,
    reports,
    respond,
    up,
)
from bidkit.cli.console import plain_output, say
from bidkit.cli.words import EPILOG
from bidkit.kernel.errors import BidkitError

_PACKAGE = Path(__file__).resolve().parents[1]
_INTERRUPTED = 130
_READER_GONE = 141

app = typer.Typer(
    help="Tender and bid management, Chinese and English: a tender package in, every demand out as a located row.",
    epilog=EPILOG,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
reading.register(app)
app.add_typer(deals.app, name="deal")
papers.register(app)
app.add_typer(gates.app, name="gate")
app.add_typer(evidence.app, name="evidence")
app.add_typer(people.app, name="person")
app.add_typer(forms.app, name="form")
app.add_typer(reports.app, name="report")
app.add_typer(respond.app, name="respond")
app.add_typer(library.app, name="library")
app.add_typer(facts_base.app, name="facts-base")
app.add_typer(negotiation.app, name="negotiation")
app.add_typer(audit.app, name="audit")
up.register(app)
app.add_typer(contract.app, name="contract")
obligations.register(app)
handover.register(app)
app.add_typer(deviation.app, name="deviation")
app.add_typer(bid.app, name="bid")
app.add_typer(check.app, name="check")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; always raises SystemExit, with 0 or with the status of what went wrong."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    plain_output()
    sys.exit(_status_of(words or ["--help"]))


def _status_of(words: list[str]) -> int:
    try:
        status = app(words, prog_name="bidkit", standalone_mode=False)
        sys.stdout.flush()
    except TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "bidkit"
        say(f"{error.format_message().rstrip('.')}; see: {command} --help".replace("\n", " "))
        return error.exit_code
    except typer.Abort:
        return _INTERRUPTED
    except BidkitError as error:
        say(str(error))
        return error.exit_status
    except BrokenPipeError:
        return _reader_gone()
    except SystemExit as end:
        # Typer turns a broken pipe into status 1, which is ours for mistakes.
        if isinstance(end.__context__, BrokenPipeError):
            return _reader_gone()
        raise
    except Exception as error:
        return _our_mistake(error)
    return status if isinstance(status, int) else 0


def _reader_gone() -> int:
    """The status for a reader such as `head` that has seen enough; nothing is written to it any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return _READER_GONE


def _our_mistake(error: Exception) -> int:
    if os.environ.get("BIDKIT_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
    ours = [
        f"{Path(frame.filename).relative_to(_PACKAGE.parent)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if _PACKAGE in Path(frame.filename).resolve().parents
    ]
    place = ours[-1] if ours else "outside bidkit"
    say(f"unexpected {type(error).__name__} at {place}; please report it, BIDKIT_DEBUG=1 shows more")
    return BidkitError.exit_status
