"""`script/eval deviation-rows`: our deviation tables against the tables that issuers filled in themselves.

Two figures a table: the tender as issued, and the same tender with the rows of its forms wiped out, so that every
row must be put together from the needs by the tender's rules. A row counts where it has the issuer's words at the
issuer's place in the order.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from bench.derived import DerivedGold, derived_gold
from bench.predict import call, read_rows
from bench.shared import CHECKOUT, require_shared
from bidkit.deviation.cues import first_match
from bidkit.deviation.forms import find_forms
from bidkit.deviation.rows import deviation_tables
from bidkit.ingest.model import SourceDocument
from bidkit.ingest.read import read_file
from bidkit.kernel.identity import squash
from bidkit.requirements.solicitation import read_solicitation

GOAL = 0.97
_TARGET = CHECKOUT / ".cache" / "eval"


@dataclass(frozen=True, slots=True)
class TableScore:
    """One table: rows of the issuer, rows of ours, those with the same words in the same order, and the rest."""

    tender: str
    way: str
    table: str
    gold: int
    ours: int
    same: int
    missed: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def recall(self) -> float:
        """Share of the issuer's rows that we have."""
        return self.same / self.gold

    @property
    def precision(self) -> float:
        """Share of our rows that the issuer has."""
        return self.same / self.ours if self.ours else 0.0


def main() -> int:
    """Print every table; 1 where the tender as issued misses the goal."""
    options = argparse.ArgumentParser(prog="script/eval deviation-rows", description=__doc__)
    options.add_argument("--misses", type=int, default=3, help="show up to N missed and N extra rows a table")
    chosen = options.parse_args()
    require_shared()
    _TARGET.mkdir(parents=True, exist_ok=True)
    scores = [score for gold in derived_gold() for score in (*_as_issued(gold), *_wiped(gold))]
    print(f"{'tender':16} {'way':8} {'table':12} {'gold':>5} {'ours':>5} {'same':>5} {'recall':>7} {'precision':>9}")
    for score in scores:
        print(
            f"{score.tender:16} {score.way:8} {score.table:12} {score.gold:5} {score.ours:5} {score.same:5} "
            f"{score.recall:7.3f} {score.precision:9.3f}"
        )
        for text in score.missed[: chosen.misses]:
            print(f"    missed: {text[:120]}")
        for text in score.extra[: chosen.misses]:
            print(f"    extra:  {text[:120]}")
    print(f"goal as issued: {GOAL} for recall and precision of every table; wiped forms are shown, not judged")
    judged = [score for score in scores if score.way == "issued"]
    return 0 if judged and all(min(s.recall, s.precision) >= GOAL for s in judged) else 1


def _as_issued(gold: DerivedGold) -> list[TableScore]:
    target = _TARGET / f"{gold.name}.deviation.jsonl"
    target.unlink(missing_ok=True)
    call("deviation", "rows", str(gold.source), "-o", str(target))
    ours: dict[str, list[str]] = defaultdict(list)
    for row in read_rows(target):
        ours[row["table"]].append(row["requirement"])
    return _scores(gold, "issued", ours)


def _wiped(gold: DerivedGold) -> list[TableScore]:
    document = _without_rows(read_file(gold.source))
    ours: dict[str, list[str]] = defaultdict(list)
    for table in deviation_tables([document], read_solicitation([document])):
        ours[table.table.value] += [row.requirement for row in table.rows]
    return _scores(gold, "wiped", ours)


def _without_rows(document: SourceDocument) -> SourceDocument:
    blocks = list(document.blocks)
    for index in (index for form in find_forms(document) for index in form.rows):
        cells = tuple(replace(cell, lines=()) for cell in blocks[index].cells)
        blocks[index] = replace(blocks[index], cells=cells, text="")
    return replace(document, blocks=tuple(blocks))


def _scores(gold: DerivedGold, way: str, ours: dict[str, list[str]]) -> list[TableScore]:
    scores = []
    for form, rows in gold.rows_by_form:
        table = first_match("titles", form)
        wanted, found = [squash(row["text"]) for row in rows], [squash(text) for text in ours[table]]
        same = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
        in_gold = {block.a + at for block in same for at in range(block.size)}
        in_ours = {block.b + at for block in same for at in range(block.size)}
        scores.append(
            TableScore(
                gold.name,
                way,
                table,
                len(wanted),
                len(found),
                len(in_gold),
                tuple(row["text"] for at, row in enumerate(rows) if at not in in_gold),
                _rest(ours[table], in_ours),
            )
        )
    return scores


def _rest(texts: Sequence[str], taken: set[int]) -> tuple[str, ...]:
    return tuple(text for at, text in enumerate(texts) if at not in taken)


if __name__ == "__main__":
    sys.exit(main())
