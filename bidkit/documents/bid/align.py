"""Which unit of one version is which of another: by id, by equal words, then by likeness in order."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from bidkit.documents.bid.units import Unit

_LIKE = 45.0  # per cent of characters in common for a changed block to be the same block
_CELLS = 40_000  # largest table of likenesses looked at; beyond it blocks pair in order


def aligned(base: Sequence[Unit], other: Sequence[Unit]) -> dict[int, int]:
    """Index in `base` -> index in `other`; every index at most once."""
    pairs: dict[int, int] = {}
    by_row = {unit.row: at for at, unit in enumerate(other) if unit.row}
    for at, unit in enumerate(base):
        if unit.row and unit.row in by_row:
            pairs[at] = by_row.pop(unit.row)
    taken = set(pairs.values())
    left = [at for at, unit in enumerate(base) if at not in pairs and not unit.row]
    right = [at for at, unit in enumerate(other) if at not in taken and not unit.row]
    _pair_rest(base, other, left, right, pairs)
    return pairs


def _pair_rest(
    base: Sequence[Unit], other: Sequence[Unit], left: list[int], right: list[int], pairs: dict[int, int]
) -> None:
    matcher = SequenceMatcher(None, [base[i].key for i in left], [other[i].key for i in right], autojunk=False)
    for kind, l0, l1, r0, r1 in matcher.get_opcodes():
        if kind == "equal":
            pairs.update(zip(left[l0:l1], right[r0:r1], strict=True))
        elif kind == "replace":
            _pair_alike(base, other, left[l0:l1], right[r0:r1], pairs)


def _pair_alike(
    base: Sequence[Unit], other: Sequence[Unit], left: list[int], right: list[int], pairs: dict[int, int]
) -> None:
    """Pairs the likest first, then what fits between them; order is kept."""
    if not left or not right:
        return
    if len(left) * len(right) > _CELLS:
        for one, two in zip(left, right, strict=False):
            if _likeness(base[one], other[two]) >= _LIKE:
                pairs[one] = two
        return
    score, i, j = max(
        ((_likeness(base[one], other[two]), -i, -j) for i, one in enumerate(left) for j, two in enumerate(right)),
    )
    if score < _LIKE:
        return
    i, j = -i, -j
    pairs[left[i]] = right[j]
    _pair_alike(base, other, left[:i], right[:j], pairs)
    _pair_alike(base, other, left[i + 1 :], right[j + 1 :], pairs)


def _likeness(one: Unit, two: Unit) -> float:
    if one.kind != two.kind or one.element.tag != two.element.tag:
        return 0.0
    if one.print.empty or two.print.empty:
        return 0.0
    return max(fuzz.ratio(one.print.text, two.print.text), fuzz.partial_ratio(one.print.text, two.print.text) * 0.8)


def woven(skeleton: Sequence[str], others: Sequence[str]) -> list[str]:
    """`skeleton` with the members of `others` it lacks, each behind the nearest of its predecessors there."""
    present = set(skeleton)
    behind: dict[str, list[str]] = {}
    last = ""
    for member in others:
        if member in present:
            last = member
        else:
            behind.setdefault(last, []).append(member)
    out = list(behind.get("", ()))
    for member in skeleton:
        out.append(member)
        out += behind.get(member, ())
    return out


def keeps_order(sequence: Sequence[int]) -> bool:
    """Whether the numbers only grow."""
    return all(one < two for one, two in itertools.pairwise(sequence))
