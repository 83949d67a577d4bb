"""`script/eval nli [FILE]`: verdicts on statements about confidentiality agreements, scored on a ContractNLI file."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from bench.shared import SHARED
from bidkit.contract.statements import Verdict, judge
from bidkit.vocabulary.tables import table

DEV = SHARED / "data" / "contracts" / "contractnli" / "dev.json"
GOAL = 0.80
_VERDICTS = {"Entailment": Verdict.ENTAILMENT, "Contradiction": Verdict.CONTRADICTION}


@dataclass(slots=True)
class Tally:
    """What came out for one statement: labels and verdicts pairwise, and evidence found, given and labelled."""

    pairs: list[tuple[Verdict, Verdict]] = field(default_factory=list)
    found: int = 0
    given: int = 0
    labelled: int = 0

    def add(self, label: Verdict, spans: set[int], verdict: Verdict, evidence: set[int]) -> None:
        """Count one agreement; evidence only where label and verdict agree on something said."""
        self.pairs.append((label, verdict))
        if label is verdict is not Verdict.NOT_MENTIONED:
            self.found += len(spans & evidence)
            self.given += len(evidence)
            self.labelled += len(spans)

    @property
    def accuracy(self) -> float:
        """The share of right verdicts."""
        return fmean(label is verdict for label, verdict in self.pairs)

    @property
    def majority(self) -> float:
        """The share always answering the commonest label would get right."""
        return Counter(label for label, _ in self.pairs).most_common(1)[0][1] / len(self.pairs)


def measure(path: Path) -> dict[str, Tally]:
    """A tally by statement code over the agreements of a ContractNLI file."""
    codes = {r["note"].split()[-1]: r["code"] for r in table("codelists/statements.csv", ("code", "zh", "en", "note"))}
    tallies = {code: Tally() for code in codes.values()}
    for document in json.loads(path.read_text(encoding="utf-8"))["documents"]:
        _measure_one(document, codes, tallies)
    return tallies


def _measure_one(document: dict[str, Any], codes: dict[str, str], tallies: dict[str, Tally]) -> None:
    sentences = [" ".join(document["text"][start:end].split()) for start, end in document["spans"]]
    judged = {judgement.statement: judgement for judgement in judge(sentences)}
    for key, label in document["annotation_sets"][0]["annotations"].items():
        mine = judged[codes[key]]
        choice = _VERDICTS.get(label["choice"], Verdict.NOT_MENTIONED)
        tallies[codes[key]].add(choice, set(label["spans"]), mine.verdict, set(mine.evidence))


def main() -> int:
    """Print the table; 1 when the goal is not reached."""
    options = argparse.ArgumentParser(prog="script/eval nli", description=__doc__)
    options.add_argument("file", nargs="?", type=Path, default=DEV)
    chosen = options.parse_args()
    if not chosen.file.is_file():
        raise SystemExit(f"eval: no file {chosen.file}: nothing was measured")
    tallies = measure(chosen.file)
    print(f"{'statement':32} {'accuracy':>8} {'majority':>8} {'evidence P':>10} {'R':>6}")
    for code, tally in tallies.items():
        precision, recall = tally.found / max(1, tally.given), tally.found / max(1, tally.labelled)
        print(f"{code:32} {tally.accuracy:8.3f} {tally.majority:8.3f} {precision:10.3f} {recall:6.3f}")
    pairs = [pair for tally in tallies.values() for pair in tally.pairs]
    accuracy = fmean(label is verdict for label, verdict in pairs)
    marks = "marks: majority 0.674, TF-IDF+LR 0.740, with evidence sentences 0.781"
    print(f"\naccuracy {accuracy:.3f} over {len(pairs)} verdicts (goal {GOAL}; {marks})")
    for verdict in Verdict:
        right = sum(label is said is verdict for label, said in pairs)
        either = sum((label is verdict) + (said is verdict) for label, said in pairs)
        print(f"  F1 {verdict.value:14} {2 * right / max(1, either):.3f}")
    return 0 if accuracy >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
