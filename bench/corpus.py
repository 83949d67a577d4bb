"""`script/eval corpus`: every real file is parsed or refused with a clear error; none crashes, hangs or is empty."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.predict import Answer, parse, read_rows
from bench.shared import CHECKOUT, SHARED, require_shared

ROWS = CHECKOUT / ".cache" / "corpus"
_TYPES = {".doc", ".docx", ".pdf", ".xls", ".xlsx", ".html", ".htm", ".md", ".txt", ".zip"}
_REFUSALS = (3, 4)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file went; `verdict` is "rows", "refused" or what went wrong."""

    file: str
    verdict: str
    rows: int
    answer: Answer


def try_file(task: tuple[int, Path]) -> Outcome:
    """One file through `bidkit parse`."""
    number, source = task
    target = ROWS / f"{number}.jsonl"
    target.unlink(missing_ok=True)
    answer = parse(source, target)
    rows = len(read_rows(target))
    return Outcome(str(source.relative_to(SHARED / "data")), _verdict(answer, rows), rows, answer)


def main() -> int:
    """Print a line a file and a count; 1 when a file crashed, hung or was silently empty."""
    options = argparse.ArgumentParser(prog="script/eval corpus", description=__doc__)
    options.add_argument("--only", default="", help="only files whose path holds this")
    chosen = options.parse_args()
    require_shared()
    ROWS.mkdir(parents=True, exist_ok=True)
    files = [
        p
        for folder in ("tenders-zh", "tenders-en")
        for p in sorted((SHARED / "data" / folder).rglob("*"))
        if p.suffix.lower() in _TYPES and chosen.only in str(p)
    ]
    begin = time.monotonic()
    counts: Counter[str] = Counter()
    with ProcessPoolExecutor(max_workers=2) as pool:
        for outcome in pool.map(try_file, enumerate(files)):
            counts[outcome.verdict] += 1
            said = "" if outcome.verdict == "rows" else outcome.answer.message.replace("\n", " ")[-220:]
            print(
                f"{outcome.verdict:8} {outcome.rows:5} {outcome.answer.seconds:6.1f} s  {outcome.file}  {said}",
                flush=True,
            )
    print(f"\n{len(files)} files in {time.monotonic() - begin:.0f} s: {dict(counts)}")
    return 0 if set(counts) <= {"rows", "refused"} else 1


def _verdict(answer: Answer, rows: int) -> str:
    if answer.status is None:
        return "HUNG"
    if answer.status == 0:
        return "rows" if rows else "EMPTY"
    return "refused" if answer.status in _REFUSALS and answer.message else "CRASHED"


if __name__ == "__main__":
    sys.exit(main())
