"""Where two texts differ, by words and values."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from rapidfuzz.distance import Indel

from bidkit.ingest.align.model import Difference
from bidkit.ingest.align.tokens import match_key, tokens

_ISLAND = 2  # equal characters between two changes that a reader takes for one
_LONGEST = 20_000  # tokens; beyond it the middle is one difference


def differences(old: str, new: str, *, exact: bool = False) -> tuple[Difference, ...]:
    """Where `old` and `new` differ, in order and without overlap; () where they read alike.

    Without `exact`, white space, widths and kinds of quotation marks do not count.
    """
    left, right = tokens(old), tokens(new)
    left_keys = list(left) if exact else [match_key(token) for token in left]
    right_keys = list(right) if exact else [match_key(token) for token in right]
    left_at = [0, *accumulate(map(len, left))]
    right_at = [0, *accumulate(map(len, right))]
    found = []
    for a, b, c, d in _changed(left_keys, right_keys):
        if not exact and "".join(left_keys[a:b]) == "".join(right_keys[c:d]):
            continue
        found.append(Difference(left_at[a], left_at[b], right_at[c], right_at[d]))
    return tuple(found)


def merged_differences(old: str, new: str) -> tuple[Difference, ...]:
    """As `differences`, with neighbours joined where only a sign or a single character between them is equal."""
    merged: list[Difference] = []
    for one in differences(old, new):
        if merged and _is_island(old[merged[-1].old_end : one.old_start]):
            last = merged.pop()
            one = Difference(last.old_start, one.old_end, last.new_start, one.new_end)
        merged.append(one)
    return tuple(merged)


def _is_island(between: str) -> bool:
    return len(between.strip()) <= _ISLAND - 1 and "\n" not in between


def _changed(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Unequal stretches of two token lists; the equal ends are set aside first, which is where most of a text is."""
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    middle_left, middle_right = left[start : len(left) - end], right[start : len(right) - end]
    if not middle_left and not middle_right:
        return []
    if len(middle_left) + len(middle_right) > _LONGEST:
        return [(start, len(left) - end, start, len(right) - end)]
    out: list[tuple[int, int, int, int]] = []
    for code in Indel.opcodes(middle_left, middle_right):
        if code.tag == "equal":
            continue
        a, b, c, d = (n + start for n in (code.src_start, code.src_end, code.dest_start, code.dest_end))
        if out and out[-1][1] == a and out[-1][3] == c:
            a, c = out[-1][0], out[-1][2]
            out.pop()
        out.append((a, b, c, d))
    return out
