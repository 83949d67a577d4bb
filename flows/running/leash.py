"""A part of the system dies with the process that started it, however that one died."""

from __future__ import annotations

import os
import signal
import threading


def hold() -> None:
    """Ask this process to stop as soon as its standard input ends: only the parent holds the other end."""
    threading.Thread(target=_wait, name="leash", daemon=True).start()


def _wait() -> None:
    # Not through sys.stdin: its lock, held here, would trip the interpreter as it ends.
    while os.read(0, 1024):
        continue
    os.kill(os.getpid(), signal.SIGTERM)
