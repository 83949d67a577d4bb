"""How far a long run is, as a bar people see on its page."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.runtime import task_run

from flows.doors import LogWatcher, artifact_key


def files_read() -> str:
    """The name of a task that reads `places` into `deal`: the files without their folders."""
    given = task_run.parameters
    return f"Read {', '.join(Path(place).name for place in given['places'])} into {given['deal']}"


def begin_bar(deal: str, description: str) -> UUID:
    """A bar at nothing."""
    made = create_progress_artifact(0.0, key=artifact_key(deal, "progress"), description=description)
    assert isinstance(made, UUID)
    return made


def reach(bar: UUID, percent: float) -> None:
    """The bar at so many of a hundred."""
    update_progress_artifact(bar, progress=percent)


class BarWatcher(LogWatcher):
    """Puts each step into the log and moves the bar on; nobody knows how many steps come, so it never gets to `end`."""

    def __init__(self, bar: UUID, end: float) -> None:
        self._bar, self._end, self._steps = bar, end, 0

    def step(self, what: str) -> None:
        """One line and one move a step."""
        super().step(what)
        self._steps += 1
        reach(self._bar, round(self._end * self._steps / (self._steps + 2)))
