"""What lies between two anchors: passages paired by likeness, split and joined texts recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from bidkit.ingest.align.model import Link

LIKE = 0.5  # from this likeness on two passages are versions of one
LIKE_NUMBERED = 0.35  # the same clause number at the same place says much already
_ALONE = 0.4  # one passage against one passage
_TITLE = 12  # characters up to which a passage is a title or a cell: half of it alike says little
LIKE_TITLE = 0.6
_MOST_CELLS = 250_000
_JOINED = 8  # passages that may have been one
_JOIN_LIKE = 0.9


@dataclass(frozen=True, slots=True)
class Keyed:
    """A passage as it is compared: `key` without spaces and widths, `number` and `group` as given."""

    key: str
    number: str
    group: str


def pair_up(left: Sequence[Keyed], right: Sequence[Keyed], left_at: int, right_at: int) -> list[Link]:
    """Links of two short sequences, each passage in one; `left_at` and `right_at` are added to the indices."""
    if not left or not right or len(left) * len(right) > _MOST_CELLS:
        links = [Link((i,), ()) for i in range(len(left))] + [Link((), (j,)) for j in range(len(right))]
    else:
        links = _best(left, right)
    return [Link(tuple(i + left_at for i in x.old), tuple(j + right_at for j in x.new), x.same) for x in links]


def likenesses(left: Sequence[Keyed], right: Sequence[Keyed]) -> np.ndarray:
    """How much more alike each pair is than it must be to be paired; 0 or less where it is not to be."""
    ratio = process.cdist([p.key for p in left], [p.key for p in right], scorer=fuzz.ratio, dtype=np.float32) / 100
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            ratio[i, j] -= _needed(one, other, alone=len(left) == len(right) == 1)
    return np.asarray(ratio)


def _needed(one: Keyed, other: Keyed, *, alone: bool) -> float:
    if one.group != other.group:
        return 2.0
    if one.number and one.number == other.number:
        return LIKE_NUMBERED
    if max(len(one.key), len(other.key)) <= _TITLE:
        return LIKE_TITLE if min(len(one.key), len(other.key)) > 2 else 1.0 - 1e-6
    return _ALONE if alone else LIKE


def _best(left: Sequence[Keyed], right: Sequence[Keyed]) -> list[Link]:
    """The links with the greatest sum of likeness, by dynamic programming over both sequences."""
    gain = likenesses(left, right)
    n, m = len(left), len(right)
    best = np.zeros((n + 1, m + 1))
    step: dict[tuple[int, int], tuple[int, int]] = {}
    joins = _joins(left, right, gain)
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            value, move = best[i + 1, j], (1, 0)
            if best[i, j + 1] > value:
                value, move = best[i, j + 1], (0, 1)
            if gain[i, j] > 0 and best[i + 1, j + 1] + gain[i, j] >= value:
                value, move = best[i + 1, j + 1] + gain[i, j], (1, 1)
            for a, b, worth in joins.get((i, j), ()):
                if best[i + a, j + b] + worth > value:
                    value, move = best[i + a, j + b] + worth, (a, b)
            best[i, j], step[i, j] = value, move
    links, i, j = [], 0, 0
    while i < n or j < m:
        a, b = step.get((i, j), (1, 0) if i < n else (0, 1))
        olds, news = tuple(range(i, i + a)), tuple(range(j, j + b))
        same = bool(olds and news) and _joined(left, olds) == _joined(right, news)
        links.append(Link(olds, news, same))
        i, j = i + a, j + b
    return links


def _joins(
    left: Sequence[Keyed], right: Sequence[Keyed], gain: np.ndarray
) -> dict[tuple[int, int], list[tuple[int, int, float]]]:
    """By place, how many passages of each side read as one text there, and what taking them together is worth."""
    found: dict[tuple[int, int], list[tuple[int, int, float]]] = {}
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            if one.group != other.group or one.key == other.key:
                continue
            for a, b in _sizes(left, right, i, j):
                together = fuzz.ratio(_joined(left, range(i, i + a)), _joined(right, range(j, j + b))) / 100
                # Joined texts must be nearly the same and better than any one pair: else a neighbour is swallowed.
                if together >= _JOIN_LIKE and together - LIKE > gain[i : i + a, j : j + b].max():
                    found.setdefault((i, j), []).append((a, b, (together - LIKE) * max(a, b)))
    return found


def _sizes(left: Sequence[Keyed], right: Sequence[Keyed], i: int, j: int) -> list[tuple[int, int]]:
    """(1, k) or (k, 1) for the k passages whose lengths together come nearest to the one on the other side."""
    one, other = len(left[i].key), len(right[j].key)
    head = min(one, other, 8)
    if not head or left[i].key[:head] != right[j].key[:head]:
        return []
    if one > other:
        count = _count_to(right, j, one)
        return [(1, count)] if count > 1 else []
    count = _count_to(left, i, other)
    return [(count, 1)] if count > 1 else []


def _count_to(side: Sequence[Keyed], start: int, length: int) -> int:
    total = 0
    for count, passage in enumerate(side[start : start + _JOINED], 1):
        total += len(passage.key)
        if total >= length * _JOIN_LIKE:
            return count
    return 1


def _joined(side: Sequence[Keyed], places: Sequence[int]) -> str:
    return "".join(side[place].key for place in places)
