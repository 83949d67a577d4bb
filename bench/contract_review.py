"""`python -m bench.contract_review`: what a review of a long contract takes, against its goal."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx

from bench.goals import Measure, table
from bench.invented_contracts import INVENTED
from bidkit.contract.reading import read_contract
from bidkit.contract.review import Review, review, view_of
from bidkit.contract.review_model import Circumstances, Source
from bidkit.contract.three_way import statements_of
from bidkit.kernel.language import Language
from bidkit.vocabulary.playbooks import playbook_for

GOAL = 5.0
CLAUSES = 500


def long_contract(language: Language, clauses: int) -> Iterator[str]:
    """The invented contract over and over, its clauses numbered on."""
    lines = [line for line in INVENTED[language] if line[:1].isdigit() or language is Language.EN]
    for at in range(clauses):
        words = lines[at % len(lines)].split(" ", 1)[-1]
        yield f"{at // 10 + 1}.{at % 10 + 1} {words}"


def reviewed(path: Path) -> tuple[float, Review, int]:
    """Seconds, what came out, and how many clauses were read."""
    started = time.perf_counter()
    reading = read_contract(path)
    view = view_of(reading)
    sources = statements_of(view.terms, Source.BID)
    known = Circumstances(date(2026, 5, 4), tendered=True)
    found = review(reading, sources, known, playbook_for("sale", view.language), {"price": Decimal(480000)})
    return time.perf_counter() - started, found, len(reading.clauses)


def main() -> None:
    """Print seconds for each language as a table of measures; the measure is goal over seconds."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--clauses", type=int, default=CLAUSES)
    clauses = parser.parse_args().clauses
    measures = []
    with tempfile.TemporaryDirectory(prefix="bidkit-") as folder:
        for language in Language:
            path = Path(folder, f"contract-{language.value}.docx")
            paper = docx.Document()
            for line in long_contract(language, clauses):
                paper.add_paragraph(line)
            paper.save(str(path))
            seconds, found, read = reviewed(path)
            print(f"{language.value}: {read} clauses, {seconds:.2f} s, {len(found.findings)} findings")
            measures.append(
                Measure(f"review of {read} clauses, {language.value}: {GOAL:g} s / time", GOAL / seconds, 1.0)
            )
    print(table(tuple(measures)))


if __name__ == "__main__":
    main()
