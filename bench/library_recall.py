"""How often the right past answer is among the first five: a small labelled set, in both languages."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

from bidkit.kernel.language import Language
from bidkit.requirements.model import Kind
from bidkit.respond.library import Asked, Filters, PastAnswer, suggest

PAIRS = Path(__file__).resolve().parents[1] / "tests" / "respond" / "recall.csv"
_DAY = date(2027, 1, 1)


def recall(path: Path = PAIRS) -> dict[Language, tuple[int, int, int]]:
    """Language -> how many questions there are, right at the first place, right among the first five."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    shelf = [
        PastAnswer(r["id"], r["demand"], r["answer"], Kind.TECHNICAL, Language(r["language"]), "D-0", "-", _DAY)
        for r in rows
    ]
    counts: defaultdict[Language, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        language = Language(row["language"])
        found = suggest(Asked(row["question"], None, _DAY), shelf, Filters(language=language), 5)
        ids = [suggestion.answer.id for suggestion in found]
        counts[language][0] += 1
        counts[language][1] += ids[:1] == [row["id"]]
        counts[language][2] += row["id"] in ids
    return {language: (a, b, c) for language, (a, b, c) in counts.items()}


def main() -> None:
    """Print the table."""
    print(f"{'language':10} {'questions':>9} {'recall@1':>9} {'recall@5':>9}")
    for language, (asked, first, five) in sorted(recall().items()):
        print(f"{language.value:10} {asked:9} {first / asked:9.2f} {five / asked:9.2f}")


if __name__ == "__main__":
    main()
