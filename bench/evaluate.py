"""`script/eval`: the product's answers on the development gold, scored; nothing is scored when data is absent."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from bench.anchors import AnchorScore, score_anchors
from bench.derived import DerivedGold, FormScore, derived_gold, score_derived
from bench.goals import Measure, gold_measures, table
from bench.predict import Answer, facts, parse, read_rows
from bench.shared import CHECKOUT, GOLD, SCORER, GoldDocument, gold_documents, require_shared
from bidkit.ingest.read import read_file

PREDICTIONS = CHECKOUT / ".cache" / "eval"


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out for one labelled file."""

    name: str
    parsed: Answer
    stated: Answer
    rows: int
    anchors: AnchorScore | None


@dataclass(frozen=True, slots=True)
class Derived:
    """What came out for one issuer's own answer key."""

    name: str
    parsed: Answer
    forms: tuple[FormScore, ...]


def measure(document: GoldDocument) -> Measured:
    """One labelled file parsed by the command line, its predictions left in PREDICTIONS."""
    rows_file, facts_file = PREDICTIONS / f"{document.name}.rows.jsonl", PREDICTIONS / f"{document.name}.facts.json"
    rows_file.unlink(missing_ok=True)
    facts_file.unlink(missing_ok=True)
    parsed, stated = parse(document.source, rows_file), facts(document.source, facts_file)
    rows = read_rows(rows_file)
    anchors = score_anchors(read_file(document.source), document.source, rows) if rows else None
    return Measured(document.name, parsed, stated, len(rows), anchors)


def measure_derived(gold: DerivedGold) -> Derived:
    """One tender with an answer key of its issuer, parsed and scored."""
    rows_file = PREDICTIONS / f"{gold.name}.derived.jsonl"
    rows_file.unlink(missing_ok=True)
    parsed = parse(gold.source, rows_file)
    return Derived(gold.name, parsed, score_derived(gold, read_rows(rows_file)))


def main() -> int:
    """Print every figure; 1 when a call of the product failed or a goal is not reached."""
    options = argparse.ArgumentParser(prog="script/eval", description=__doc__)
    options.add_argument("--misses", type=int, default=0, help="show up to N missed and N extra rows a document")
    options.add_argument("--only", default="", help="only documents whose name holds this; no totals are judged")
    chosen = options.parse_args()
    require_shared()
    PREDICTIONS.mkdir(parents=True, exist_ok=True)
    documents = [d for d in gold_documents() if chosen.only in d.name]
    keys = [d for d in derived_gold() if chosen.only in d.name]
    with ProcessPoolExecutor(max_workers=2) as pool:
        derived = pool.map(measure_derived, keys)
        measured = list(pool.map(measure, documents))
        found = list(derived)
    report = _score(documents, chosen.misses)
    measures = (*gold_measures(report), *_anchor_measures(measured), *_derived_measures(found))
    _print_documents(measured, chosen.misses)
    _print_derived(found, chosen.misses)
    print(f"\n{table(measures)}")
    failed = [m.name for m in measured if m.parsed.status or m.stated.status] + [
        d.name for d in found if d.parsed.status
    ]
    if failed:
        print(f"\nfailed calls: {', '.join(failed)}")
    return 1 if failed or (not chosen.only and not all(m.reached for m in measures)) else 0


def _score(documents: list[GoldDocument], misses: int) -> dict[str, object]:
    """The report of `score.py` over `documents`, whose table goes to the terminal."""
    gold = PREDICTIONS / "gold"
    gold.mkdir(exist_ok=True)
    for old in gold.iterdir():
        old.unlink()
    for document in documents:
        file = f"{document.name}.gold.json"
        (gold / file).write_bytes((GOLD / file).read_bytes())
    target = PREDICTIONS / "score.json"
    subprocess.run(
        [sys.executable, str(SCORER), "--gold", str(gold), "--pred", str(PREDICTIONS), "--json", str(target)]
        + (["--misses", str(misses)] if misses else []),
        check=True,
    )
    report: dict[str, object] = json.loads(target.read_text(encoding="utf-8"))
    return report


def _anchor_measures(measured: list[Measured]) -> Iterable[Measure]:
    scores = [m.anchors for m in measured if m.anchors]
    total = sum(s.of for s in scores)
    yield Measure("anchors: text really at its place", _share(sum(s.at_place for s in scores), total), 1.0)
    yield Measure("anchors: text in the page's plain text too", _share(sum(s.in_raw for s in scores), total), 0.98)


def _derived_measures(found: list[Derived]) -> Iterable[Measure]:
    forms = [form for d in found for form in d.forms]
    share = _share(sum(f.found for f in forms), sum(f.of for f in forms))
    yield Measure("issuers' own deviation rows found as one row each", share, 0.97)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _print_documents(measured: list[Measured], misses: int) -> None:
    print(f"\n{'document':44} {'rows':>5} {'parse s':>8} {'facts s':>8} {'at place':>9} {'in raw':>7}")
    for m in measured:
        at = f"{m.anchors.at_place}/{m.anchors.of}" if m.anchors else "-"
        raw = str(m.anchors.in_raw) if m.anchors else "-"
        print(f"{m.name[:44]:44} {m.rows:5} {m.parsed.seconds:8.1f} {m.stated.seconds:8.1f} {at:>9} {raw:>7}")
        for answer in (m.parsed, m.stated):
            if answer.status != 0:
                print(f"    status {answer.status}: {answer.message[-400:]}")
        for text in m.anchors.astray[:misses] if m.anchors else ():
            print(f"    astray: {text[:150]}")


def _print_derived(found: list[Derived], misses: int) -> None:
    print(f"\n{'issuers own answer keys':20} {'form':14} {'found':>9}")
    for d in found:
        for form in d.forms:
            print(f"{d.name:20} {form.form:14} {form.found:>4}/{form.of}")
            for text in form.missed[:misses]:
                print(f"    missed: {text[:150]}")


if __name__ == "__main__":
    sys.exit(main())
