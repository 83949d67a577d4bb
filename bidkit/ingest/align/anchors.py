"""Passages that surely belong together: equal texts that stand once on each side, in the same order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence


def unique_pairs(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """(index, index) of every key that stands exactly once in both, in the order of `left`."""
    once_left = {key for key, count in Counter(left).items() if count == 1}
    counts = Counter(right)
    at = {key: place for place, key in enumerate(right) if counts[key] == 1}
    return [(place, at[key]) for place, key in enumerate(left) if key in once_left and key in at]


def in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs` (sorted by their first) whose seconds rise too."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, (_, second) in enumerate(pairs):
        length = bisect_left(tails, second)
        before.append(last[length - 1] if length else -1)
        if length == len(tails):
            tails.append(second)
            last.append(place)
        else:
            tails[length] = second
            last[length] = place
    chain = []
    place = last[-1] if last else -1
    while place >= 0:
        chain.append(pairs[place])
        place = before[place]
    return chain[::-1]
