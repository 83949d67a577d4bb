"""A small trained linear scorer: how surely a sentence of an English contract is of each type.

The weights in `scorer.npz` were fitted to labelled contracts by `training/fit_clauses.py`; they hold hashes of
features, no words. The same sentence always gets the same score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bidkit.contract.wording import Wording

WEIGHTS = Path(__file__).with_name("scorer.npz")


@dataclass(frozen=True, slots=True)
class ClauseScorer:
    """`weights` has a row for each of the sorted `keys` and a column for each of `types`, `bias` one value a type.

    A sentence is of a type where its score reaches the type's threshold. `slopes` and `offsets` turn the best score
    of a contract into the probability that the contract has a clause of the type.
    """

    types: tuple[str, ...]
    keys: NDArray[np.uint32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    thresholds: NDArray[np.float32]
    slopes: NDArray[np.float32]
    offsets: NDArray[np.float32]

    def scores(self, wordings: Sequence[Wording]) -> NDArray[np.float32]:
        """A row of scores, one a type, for every sentence; unknown features weigh nothing."""
        out = np.empty((len(wordings), len(self.types)), dtype=np.float32)
        for row, wording in enumerate(wordings):
            words = self._sum(wording.words) / np.sqrt(max(1, len(wording.words)))
            out[row] = self.bias + words + self._sum(wording.cues)
        return out

    def confidence(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probabilities of the same shape as `scores`."""
        sure: NDArray[np.float32] = 1.0 / (1.0 + np.exp(-(scores * self.slopes + self.offsets)))
        return sure

    def _sum(self, hashes: NDArray[np.uint32]) -> NDArray[np.float32]:
        at = np.searchsorted(self.keys, hashes)
        at[at == len(self.keys)] = 0
        total: NDArray[np.float32] = self.weights[at[self.keys[at] == hashes]].sum(axis=0, dtype=np.float32)
        return total


@cache
def load_clause_scorer(path: Path = WEIGHTS) -> ClauseScorer:
    """The scorer shipped with the package."""
    with np.load(path, allow_pickle=False) as stored:
        rest = (stored[name].astype(np.float32) for name in ("weights", "bias", "thresholds", "slopes", "offsets"))
        return ClauseScorer(tuple(map(str, stored["types"])), stored["keys"], *rest)


def save_clause_scorer(scorer: ClauseScorer, path: Path) -> None:
    """Write the scorer with weights in half precision."""
    np.savez_compressed(
        path,
        types=np.array(scorer.types),
        keys=scorer.keys,
        weights=scorer.weights.astype(np.float16),
        bias=scorer.bias,
        thresholds=scorer.thresholds,
        slopes=scorer.slopes,
        offsets=scorer.offsets,
    )
