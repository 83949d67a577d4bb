"""What the gates and the reports on deals cost, and how it grows: `python -m bench.gates` prints its part alone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bidkit.store import Store

_FEW, _MANY = 100, 1000
_GOALS = {"pipeline_pdf": 5.0, "pipeline_xlsx": 5.0, "gates": 0.05}
_NAMES = {
    "pipeline_pdf": "pipeline report, .pdf",
    "pipeline_xlsx": "pipeline report, .xlsx",
    "gates": "one deal's gates",
    "dossier": "one deal's dossier, .pdf",
}
_DEEP = "D-00008"  # a deal with everything its eight stages ask for


class Cost(Protocol):
    """What an act costs: seconds on the clock, seconds of the processor, and the latter from the start of a process."""

    @property
    def seconds(self) -> float:
        """The median on the clock."""

    @property
    def cpu(self) -> float:
        """The median of the processor's time."""

    @property
    def cold(self) -> float:
        """The processor's time from the start of the process to the end of its first act."""


@dataclass(frozen=True, slots=True)
class Growth:
    """One act on a store of few deals and on one of many; `goal` is in seconds for the many, None for no goal."""

    act: str
    few: Cost
    many: Cost
    goal: float | None

    @property
    def ratio(self) -> float:
        """How many times more work it is with ten times as many deals."""
        return self.many.cpu / self.few.cpu

    @property
    def verdict(self) -> str:
        """Whether the goal is met, by the clock or by the processor's time alone; empty without goal."""
        if self.goal is None:
            return ""
        if self.many.cpu > self.goal:
            return "missed"
        return "met" if self.many.seconds <= self.goal else "met by CPU, not by the clock"


def pipeline_pdf(folder: Path) -> int:
    """Deals in the pipeline report as PDF, from the store to the file."""
    return _pipeline(folder, folder / "pipeline.pdf")


def pipeline_xlsx(folder: Path) -> int:
    """The same as a workbook."""
    return _pipeline(folder, folder / "pipeline.xlsx")


def gates(folder: Path) -> int:
    """Blockers at the next gate of one deal, from the store."""
    from bidkit.usecases.gates import show_gate

    return _with_store(folder, lambda store: len(show_gate(store, _DEEP).remaining))


def dossier(folder: Path) -> int:
    """Open conditions in the dossier of one deal, from the store to the file."""
    from bidkit.usecases.reports import write_dossier

    return _with_store(folder, lambda store: write_dossier(store, code=_DEEP, path=folder / "dossier.pdf").open)


def measure(run: Callable[[str, Path, int], Cost], folder: Path) -> list[Growth]:
    """Every act on a store of 100 and of 1,000 invented deals; `run` gives the cost of an act on a folder."""
    from bench.invented_deals import write_deals

    few, many = write_deals(folder / "few", _FEW), write_deals(folder / "many", _MANY)
    times = {"pipeline_pdf": 2, "pipeline_xlsx": 2, "gates": 9, "dossier": 2}
    return [Growth(a, run(a, few, times[a]), run(a, many, times[a]), _GOALS.get(a)) for a in _NAMES]


def section(found: list[Growth]) -> list[str]:
    """The lines `docs/benchmarks.md` has on gates."""
    lines = [
        "",
        "## Gates and reports",
        "",
        f"From the store to the result, a store of {_FEW} and one of {_MANY:,} invented deals: a ninth of the deals at",
        "each depth of the process, from nothing to all eight stages completed, with every form, proof, judgement,",
        "decision and audit event up to there. Medians, each act in a process of its own that has done it once before;",
        "`new process` is that first time, with starting Python, imports and reading the rules. The goal is held",
        "against seconds of the processor: those on the clock also count what else the machine does meanwhile.",
        "",
        f"| what | {_FEW} deals CPU s | {_MANY:,} deals CPU s | clock s | new process CPU s | ratio | at most s | |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    return lines + [_line(growth) for growth in found]


def _line(found: Growth) -> str:
    few, many = found.few, found.many
    figures = f"{few.cpu:.3f} | {many.cpu:.3f} | {many.seconds:.3f} | {many.cold:.2f} | {found.ratio:.1f}"
    return f"| {_NAMES[found.act]} | {figures} | {found.goal or '-'} | {found.verdict} |"


def _pipeline(folder: Path, path: Path) -> int:
    from bidkit.usecases.reports import write_pipeline

    return _with_store(folder, lambda store: write_pipeline(store, path=path).deals)


def _with_store(folder: Path, act: Callable[[Store], int]) -> int:
    from bidkit.kernel.clock import SystemClock
    from bidkit.store import open_store

    store = open_store(folder / "bidkit.db", folder / "blobs", SystemClock())
    try:
        return act(store)
    finally:
        store.close()


def main() -> None:
    """Print the part on gates."""
    from bench.speed import run

    with tempfile.TemporaryDirectory() as scratch:
        found = measure(run, Path(scratch))
    print("\n".join(section(found)))


if __name__ == "__main__":
    main()
