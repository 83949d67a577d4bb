"""Fit the clause scorer to the labelled contracts, and say how it does on contracts it has not seen.

usage: python -m training.fit_clauses SHARED [--write] [--misses TYPE] [--json FILE]

Prints for every type precision, recall and F1 of "does the contract have such a clause?", every contract judged by a
scorer and thresholds fitted without it (five folds over contracts). With --write the scorer fitted to all contracts
is stored in the package, its thresholds and probabilities taken from the unseen folds.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression

from bidkit.contract.cues import TEXT, TITLE, cues
from bidkit.contract.scorer import WEIGHTS, ClauseScorer, save_clause_scorer
from bidkit.contract.wording import hashed, wordings
from bidkit.kernel.language import Language
from training.cuad import LabelledContract, labelled_contracts

# Every contract has a name, parties and mostly a date: nothing to learn from.
ALWAYS = ("document_name", "parties", "agreement_date")
FOLDS, SEED = 5, 13
_SEEN_IN = 4  # a feature must occur in that many sentences
_NEGATIVES = 30_000
_C, _POSITIVE = 10.0, 3.0
_WORD_SCALE, _OWN_CUE, _OTHER_CUE = 0.13, 0.3, 0.1
_SMOOTH = 5
_NEGLIGIBLE = 0.05


@dataclass(frozen=True)
class Corpus:
    """Sentences as sparse rows: `words` weighted and normalised, `cues` 0 or 1; `labels` by sentence and type."""

    types: tuple[str, ...]
    keys: NDArray[np.uint32]
    words: csr_matrix
    scale: NDArray[np.float32]
    cues: csr_matrix
    cue_keys: NDArray[np.uint32]
    cue_types: tuple[str, ...]
    labels: NDArray[np.bool_]
    contract: NDArray[np.int64]
    present: NDArray[np.bool_]
    names: tuple[str, ...]


def corpus_of(contracts: Sequence[LabelledContract]) -> Corpus:
    """All sentences of the contracts; the same contracts always give the same rows."""
    types = tuple(sorted({code for c in contracts for code in c.present} - set(ALWAYS)))
    found = [list(wordings(c.clauses)) for c in contracts]
    flat = [w for group in found for w in group]
    keys, counts = np.unique(np.concatenate([w.words for w in flat]), return_counts=True)
    keys, counts = keys[counts >= _SEEN_IN], counts[counts >= _SEEN_IN]
    scale = (_WORD_SCALE * np.log((len(flat) + 1) / counts)).astype(np.float32)
    lengths = np.array([1 / np.sqrt(max(1, len(w.words))) for w in flat], dtype=np.float32)
    known = [cue for where in (TITLE, TEXT) for cue in cues(Language.EN, where)]
    cue_of = {int(hashed({f"cue~{cue.name}"})[0]): cue.type for cue in known}
    cue_keys = np.array(sorted(cue_of), dtype=np.uint32)
    return Corpus(
        types,
        keys,
        (diags(lengths) @ _matrix([w.words for w in flat], keys) @ diags(scale)).tocsr(),
        scale,
        _matrix([w.cues for w in flat], cue_keys),
        cue_keys,
        tuple(cue_of[int(key)] for key in cue_keys),
        np.array([[code in labels for code in types] for c in contracts for labels in c.by_sentence]),
        np.repeat(np.arange(len(found)), [len(group) for group in found]),
        np.array([[code in c.present for code in types] for c in contracts]),
        tuple(c.name for c in contracts),
    )


def fit(corpus: Corpus, chosen: NDArray[np.bool_]) -> ClauseScorer:
    """The scorer fitted to the `chosen` contracts, its thresholds at 0 and its probabilities not set yet."""
    rows = np.flatnonzero(chosen[corpus.contract])
    labelled = corpus.labels[rows].any(axis=1)
    others = rows[~labelled]
    drawn = np.random.default_rng(SEED).choice(others, min(len(others), _NEGATIVES), replace=False)
    rows = np.sort(np.concatenate([rows[labelled], drawn]))
    words, found, labels = corpus.words[rows], corpus.cues[rows], corpus.labels[rows]
    weights = np.zeros((len(corpus.keys) + len(corpus.cue_keys), len(corpus.types)), dtype=np.float32)
    bias = np.zeros(len(corpus.types), dtype=np.float32)
    for at, code in enumerate(corpus.types):
        cue_scale = np.array([_OWN_CUE if t == code else _OTHER_CUE for t in corpus.cue_types], dtype=np.float32)
        model = LogisticRegression(C=_C, solver="liblinear", class_weight={False: 1.0, True: _POSITIVE})
        model.fit(hstack([words, found @ diags(cue_scale)]).tocsr(), labels[:, at])
        weights[:, at] = model.coef_[0] * np.concatenate([corpus.scale, cue_scale])
        bias[at] = model.intercept_[0]
    keys = np.concatenate([corpus.keys, corpus.cue_keys])
    order = np.argsort(keys)
    zeros = np.zeros_like(bias)
    return ClauseScorer(corpus.types, keys[order], weights[order], bias, zeros, zeros + 1, zeros)


def best_scores(corpus: Corpus, scorer: ClauseScorer, chosen: NDArray[np.bool_]) -> NDArray[np.float32]:
    """For every chosen contract and type the best score of its sentences; -inf elsewhere."""
    rows = np.flatnonzero(chosen[corpus.contract])
    at = np.searchsorted(scorer.keys, corpus.keys)
    plain = corpus.words[rows] @ diags(1 / corpus.scale) @ scorer.weights[at]
    scores = plain + corpus.cues[rows] @ scorer.weights[np.searchsorted(scorer.keys, corpus.cue_keys)] + scorer.bias
    out = np.full(corpus.present.shape, -np.inf, dtype=np.float32)
    np.maximum.at(out, corpus.contract[rows], scores.astype(np.float32))
    return out


def unseen_scores(corpus: Corpus) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The best scores of every contract by a scorer that has not seen it, and the fold each contract is in."""
    count = len(corpus.names)
    folds = np.random.default_rng(SEED).permutation(count) % FOLDS
    with ProcessPoolExecutor(max_workers=2) as pool:
        parts = list(pool.map(partial(_unseen, corpus, folds), range(FOLDS)))
    return np.max(parts, axis=0), folds


def threshold(scores: NDArray[np.float32], truth: NDArray[np.bool_]) -> float:
    """The score from which on calling a contract positive gives the best F1, evened out over neighbours."""
    order = np.argsort(-scores, kind="stable")
    f1 = 2 * np.cumsum(truth[order]) / (np.arange(1, len(truth) + 1) + truth.sum())
    even = np.convolve(np.pad(f1, _SMOOTH // 2, mode="edge"), np.ones(_SMOOTH) / _SMOOTH, "valid")
    at = int(even.argmax())
    return float((scores[order[at]] + scores[order[min(at + 1, len(order) - 1)]]) / 2)


def judged(corpus: Corpus, best: NDArray[np.float32], folds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which contracts are said to have which type, each with thresholds of the other folds."""
    out = np.zeros(corpus.present.shape, dtype=bool)
    for fold in range(FOLDS):
        inside = folds == fold
        for at in range(len(corpus.types)):
            limit = threshold(best[~inside, at], corpus.present[~inside, at])
            out[inside, at] = best[inside, at] >= limit
    return out


def finished(corpus: Corpus, scorer: ClauseScorer, best: NDArray[np.float32]) -> ClauseScorer:
    """The scorer with thresholds and probabilities from unseen scores, and without weights that hardly count."""
    thresholds, slopes, offsets = (np.zeros(len(corpus.types), dtype=np.float32) for _ in range(3))
    for at in range(len(corpus.types)):
        truth = corpus.present[:, at]
        thresholds[at] = threshold(best[:, at], truth)
        line = LogisticRegression(C=1.0).fit(best[:, at : at + 1], truth)
        slopes[at], offsets[at] = max(0.1, line.coef_[0, 0]), line.intercept_[0]
    weights = np.where(np.abs(scorer.weights) < _NEGLIGIBLE, 0, scorer.weights)
    keep = np.isin(scorer.keys, corpus.cue_keys) | (weights != 0).any(axis=1)
    weights = np.where(np.isin(scorer.keys, corpus.cue_keys)[:, None], scorer.weights, weights)
    return ClauseScorer(scorer.types, scorer.keys[keep], weights[keep], scorer.bias, thresholds, slopes, offsets)


def f1_of(said: NDArray[np.bool_], truth: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Precision, recall, F1; 0 where nothing was said or true."""
    right = int((said & truth).sum())
    return right / max(1, said.sum()), right / max(1, truth.sum()), 2 * right / max(1, said.sum() + truth.sum())


def _unseen(corpus: Corpus, folds: NDArray[np.int64], fold: int) -> NDArray[np.float32]:
    return best_scores(corpus, fit(corpus, folds != fold), folds == fold)


def _matrix(rows: Sequence[NDArray[np.uint32]], keys: NDArray[np.uint32]) -> csr_matrix:
    indptr, indices = [0], []
    for hashes in rows:
        at = np.searchsorted(keys, hashes)
        at[at == len(keys)] = 0
        indices.append(at[keys[at] == hashes])
        indptr.append(indptr[-1] + len(indices[-1]))
    data = np.ones(indptr[-1], dtype=np.float32)
    return csr_matrix((data, np.concatenate(indices), indptr), shape=(len(rows), len(keys)))


def main() -> None:
    """Print the table over unseen contracts; store the scorer with --write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--misses", default="")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    corpus = corpus_of(list(labelled_contracts(arguments.shared)))
    best, folds = unseen_scores(corpus)
    said = judged(corpus, best, folds)
    f1s, table = [], {}
    for at, code in enumerate(corpus.types):
        precision, recall, f1 = f1_of(said[:, at], corpus.present[:, at])
        f1s.append(f1)
        table[code] = [int(corpus.present[:, at].sum()), precision, recall, f1]
        print(f"{code:36} {int(corpus.present[:, at].sum()):4} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
        if code == arguments.misses:
            wrong = np.flatnonzero(said[:, at] != corpus.present[:, at])
            print("\n".join(f"  {'+' if said[i, at] else '-'} {best[i, at]:6.2f} {corpus.names[i]}" for i in wrong))
    size = f"{len(corpus.names)} contracts, {len(corpus.contract)} sentences"
    print(f"macro F1 over {len(f1s)} types: {np.mean(f1s):.4f} ({size})")
    if arguments.json:
        arguments.json.write_text(json.dumps(table), encoding="utf-8")
    if arguments.write:
        scorer = finished(corpus, fit(corpus, np.ones(len(corpus.names), dtype=bool)), best)
        save_clause_scorer(scorer, WEIGHTS)
        print(f"wrote {len(scorer.keys)} features, {WEIGHTS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
