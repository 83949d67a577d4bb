"""What the installed command line says about one file."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.shared import Row

COMMAND = Path(sys.executable).parent / "bidkit"
LONGEST_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Answer:
    """How one call of the command line ended; `status` is None when it had to be stopped."""

    status: int | None
    seconds: float
    message: str


def call(*words: str) -> Answer:
    """The end of `bidkit <words>`; never raises for a failing command."""
    begin = time.monotonic()
    try:
        done = subprocess.run(
            [str(COMMAND), *words], capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return Answer(None, time.monotonic() - begin, f"stopped after {LONGEST_SECONDS} s")
    return Answer(done.returncode, time.monotonic() - begin, done.stderr.strip()[-2000:])


def parse(source: Path, rows: Path) -> Answer:
    """`bidkit parse` with its rows written to `rows`."""
    return call("parse", str(source), "--format", "jsonl", "-o", str(rows))


def facts(source: Path, target: Path) -> Answer:
    """`bidkit facts` with its JSON written to `target`."""
    return call("facts", str(source), "--format", "json", "-o", str(target))


def read_rows(path: Path) -> list[Row]:
    """The rows of a jsonl file; empty when it was not written."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
