"""Statements about a confidentiality agreement: does its text say so, say the opposite, or not mention it?

A playbook for confidentiality agreements asks these; each answer comes with the sentences it rests on. The weights in
`statements.npz` were fitted to labelled agreements by `training/fit_statements.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bidkit.contract.segment import document_language, segment
from bidkit.contract.statement_wording import StatementWording, statement_codes, statement_wordings
from bidkit.ingest.model import SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language

WEIGHTS = Path(__file__).with_name("statements.npz")
_STRONGEST = 2
_MOST_EVIDENCE = 5


class Verdict(StrEnum):
    """What a text says about a statement."""

    ENTAILMENT = "entailment"
    CONTRADICTION = "contradiction"
    NOT_MENTIONED = "not_mentioned"


VERDICTS = (Verdict.NOT_MENTIONED, Verdict.ENTAILMENT, Verdict.CONTRADICTION)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one statement; `evidence` are the indices of the sentences it rests on, the strongest first.

    `confidence` is the probability of the verdict. Without a verdict there is no evidence.
    """

    statement: str
    verdict: Verdict
    confidence: float
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EvidencePassage:
    """A sentence a verdict rests on, verbatim, and where it stands."""

    text: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class StatementVerdict:
    """The verdict on one statement of `codelists/statements.csv` about one document."""

    statement: str
    verdict: Verdict
    confidence: float
    evidence: tuple[EvidencePassage, ...]


@dataclass(frozen=True, slots=True)
class StatementScorer:
    """`weights` has a row for each of the sorted `keys`; its columns are how surely a sentence entails each statement,
    then how surely it contradicts each. `center`, `spread`, `coefficients` and `offsets` turn the strongest sentences
    of a text into scores of the three VERDICTS, statement by statement.
    """

    statements: tuple[str, ...]
    keys: NDArray[np.uint32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    center: NDArray[np.float32]
    spread: NDArray[np.float32]
    coefficients: NDArray[np.float32]
    offsets: NDArray[np.float32]

    def sentence_scores(self, wordings: Sequence[StatementWording]) -> NDArray[np.float32]:
        """Sentences x statements x (entails, contradicts)."""
        out = np.empty((len(wordings), len(self.bias)), dtype=np.float32)
        for row, wording in enumerate(wordings):
            words = self._sum(wording.words) / np.sqrt(max(1, len(wording.words)))
            out[row] = self.bias + words + self._sum(wording.cues)
        return out.reshape(len(wordings), 2, len(self.statements)).transpose(0, 2, 1)

    def verdicts(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Statements x VERDICTS: probabilities that add up to 1."""
        places = (strongest(scores) - self.center) / self.spread
        raw = np.einsum("sf,svf->sv", places, self.coefficients) + self.offsets
        grown = np.exp(raw - raw.max(axis=1, keepdims=True))
        shares: NDArray[np.float32] = grown / grown.sum(axis=1, keepdims=True)
        return shares

    def _sum(self, hashes: NDArray[np.uint32]) -> NDArray[np.float32]:
        at = np.searchsorted(self.keys, hashes)
        at[at == len(self.keys)] = 0
        total: NDArray[np.float32] = self.weights[at[self.keys[at] == hashes]].sum(axis=0, dtype=np.float32)
        return total


def strongest(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Statements x 4: the two highest entailment and the two highest contradiction scores of a text."""
    ordered = -np.sort(-scores, axis=0)
    top = ordered[[min(place, len(ordered) - 1) for place in range(_STRONGEST)]]
    return top.transpose(1, 2, 0).reshape(scores.shape[1], -1)


def judge(sentences: Sequence[str], scorer: StatementScorer | None = None) -> tuple[Judgement, ...]:
    """A judgement on every statement, in the order of the codelist; no sentences, nothing mentioned."""
    if not sentences:
        return tuple(Judgement(code, Verdict.NOT_MENTIONED, 1.0, ()) for code in statement_codes())
    chosen = scorer or load_statement_scorer()
    scores = chosen.sentence_scores(list(statement_wordings(sentences)))
    out = []
    for at, (code, shares) in enumerate(zip(chosen.statements, chosen.verdicts(scores), strict=True)):
        verdict = VERDICTS[int(shares.argmax())]
        evidence = () if verdict is Verdict.NOT_MENTIONED else _evidence(scores[:, at, VERDICTS.index(verdict) - 1])
        out.append(Judgement(code, verdict, float(shares.max()), evidence))
    return tuple(out)


def judge_statements(document: SourceDocument) -> tuple[StatementVerdict, ...]:
    """The verdict on every statement about an English confidentiality agreement, with evidence.

    Raises UsageError "language" for a Chinese text: the statements were only ever learnt in English.
    """
    if document_language(document) is not Language.EN:
        raise UsageError("statements are judged in English texts only", where=document.name, next_step="use clauses")
    sentences = [sentence for clause in segment(document) for sentence in clause.sentences]
    anchors = {block.anchor.block: block.anchor for block in document.blocks}

    def passage(at: int) -> EvidencePassage:
        one = sentences[at]
        return EvidencePassage(one.text, replace(anchors[one.block], start=one.start, end=one.end))

    return tuple(
        StatementVerdict(j.statement, j.verdict, j.confidence, tuple(map(passage, j.evidence)))
        for j in judge([" ".join(sentence.text.split()) for sentence in sentences])
    )


def statement_as_json(found: StatementVerdict) -> dict[str, Any]:
    """The verdict as plain values: statement, verdict, confidence, evidence."""
    return {
        "statement": found.statement,
        "verdict": found.verdict.value,
        "confidence": round(found.confidence, 3),
        "evidence": [
            {
                "text": one.text,
                "anchor": {
                    "file": one.anchor.file_name,
                    "page": one.anchor.page,
                    "block": one.anchor.block,
                    "start": one.anchor.start,
                    "end": one.anchor.end,
                },
            }
            for one in found.evidence
        ],
    }


def _evidence(scores: NDArray[np.float32]) -> tuple[int, ...]:
    order = [int(at) for at in np.argsort(-scores, kind="stable")[:_MOST_EVIDENCE]]
    return tuple(at for place, at in enumerate(order) if place == 0 or scores[at] > 0)


@cache
def load_statement_scorer(path: Path = WEIGHTS) -> StatementScorer:
    """The scorer shipped with the package."""
    with np.load(path, allow_pickle=False) as stored:
        names = ("weights", "bias", "center", "spread", "coefficients", "offsets")
        rest = (stored[name].astype(np.float32) for name in names)
        return StatementScorer(tuple(map(str, stored["statements"])), stored["keys"], *rest)
