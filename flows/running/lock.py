"""One system a data folder: the lock lives as long as the process, so a crash leaves none behind."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from bidkit.kernel.errors import Conflict
from flows.running.plan import Plan


@contextmanager
def running_here(plan: Plan) -> Iterator[None]:
    """Hold the folder; raises Conflict, saying where it is, when a system runs there already."""
    plan.lock_file.parent.mkdir(parents=True, exist_ok=True)
    with plan.lock_file.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise Conflict(
                "bidkit is already running here",
                where=str(plan.home),
                next_step=f"open {file.read().strip() or plan.room_address}",
            ) from error
        file.truncate(0)
        file.write(f"{plan.prefect_address}/v2 and {plan.room_address}")
        file.flush()
        yield
