"""A small trained linear scorer: which pieces are rows, of which kind and force.

The weights in `scorer.npz` were fitted to hand-labelled tenders by `training/fit_rows.py`; they hold hashes of
features, no words. Reading them is deterministic: the same piece always gets the same score.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bidkit.requirements.model import Force, Kind

WEIGHTS = Path(__file__).with_name("scorer.npz")
KINDS = tuple(Kind)
FORCES = tuple(Force)


@dataclass(frozen=True, slots=True)
class Score:
    """`row` is the probability of being a requirement row; kind and force are the likeliest ones."""

    row: float
    kind: Kind
    force: Force


@dataclass(frozen=True, slots=True)
class Scorer:
    """Sorted feature hashes and one weight a feature for: row, each kind, each force."""

    keys: NDArray[np.uint32]
    weights: NDArray[np.float32]

    def score(self, names: Iterable[str]) -> Score:
        """The score of a piece with these features; unknown features weigh nothing."""
        hashes = np.fromiter((feature_hash(name) for name in names), dtype=np.uint32)
        at = np.searchsorted(self.keys, hashes)
        at[at == len(self.keys)] = 0
        known = at[self.keys[at] == hashes]
        sums = self.weights[known].sum(axis=0)
        kinds, forces = sums[1 : 1 + len(KINDS)], sums[1 + len(KINDS) :]
        row = float(1.0 / (1.0 + np.exp(-sums[0])))
        return Score(row, KINDS[int(kinds.argmax())], FORCES[int(forces.argmax())])


def feature_hash(name: str) -> int:
    """A 32-bit hash that is the same on every machine and run."""
    return zlib.crc32(name.encode())


@cache
def load_scorer(path: Path = WEIGHTS) -> Scorer:
    """The scorer shipped with the package."""
    with np.load(path, allow_pickle=False) as stored:
        return Scorer(stored["keys"], stored["weights"].astype(np.float32))
