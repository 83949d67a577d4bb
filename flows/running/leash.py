"""A part of the system dies with the process that started it, however that one died."""

from __future__ import annotations

import os
import signal
import sys
import threading


def hold() -> None:
    """Ask this process to stop as soon as its standard input ends: only the parent holds the other end."""
    threading.Thread(target=_wait, name="leash", daemon=True).start()


def _wait() -> None:
    while sys.stdin.buffer.read(1024):
        continue
    os.kill(os.getpid(), signal.SIGTERM)
