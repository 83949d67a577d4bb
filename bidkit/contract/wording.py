"""What a sentence of an English contract looks like to the trained classifier: hashes of its words and of its cues."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bidkit.contract.cues import TEXT, TITLE, cues_in
from bidkit.contract.model import Clause
from bidkit.kernel.language import Language

Hashes = NDArray[np.uint32]

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+(?:[.,]\d+)*|[$%]")
_NUMBER = "#"
_LONGEST, _PER_STEP = 9, 12


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence: the sorted distinct hashes of its word features, and those of the cues found in it."""

    words: Hashes
    cues: Hashes


def wordings(clauses: Sequence[Clause]) -> Iterator[Wording]:
    """The wording of every sentence of `clauses`, in order.

    Words, word pairs and triples of the sentence count, the words of its clause's heading, and those of the
    sentences right before and after it, whichever clause they are in.
    """
    texts = [sentence.text for clause in clauses for sentence in clause.sentences]
    headings = [clause.heading for clause in clauses for _ in clause.sentences]
    tokens = [tuple(_tokens(text.lower())) for text in texts]
    for at, text in enumerate(texts):
        names = {*_grams(tokens[at]), f"len={min(_LONGEST, len(tokens[at]) // _PER_STEP)}"}
        names.update(_tokens(headings[at].lower(), "t~"))
        for near, prefix in ((at - 1, "p~"), (at + 1, "n~")):
            if 0 <= near < len(texts):
                names.update(prefix + token for token in tokens[near])
        found = (*cues_in(headings[at], Language.EN, TITLE), *cues_in(text, Language.EN, TEXT))
        yield Wording(hashed(names), hashed({f"cue~{cue.name}" for cue in found}))


def hashed(names: set[str]) -> Hashes:
    """The sorted hashes of feature names, the same on every machine and run."""
    return np.unique(np.fromiter(map(_hash, names), dtype=np.uint32, count=len(names)))


@lru_cache(maxsize=1 << 16)
def _hash(name: str) -> int:
    return zlib.crc32(name.encode())


def _tokens(text: str, prefix: str = "") -> Iterator[str]:
    for word in _WORD.findall(text):
        yield prefix + (_NUMBER if word[0].isdigit() else word)


def _grams(tokens: Sequence[str]) -> Iterator[str]:
    yield from tokens
    yield from (f"{left} {right}" for left, right in pairwise(tokens))
    yield from (" ".join(three) for three in zip(tokens, tokens[1:], tokens[2:], strict=False))
