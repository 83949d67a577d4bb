"""`script/eval deviation`: our direction for every labelled pair of tests/deviation/pairs.jsonl, scored."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bench.goals import Measure, table
from bench.shared import CHECKOUT
from bidkit.deviation.compare import deviation_of
from bidkit.kernel.language import Language

PAIRS = CHECKOUT / "tests" / "deviation" / "pairs.jsonl"
_RIGHT = 0.97


@dataclass(frozen=True, slots=True)
class Scored:
    """One labelled pair with what came out for it."""

    id: str
    required: str
    offered: str
    wanted: str
    got: str
    why: str

    @property
    def right(self) -> bool:
        """Whether the direction is the labelled one."""
        return self.wanted == self.got

    @property
    def wrongly_none(self) -> bool:
        """Whether a difference, or what nobody can tell, was called no deviation: the error that must not be."""
        return self.got == "none" and self.wanted != "none"


def scored_pairs(file: Path = PAIRS) -> tuple[Scored, ...]:
    """Every pair of the file, compared."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        deviation = deviation_of(row["required"], row["offered"], row.get("term"))
        why = f"{deviation.comparison.reason}: {deviation.why(Language.EN)}"
        found.append(
            Scored(row["id"], row["required"], row["offered"], row["direction"], deviation.direction.value, why)
        )
    return tuple(found)


def measures(pairs: tuple[Scored, ...]) -> tuple[Measure, ...]:
    """The share of right directions, and the share of pairs that are not wrongly called "none"."""
    right = sum(pair.right for pair in pairs) / len(pairs) if pairs else None
    safe = 1 - sum(pair.wrongly_none for pair in pairs) / len(pairs) if pairs else None
    return (
        Measure(f"direction right ({len(pairs)} pairs)", right, _RIGHT),
        Measure('never wrongly "none"', safe, 1.0),
    )


def main() -> int:
    """Print the misses and the figures; 1 when a goal is not reached."""
    options = argparse.ArgumentParser(prog="script/eval deviation", description=__doc__)
    options.add_argument("--pairs", type=Path, default=PAIRS, help="another labelled file")
    pairs = scored_pairs(options.parse_args().pairs)
    for pair in pairs:
        if not pair.right:
            print(
                f"{pair.id}  wanted {pair.wanted}, got {pair.got}",
                *(pair.required, pair.offered, pair.why),
                sep="\n    ",
            )
    print("\n".join(f"{wanted:9} as {got:9} {count:4}" for (wanted, got), count in sorted(_confusion(pairs).items())))
    print("\n".join(_batches(pairs)))
    found = measures(pairs)
    print(table(found))
    return 0 if all(measure.reached for measure in found) else 1


def _batches(pairs: tuple[Scored, ...]) -> list[str]:
    """One line for each batch of pairs, told apart by the first letter of their ids."""
    lines = []
    for batch in sorted({pair.id[:1] for pair in pairs}):
        own = [pair for pair in pairs if pair.id[:1] == batch]
        right, none = sum(pair.right for pair in own), sum(pair.wrongly_none for pair in own)
        lines.append(f'batch {batch:3} {right:4} of {len(own):4} right, {none} wrongly "none"')
    return lines


def _confusion(pairs: tuple[Scored, ...]) -> Counter[tuple[str, str]]:
    return Counter((pair.wanted, pair.got) for pair in pairs)


if __name__ == "__main__":
    raise SystemExit(main())
