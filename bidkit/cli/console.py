"""Talking to the person at the terminal: messages and progress on stderr, results on stdout."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bidkit.kernel.errors import UsageError

if TYPE_CHECKING:
    from bidkit.ingest.package import Refusal


class _Status(Protocol):
    def update(self, status: str) -> None: ...


def plain_output() -> None:
    """Make both streams UTF-8 with Unix line ends, whatever the locale says; what Unicode cannot say is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def say(message: str) -> None:
    """One line on stderr; control characters of a file name cannot reach the terminal."""
    shown = "".join(c if c.isprintable() else " " for c in message)
    print(f"bidkit: {shown}", file=sys.stderr)


class Watching:
    """Shows steps as a spinner where there is one, and every refused file once."""

    def __init__(self, status: _Status | None) -> None:
        self._status = status
        self._seen: set[tuple[str, str]] = set()

    @property
    def refusals(self) -> int:
        """How many files were refused so far."""
        return len(self._seen)

    def step(self, what: str) -> None:
        """Show the step."""
        if self._status:
            from rich.markup import escape  # noqa: PLC0415

            self._status.update(escape("".join(c if c.isprintable() else " " for c in what)))

    def refused(self, refusal: Refusal) -> None:
        """Say why the file was not read."""
        if (refusal.name, refusal.reason) not in self._seen:
            self._seen.add((refusal.name, refusal.reason))
            say(refusal.message)


@contextmanager
def watching() -> Iterator[Watching]:
    """A watcher: with a spinner when a person sits at stderr, silent about steps when not.

    Results are printed after it: while it spins, what is written to stdout lands beside the spinner.
    """
    if not sys.stderr.isatty():
        yield Watching(None)
        return
    from rich.console import Console  # noqa: PLC0415

    with Console(stderr=True).status("…") as status:
        yield Watching(status)


def emit(text: str | bytes, target: Path | None) -> None:
    """The result into `target`, whole or not at all, or on stdout where there is no target."""
    data = text.encode("utf-8", "backslashreplace") if isinstance(text, str) else text
    if target is not None:
        from bidkit.usecases.outfile import write_whole  # noqa: PLC0415

        write_whole(target, data)
    elif isinstance(text, str):
        sys.stdout.write(text)
    elif sys.stdout.isatty():
        raise UsageError("a terminal cannot show this format", where="stdout", next_step="give a file: -o FILE")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
