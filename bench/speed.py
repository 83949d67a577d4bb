"""`script/bench`: what reading costs beside opening the same file, what gates cost, and how both grow; a report."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import gates
from bench.invented_docx import write_docx
from bench.invented_pdf import write_pdf
from bench.shared import CHECKOUT

_REPORT = CHECKOUT / "docs" / "benchmarks.md"
_GROWTH = (50, 200, 500, 1000, 2000)
_LIBRARIES = ("lxml", "pypdfium2", "xlsxwriter", "numpy")


@dataclass(frozen=True, slots=True)
class Timing:
    """One act on one file: medians of some runs in one process, and that process's peak memory.

    `seconds` are on the clock, `cpu` of the processor; `cold` is of the processor before the first of the runs.
    """

    act: str
    seconds: float
    cpu: float
    cold: float
    peak_mb: float
    result: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Our act beside the raw one on the same file; `goal` is the largest ratio allowed, None where none is set."""

    name: str
    pages: int
    raw: Timing
    ours: Timing
    goal: float | None

    @property
    def ratio(self) -> float:
        """How many times the raw cost ours is."""
        return self.ours.seconds / self.raw.seconds


def run(act: str, path: Path, times: int) -> Timing:
    """`act` on `path`, `times` times in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.one", act, str(path), str(times)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"bench: {act} on {path.name} failed\n{done.stderr[-2000:]}")
    said = json.loads(done.stdout)
    seconds, cpu = statistics.median(said["seconds"]), statistics.median(said["cpu"])
    return Timing(act, seconds, cpu, said["cold"], said["peak_mb"], said["result"])


def pairs(folder: Path, times: int) -> list[Pair]:
    """Readers, extraction and export on files of 200 pages."""
    docx = write_docx(folder / "200.docx", 200)
    prose = write_pdf(folder / "200.pdf", 200)
    ruled = write_pdf(folder / "200-tables.pdf", 200, tables=True)
    return [
        Pair("docx: reader / lxml walk", 200, run("raw_docx", docx, times), run("read", docx, times), 4.0),
        Pair("pdf, prose: reader / pdfium text", 200, run("raw_pdf", prose, times), run("read", prose, times), 6.0),
        Pair(
            "pdf, 1/4 tables: reader / pdfium text", 200, run("raw_pdf", ruled, times), run("read", ruled, times), None
        ),
        Pair("docx: rows / reader", 200, run("read", docx, times), run("rows", docx, times), None),
        Pair("matrix / bare workbook", 200, run("raw_matrix", docx, times), run("matrix", docx, times), None),
    ]


def growth(folder: Path, sizes: tuple[int, ...]) -> list[tuple[int, Timing, Timing]]:
    """(pages, docx to rows, pdf to rows) for each size, once each."""
    curve = []
    for pages in sizes:
        docx = write_docx(folder / f"g{pages}.docx", pages)
        pdf = write_pdf(folder / f"g{pages}.pdf", pages, tables=True)
        curve.append((pages, run("rows", docx, 1), run("rows", pdf, 1)))
    return curve


def report(found: list[Pair], curve: list[tuple[int, Timing, Timing]], deals: list[gates.Growth]) -> str:
    """The page that `docs/benchmarks.md` holds."""
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    versions = ", ".join([f"Python {platform.python_version()}", *libraries])
    lines = [
        "# Benchmarks",
        "",
        "Written by `script/bench` on invented files; nothing here is a test. Ratios are steadier than seconds.",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, {versions}.",
        "",
        "## Beside the raw cost",
        "",
        "Medians over the same file in the same run, each act in a process of its own.",
        "",
        "| what | pages | raw s | ours s | pages a second | ratio | at most |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {p.name} | {p.pages} | {p.raw.seconds:.3f} | {p.ours.seconds:.3f} | {p.pages / p.ours.seconds:,.0f} "
        f"| {p.ratio:.1f} | {p.goal or '-'} |"
        for p in found
    ]
    lines += [
        "",
        "## Growth, file to rows",
        "",
        "Reading and extraction together, one run each; memory is the peak of the whole process, imports included.",
        "",
        "| pages | docx s | s a page | rows | MB | pdf s | s a page | rows | MB |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [f"| {pages} {_cells(pages, docx)} {_cells(pages, pdf)} |" for pages, docx, pdf in curve]
    lines += gates.section(deals)
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the report and write it to docs/benchmarks.md."""
    options = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="up to 200 pages, few runs; writes no report")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        found = pairs(folder, 3 if chosen.quick else 7)
        curve = growth(folder, _GROWTH[:2] if chosen.quick else _GROWTH)
        deals = gates.measure(run, folder)
    page = report(found, curve, deals)
    print(page)
    if not chosen.quick:
        _REPORT.write_text(page, encoding="utf-8")


def _cells(pages: int, timing: Timing) -> str:
    return f"| {timing.seconds:.2f} | {timing.seconds / pages:.4f} | {timing.result} | {timing.peak_mb:.0f}"


if __name__ == "__main__":
    main()
