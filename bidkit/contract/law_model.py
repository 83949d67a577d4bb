"""What one computable check gives, and short ways to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bidkit.contract.model import Clause, Sentence
from bidkit.contract.review_model import ContractView, Passage, Source
from bidkit.kernel.anchor import Anchor
from bidkit.terms.extract import TermReading


@dataclass(frozen=True, slots=True)
class Hit:
    """One place in which a contract fails a check; `values` fill the sentence of the finding."""

    values: tuple[tuple[str, str], ...] = ()
    passages: tuple[Passage, ...] = ()
    number: str = ""


class NotChecked(Exception):
    """The check cannot be run; `reason` is a code of `codelists/contract_findings.csv` without its "why." in front.

    `matters` is False where there is simply nothing in the contract that the check is about.
    """

    def __init__(self, reason: str, *, matters: bool = True) -> None:
        self.reason, self.matters = reason, matters
        super().__init__(reason)


def sentences_with(view: ContractView, cue: re.Pattern[str]) -> Iterator[tuple[Clause, Sentence, re.Match[str]]]:
    """Every sentence that holds the cue, with its clause and the first match."""
    for clause in view.clauses:
        for sentence in clause.sentences:
            match = cue.search(sentence.text)
            if match:
                yield clause, sentence, match


def passage_of(view: ContractView, sentence: Sentence) -> Passage:
    """The sentence as a passage of the contract."""
    block = view.reading.document.blocks[sentence.block]
    return Passage(
        Source.CONTRACT, sentence.text.strip(), replace(block.anchor, start=sentence.start, end=sentence.end)
    )


def hit_in(view: ContractView, clause: Clause, sentence: Sentence, **values: str) -> Hit:
    """A hit in one sentence."""
    return Hit(tuple(values.items()), (passage_of(view, sentence),), clause.number)


def hit_at(view: ContractView, reading: TermReading, **values: str) -> Hit:
    """A hit at a stated term."""
    passage = Passage(Source.CONTRACT, reading.sentence, reading.anchor)
    return Hit(tuple(values.items()), (passage,), number_at(view, reading.anchor))


def number_at(view: ContractView, anchor: Anchor) -> str:
    """The number of the clause a place is in, "" where there is none."""
    return next((clause.number for clause in view.clauses if anchor.block in clause.blocks), "")
