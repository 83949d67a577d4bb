"""Fit the row scorer to the hand-labelled documents, and say how it does on documents it has not seen.

usage: python -m training.fit_rows SHARED [--write] [--misses NAME]

Prints, for every document, row F1, kind and force as predicted by a scorer fitted to all the other documents
(leave one document out). With --write the scorer fitted to all of them is stored in the package.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bidkit.requirements.features import features
from bidkit.requirements.scorer import FORCES, KINDS, WEIGHTS, Scorer, feature_hash
from training.examples import Labelled, labelled_documents

_SEEN_IN = 3  # a feature must occur in that many pieces
_ROW_C, _CLASS_C = 0.05, 0.05
_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Example:
    """One piece as feature hashes with its labels; kind and force are None where it is no row."""

    hashes: frozenset[int]
    row: bool
    kind: str | None
    force: str | None


def examples_of(document: Labelled) -> list[Example]:
    """The labelled pieces of a document as feature hashes."""
    out = []
    for piece, gold in zip(document.pieces, document.rows, strict=True):
        hashes = frozenset(feature_hash(name) for name in features(piece, document.language))
        out.append(Example(hashes, gold is not None, gold and gold["kind"], gold and gold["force"]))
    return out


def fit(examples: Sequence[Example]) -> Scorer:
    """The scorer fitted to the examples; the same examples always give the same weights."""
    counts = Counter(h for example in examples for h in example.hashes)
    keys = np.array(sorted(h for h, n in counts.items() if n >= _SEEN_IN), dtype=np.uint32)
    index = {int(h): at for at, h in enumerate(keys)}
    matrix = _matrix(examples, index)
    rows = np.array([example.row for example in examples])
    columns = [_weights(matrix, rows, [True], _ROW_C)]
    known = np.flatnonzero(rows)
    for names, labels in (
        (KINDS, [examples[at].kind for at in known]),
        (FORCES, [examples[at].force for at in known]),
    ):
        columns.append(_weights(matrix[known], np.array(labels), list(names), _CLASS_C))
    return Scorer(keys, np.hstack(columns).astype(np.float32))


def _matrix(examples: Sequence[Example], index: dict[int, int]) -> csr_matrix:
    indptr, indices = [0], []
    for example in examples:
        indices += sorted(index[h] for h in example.hashes if h in index)
        indptr.append(len(indices))
    data = np.ones(len(indices), dtype=np.float32)
    return csr_matrix((data, indices, indptr), shape=(len(examples), len(index)))


def _weights(matrix: csr_matrix, labels: NDArray, names: list, c: float) -> NDArray:  # type: ignore[type-arg]
    model = LogisticRegression(C=c, max_iter=400, solver="lbfgs", fit_intercept=False)
    model.fit(matrix, labels)
    if names == [True]:
        return model.coef_.T
    found = {name: at for at, name in enumerate(model.classes_)}
    columns = [model.coef_[found[n]] if n in found else np.full(matrix.shape[1], -1.0) for n in map(str, names)]
    return np.stack(columns, axis=1)


def judge(document: Labelled, scorer: Scorer) -> tuple[int, int, int, int, int, list[str]]:
    """Matched rows, predicted rows, gold rows, kinds right and forces right of the matched; and what went wrong."""
    hit = predicted = kind = force = 0
    wrong = []
    for piece, gold in zip(document.pieces, document.rows, strict=True):
        score = scorer.score(features(piece, document.language))
        if score.row >= _THRESHOLD:
            predicted += 1
            hit += gold is not None
            if gold is None:
                wrong.append(f"  + {score.row:.2f} {piece.shape} {piece.text[:110]}")
        elif gold is not None:
            wrong.append(f"  - {score.row:.2f} {piece.shape} {piece.text[:110]}")
        if gold is not None and score.row >= _THRESHOLD:
            kind += score.kind == gold["kind"]
            force += score.force == gold["force"]
    return hit, predicted, len(document.gold["rows"]), kind, force, wrong


def main() -> None:
    """Print the leave-one-out table; store the weights with --write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--misses", default="")
    arguments = parser.parse_args()
    documents = list(labelled_documents(arguments.shared))
    examples = {document.name: examples_of(document) for document in documents}
    print(f"{'document':30} {'cut':>6} {'P':>6} {'R':>6} {'F1':>6}  kind  force")
    f1s, totals = [], np.zeros(3)
    for document in documents:
        scorer = fit([e for name, group in examples.items() if name != document.name for e in group])
        hit, predicted, gold, kind, force, wrong = judge(document, scorer)
        cut = sum(row is not None for row in document.rows)
        f1 = 2 * hit / (predicted + gold)
        f1s.append(f1)
        totals += (hit, kind, force)
        print(
            f"{document.name:30} {cut / gold:6.3f} {hit / max(1, predicted):6.3f} {hit / gold:6.3f} {f1:6.3f}"
            f"  {kind / max(1, hit):.2f}  {force / max(1, hit):.2f}"
        )
        if arguments.misses == document.name:
            print("\n".join(wrong))
    print(f"macro F1 {np.mean(f1s):.4f}  kind {totals[1] / totals[0]:.3f}  force {totals[2] / totals[0]:.3f}")
    if arguments.write:
        scorer = fit([e for group in examples.values() for e in group])
        keep = np.abs(scorer.weights).max(axis=1) > 0.004
        np.savez_compressed(WEIGHTS, keys=scorer.keys[keep], weights=scorer.weights[keep].astype(np.float16))
        print(f"wrote {int(keep.sum())} features, {WEIGHTS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
