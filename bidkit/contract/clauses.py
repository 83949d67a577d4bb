"""The clauses of a contract with their types: `contract clauses`.

English types known to the scorer are told by it; the others, and all Chinese ones, by cue phrases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from bidkit.contract.cue_types import CueHit, cue_hits
from bidkit.contract.model import Clause, Sentence, TypedPassage
from bidkit.contract.scorer import ClauseScorer, load_clause_scorer
from bidkit.contract.segment import document_language, segment
from bidkit.contract.wording import wordings
from bidkit.ingest.model import Block, SourceDocument
from bidkit.kernel.language import Language

# (type, confidence) of a sentence
_Typed = tuple[str, float]


def read_clauses(document: SourceDocument) -> tuple[Clause, ...]:
    """Every clause of the contract in reading order with its typed passages; a clause may have several types, or none.

    Tracked insertions count as text, tracked deletions do not: look at `document.changes` before judging a text.
    """
    language = document_language(document)
    clauses = segment(document)
    blocks = {block.anchor.block: block for block in document.blocks}
    scorer = load_clause_scorer() if language is Language.EN else None
    fitted = list(_fitted(clauses, scorer)) if scorer else [() for c in clauses for _ in c.sentences]
    known = frozenset(scorer.types) if scorer else frozenset()
    out, at = [], 0
    for clause in clauses:
        of_clause = fitted[at : at + len(clause.sentences)]
        at += len(clause.sentences)
        hits = [hit for hit in cue_hits(clause, language) if hit.type not in known]
        out.append(replace(clause, passages=tuple(_passages(clause, of_clause, hits, blocks))))
    return tuple(out)


def typed_passages(document: SourceDocument) -> tuple[TypedPassage, ...]:
    """Every typed passage of the contract in reading order; a type the contract does not have is not there."""
    return tuple(passage for clause in read_clauses(document) for passage in clause.passages)


def passage_as_json(passage: TypedPassage) -> dict[str, Any]:
    """The passage as plain values: type, text, anchor, confidence."""
    anchor = passage.anchor
    return {
        "type": passage.type,
        "text": passage.text,
        "anchor": {
            "file": anchor.file_name,
            "page": anchor.page,
            "block": anchor.block,
            "start": anchor.start,
            "end": anchor.end,
            "path": list(anchor.path),
        },
        "confidence": round(passage.confidence, 3),
    }


def _fitted(clauses: Sequence[Clause], scorer: ClauseScorer) -> Iterator[tuple[_Typed, ...]]:
    scores = scorer.scores(list(wordings(clauses)))
    sure = scorer.confidence(scores)
    for row, reached in enumerate(scores >= scorer.thresholds):
        yield tuple((scorer.types[at], float(sure[row, at])) for at in reached.nonzero()[0])


def _passages(
    clause: Clause, fitted: Sequence[tuple[_Typed, ...]], hits: Sequence[CueHit], blocks: Mapping[int, Block]
) -> Iterator[TypedPassage]:
    found: dict[str, dict[int, float]] = {}
    for at, typed in enumerate(fitted):
        for code, confidence in typed:
            found.setdefault(code, {})[at] = confidence
    for hit in hits:
        for at in hit.sentences:
            found.setdefault(hit.type, {})[at] = hit.confidence
    passages = [
        _passage(clause, code, [clause.sentences[at] for at in run], max(sure[at] for at in run), blocks)
        for code, sure in found.items()
        for run in _runs(clause, sorted(sure))
    ]
    yield from sorted(passages, key=lambda p: (p.anchor.block, p.anchor.start, -p.confidence, p.type))


def _runs(clause: Clause, sentences: Sequence[int]) -> Iterator[list[int]]:
    """Sentences that follow each other in one block."""
    numbered = enumerate(sentences)
    for _, run in groupby(numbered, key=lambda pair: (pair[1] - pair[0], clause.sentences[pair[1]].block)):
        yield [at for _, at in run]


def _passage(
    clause: Clause, code: str, run: Sequence[Sentence], confidence: float, blocks: Mapping[int, Block]
) -> TypedPassage:
    block = blocks[run[0].block]
    start, end = run[0].start, run[-1].end
    titles = (*clause.path, clause.title) if clause.title else clause.path
    anchor = replace(block.anchor, start=start, end=end, path=titles or block.anchor.path)
    return TypedPassage(code, block.text[start:end], anchor, confidence)
