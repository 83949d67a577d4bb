"""Fit the statement scorer to the labelled confidentiality agreements, and say how it does on others.

usage: python -m training.fit_statements SHARED [--write]

Fitted to `train_truncated.json` only. Prints accuracy on it by cross-validation, and on `dev.json`, which takes no
part in the fit. With --write the scorer is stored in the package.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression

from bidkit.contract.statement_wording import StatementWording, statement_codes, statement_cues, statement_wordings
from bidkit.contract.statements import VERDICTS, WEIGHTS, StatementScorer, Verdict, strongest
from bidkit.contract.wording import hashed
from bidkit.vocabulary.tables import table

FOLDS, SEED = 5, 1
_SEEN_IN = 3
_OWN_CUE, _WORD_SCALE = 2.0, 0.2
_SENTENCE_C, _POSITIVE = 10.0, 3.0
_TEXT_C, _BALANCE = 1.0, 0.5
_NEVER = -6.0
_LABELS = {"Entailment": Verdict.ENTAILMENT, "Contradiction": Verdict.CONTRADICTION}


@dataclass(frozen=True, slots=True)
class LabelledAgreement:
    """An agreement cut at its given spans, with (verdict, evidence spans) by statement code."""

    sentences: tuple[str, ...]
    labels: dict[str, tuple[Verdict, frozenset[int]]]


def labelled_agreements(path: Path) -> tuple[LabelledAgreement, ...]:
    """The agreements of a ContractNLI file."""
    codes = {
        row["note"].split()[-1]: row["code"] for row in table("codelists/statements.csv", ("code", "zh", "en", "note"))
    }
    out = []
    for document in json.loads(path.read_text(encoding="utf-8"))["documents"]:
        text = document["text"]
        labels = {
            codes[key]: (_LABELS.get(given["choice"], Verdict.NOT_MENTIONED), frozenset(given["spans"]))
            for key, given in document["annotation_sets"][0]["annotations"].items()
        }
        out.append(LabelledAgreement(tuple(" ".join(text[a:b].split()) for a, b in document["spans"]), labels))
    return tuple(out)


class Rows:
    """The sentences of several agreements as sparse rows over features seen often enough, and over cues."""

    def __init__(self, agreements: Sequence[LabelledAgreement]) -> None:
        found: list[StatementWording] = [w for a in agreements for w in statement_wordings(a.sentences)]
        counts = Counter(h for w in found for h in w.words.tolist())
        self.keys = np.array(sorted(h for h, n in counts.items() if n >= _SEEN_IN), dtype=np.uint32)
        self.scale = np.array([_WORD_SCALE * np.log(len(found) / counts[int(k)]) for k in self.keys], dtype=np.float32)
        cues = {int(hashed({f"cue~{n}{own}"})[0]): n.split("/")[0] for n, _ in statement_cues() for own in ("", "/own")}
        self.cue_keys = np.array(sorted(cues), dtype=np.uint32)
        self.cue_statements = [cues[int(key)] for key in self.cue_keys]
        lengths = np.array([1 / np.sqrt(max(1, len(w.words))) for w in found], dtype=np.float32)
        self.words = (diags(lengths) @ _matrix([w.words for w in found], self.keys) @ diags(self.scale)).tocsr()
        self.cues = _matrix([w.cues for w in found], self.cue_keys)
        self.agreement = np.repeat(np.arange(len(agreements)), [len(a.sentences) for a in agreements])


def fit(agreements: Sequence[LabelledAgreement]) -> tuple[StatementScorer, list[float]]:
    """The fitted scorer and, for every statement, its accuracy by cross-validation over the agreements."""
    rows = Rows(agreements)
    codes = statement_codes()
    folds = np.random.default_rng(SEED).permutation(len(agreements)) % FOLDS
    weights = np.zeros((len(rows.keys) + len(rows.cue_keys), 2 * len(codes)), dtype=np.float32)
    bias = np.full(2 * len(codes), _NEVER, dtype=np.float32)
    unseen = np.full((len(rows.agreement), len(codes), 2), _NEVER, dtype=np.float32)
    for at, code in enumerate(codes):
        scale = np.array([_OWN_CUE if s == code else 0.0 for s in rows.cue_statements], dtype=np.float32)
        matrix = hstack([rows.words, rows.cues @ diags(scale)]).tocsr()
        for side, verdict in enumerate(VERDICTS[1:]):
            truth = _evidence_of(agreements, code, verdict)
            for fold in range(FOLDS):
                inside = folds[rows.agreement] == fold
                model = _sentence_model(matrix[~inside], truth[~inside])
                if model:
                    unseen[inside, at, side] = model.decision_function(matrix[inside])
            whole = _sentence_model(matrix, truth)
            if whole:
                column = side * len(codes) + at
                weights[:, column] = whole.coef_[0] * np.concatenate([rows.scale, scale])
                bias[column] = whole.intercept_[0]
    places = np.stack([strongest(unseen[rows.agreement == n]) for n in range(len(agreements))])
    center, spread = places.mean(axis=0), places.std(axis=0) + 0.3
    coefficients = np.zeros((len(codes), len(VERDICTS), places.shape[2]), dtype=np.float32)
    offsets = np.full((len(codes), len(VERDICTS)), -20.0, dtype=np.float32)
    accuracies = []
    for at, code in enumerate(codes):
        truth = np.array([VERDICTS.index(a.labels[code][0]) for a in agreements])
        scaled = (places[:, at] - center[at]) / spread[at]
        coefficients[at], offsets[at] = _text_model(scaled, truth)
        right = 0
        for fold in range(FOLDS):
            inside = folds == fold
            slope, offset = _text_model(scaled[~inside], truth[~inside])
            right += int(((scaled[inside] @ slope.T + offset).argmax(axis=1) == truth[inside]).sum())
        accuracies.append(right / len(agreements))
    keys = np.concatenate([rows.keys, rows.cue_keys])
    order = np.argsort(keys)
    small = [a.astype(np.float32) for a in (center, spread)]
    return StatementScorer(codes, keys[order], weights[order], bias, *small, coefficients, offsets), accuracies


def _evidence_of(agreements: Sequence[LabelledAgreement], code: str, verdict: Verdict) -> NDArray[np.bool_]:
    return np.array(
        [a.labels[code][0] is verdict and at in a.labels[code][1] for a in agreements for at in range(len(a.sentences))]
    )


def _sentence_model(matrix: csr_matrix, truth: NDArray[np.bool_]) -> LogisticRegression | None:
    if truth.sum() < 2:
        return None
    model = LogisticRegression(C=_SENTENCE_C, solver="liblinear", class_weight={False: 1.0, True: _POSITIVE})
    return model.fit(matrix, truth)


def _text_model(
    places: NDArray[np.float32], truth: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Coefficients (verdicts x places) and offsets; a verdict that never occurred is never given."""
    slope, offset = np.zeros((len(VERDICTS), places.shape[1])), np.full(len(VERDICTS), -20.0)
    counts = np.bincount(truth, minlength=len(VERDICTS))
    if (counts > 0).sum() == 1:
        offset[int(truth[0])] = 0.0
        return slope, offset
    weight = {v: (len(truth) / max(1, counts[v])) ** _BALANCE for v in range(len(VERDICTS))}
    model = LogisticRegression(C=_TEXT_C, max_iter=500, class_weight=weight).fit(places, truth)
    if len(model.classes_) == 2:
        first, second = model.classes_
        slope[first], offset[first] = 0, 0
        slope[second], offset[second] = model.coef_[0], model.intercept_[0]
    else:
        slope[model.classes_], offset[model.classes_] = model.coef_, model.intercept_
    return slope, offset


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
    """Print accuracies; store the scorer with --write."""
    from bidkit.contract.statements import judge  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.shared / "data" / "contracts" / "contractnli"
    scorer, accuracies = fit(labelled_agreements(folder / "train_truncated.json"))
    others = labelled_agreements(folder / "dev.json")
    given = [{j.statement: j.verdict for j in judge(a.sentences, scorer)} for a in others]
    dev = [
        float(np.mean([g[code] is a.labels[code][0] for g, a in zip(given, others, strict=True)]))
        for code in scorer.statements
    ]
    for code, unseen, other in zip(scorer.statements, accuracies, dev, strict=True):
        print(f"{code:32} cross-validated {unseen:.3f}  dev {other:.3f}")
    print(f"accuracy: cross-validated {np.mean(accuracies):.4f}, dev {np.mean(dev):.4f}")
    if arguments.write:
        np.savez_compressed(
            WEIGHTS,
            statements=np.array(scorer.statements),
            keys=scorer.keys,
            weights=scorer.weights.astype(np.float16),
            bias=scorer.bias,
            center=scorer.center,
            spread=scorer.spread,
            coefficients=scorer.coefficients,
            offsets=scorer.offsets,
        )
        print(f"wrote {len(scorer.keys)} features, {WEIGHTS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
