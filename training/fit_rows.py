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

from bidkit.kernel.identity import squash
from bidkit.requirements.features import features
from bidkit.requirements.rows import ROW_THRESHOLD
from bidkit.requirements.scorer import FORCES, KINDS, WEIGHTS, Scorer, feature_hash
from training.examples import Labelled, labelled_documents

_SEEN_IN = 3  # a feature must occur in that many pieces
_ROW_C, _CLASS_C = 0.1, 0.1
_OF_THE_DOCUMENT = ("trail~", "top~", "caption~")


@dataclass(frozen=True, slots=True)
class Example:
    """One piece as feature hashes with its labels; kind and force are None where it is no row.

    `narrow` leaves out the words of headings and captions: they tell documents apart better than kinds.
    """

    hashes: frozenset[int]
    narrow: frozenset[int]
    row: bool
    kind: str | None
    force: str | None


def examples_of(document: Labelled) -> list[Example]:
    """The labelled pieces of a document as feature hashes."""
    out = []
    for piece, gold in zip(document.pieces, document.rows, strict=True):
        names = features(piece, document.language)
        hashes = frozenset(feature_hash(name) for name in names)
        narrow = frozenset(feature_hash(name) for name in names if not name.startswith(_OF_THE_DOCUMENT))
        out.append(Example(hashes, narrow, gold is not None, gold and gold["kind"], gold and gold["force"]))
    return out


def fit(examples: Sequence[Example]) -> Scorer:
    """The scorer fitted to the examples; the same examples always give the same weights."""
    counts = Counter(h for example in examples for h in example.hashes)
    keys = np.array(sorted(h for h, n in counts.items() if n >= _SEEN_IN), dtype=np.uint32)
    index = {int(h): at for at, h in enumerate(keys)}
    matrix = _matrix([example.hashes for example in examples], index)
    narrow = _matrix([example.narrow for example in examples], index)
    rows = np.array([example.row for example in examples])
    columns = [_weights(matrix, rows, [True], _ROW_C)]
    known = np.flatnonzero(rows)
    for names, labels in (
        (KINDS, [examples[at].kind for at in known]),
        (FORCES, [examples[at].force for at in known]),
    ):
        columns.append(_weights(narrow[known], np.array(labels), list(names), _CLASS_C))
    return Scorer(keys, np.hstack(columns).astype(np.float32))


def _matrix(sets: Sequence[frozenset[int]], index: dict[int, int]) -> csr_matrix:
    indptr, indices = [0], []
    for hashes in sets:
        indices += sorted(index[h] for h in hashes if h in index)
        indptr.append(len(indices))
    data = np.ones(len(indices), dtype=np.float32)
    return csr_matrix((data, indices, indptr), shape=(len(sets), len(index)))


def _weights(matrix: csr_matrix, labels: NDArray, names: list, c: float) -> NDArray:  # type: ignore[type-arg]
    model = LogisticRegression(C=c, max_iter=400, solver="lbfgs", fit_intercept=False)
    model.fit(matrix, labels)
    if names == [True]:
        return model.coef_.T
    found = {name: at for at, name in enumerate(model.classes_)}
    columns = [model.coef_[found[n]] if n in found else np.full(matrix.shape[1], -1.0) for n in map(str, names)]
    return np.stack(columns, axis=1)


def judge(document: Labelled, scorer: Scorer) -> tuple[int, int, int, int, list[str]]:
    """Rows found, pieces taken for rows, kinds and forces right among the found; and what went wrong.

    A sentence printed several times counts once, as the product keeps it once, and so does every labelled row.
    """
    hit = taken = kind = force = 0
    wrong = []
    seen: set[tuple[str, int | None]] = set()
    counted: set[int] = set()
    for piece, gold in zip(document.pieces, document.rows, strict=True):
        key = (squash(piece.text), piece.page)
        if key in seen and piece.table is None:
            continue
        seen.add(key)
        score = scorer.score(features(piece, document.language))
        taken += score.row >= ROW_THRESHOLD
        if (score.row >= ROW_THRESHOLD) != (gold is not None):
            wrong.append(f"  {'+' if gold is None else '-'} {score.row:.2f} {piece.shape} {piece.text[:110]}")
        elif gold is not None and id(gold) not in counted:
            counted.add(id(gold))
            hit += 1
            kind += score.kind == gold["kind"]
            force += score.force == gold["force"]
    return hit, taken, kind, force, wrong


def main() -> None:
    """Print the leave-one-out table; store the weights with --write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--misses", default="")
    arguments = parser.parse_args()
    documents = list(labelled_documents(arguments.shared))
    examples = {document.name: examples_of(document) for document in documents}
    print(f"{'document':30} {'P':>6} {'R':>6} {'F1':>6}  kind  force")
    f1s, totals = [], np.zeros(3)
    for document in documents:
        scorer = fit([e for name, group in examples.items() if name != document.name for e in group])
        hit, taken, kind, force, wrong = judge(document, scorer)
        gold = len(document.gold["rows"])
        f1s.append(2 * hit / (taken + gold))
        totals += (hit, kind, force)
        print(
            f"{document.name:30} {hit / max(1, taken):6.3f} {hit / gold:6.3f} {f1s[-1]:6.3f}"
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
