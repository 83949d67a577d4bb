"""One run at a time for a deal and a step; the next one waits for its turn."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bidkit.settings import Settings
from flows.doors import artifact_key

_LOOK_SECONDS = 0.3


@contextmanager
def one_at_a_time(deal: str, step: str, waits: Callable[[], None]) -> Iterator[None]:
    """Hold the turn; `waits` is called once where another run has it.

    The turn belongs to the process, so a run that was killed gives it up. It counts on this machine; between machines
    the store itself keeps two writers of a deal apart.
    """
    path = Settings().home / "run" / "turns" / artifact_key(deal, step)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        if not _taken(file.fileno()):
            waits()
            while not _taken(file.fileno()):
                time.sleep(_LOOK_SECONDS)
        yield


def _taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
