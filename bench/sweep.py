"""`script/sweep`: reads every real tender file once, without limits on size, and prints how each one went."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.shared import SHARED, require_shared
from bidkit.ingest.isolated import read_isolated
from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.kernel.errors import BidkitError, UnreadableFile

SECONDS, MEGABYTES = 300, 3_000


@dataclass(frozen=True, slots=True)
class Reading:
    """How one file went: what it holds, or why it was refused."""

    file: str
    seconds: float
    verdict: str
    detail: str


def reading_of(path: Path) -> Reading:
    """One file through the isolated reader."""
    start = time.monotonic()
    try:
        verdict, detail = "read", _contents(read_isolated(path, seconds=SECONDS, megabytes=MEGABYTES))
    except UnreadableFile as error:
        verdict, detail = error.reason, error.what
    except BidkitError as error:
        verdict, detail = "crashed", str(error)
    return Reading(str(path.relative_to(SHARED / "data")), time.monotonic() - start, verdict, detail)


def _contents(document: SourceDocument) -> str:
    kinds = Counter(block.kind.value for block in document.blocks)
    codes = sorted({finding.code for finding in document.findings})
    if not any(_is_body(block) for block in document.blocks):
        codes.append("NOTHING BUT FURNITURE")
    return " ".join([*(f"{count} {kind}" for kind, count in kinds.most_common()), *codes])


def _is_body(block: Block) -> bool:
    return block.kind is not BlockKind.FURNITURE and bool(block.text.strip())


def main() -> int:
    """Prints a line a file and the sums; 1 where a file crashed, hung or was unreadable."""
    parser = argparse.ArgumentParser(prog="script/sweep", description=__doc__)
    parser.add_argument("pattern", nargs="?", default="tenders-*/**/*", help="glob under the data folder")
    require_shared()
    paths = sorted(p for p in (SHARED / "data").glob(parser.parse_args().pattern) if p.is_file())
    with ThreadPoolExecutor(2) as pool:
        readings = list(pool.map(reading_of, paths))
    for reading in readings:
        print(f"{reading.seconds:6.1f} s  {reading.verdict:16}  {reading.file}  [{reading.detail}]")
    for (suffix, verdict), count in sorted(Counter((Path(r.file).suffix, r.verdict) for r in readings).items()):
        print(f"{suffix:8}{verdict:20}{count:4}")
    bad = {"crashed", "hung", "unreadable", "too-large"}
    return int(any(reading.verdict in bad or "NOTHING BUT" in reading.detail for reading in readings))


if __name__ == "__main__":
    sys.exit(main())
