"""Versions in different formats: the same text cut into other passages is no change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from bidkit.ingest.align.model import Link

_NEAR = 90.0  # of 100: a stretch this alike has the same passages, cut in another way
_LONGEST_RUN = 40  # links of a stretch
_BULLETS = re.compile(r"[★▲●•◆■□○|]")


def reflowed(links: Sequence[Link], left: Sequence[str], right: Sequence[str]) -> list[Link]:
    """`links` where stretches that read the same though cut into other passages are one link each.

    `left` and `right` are the match keys of the passages; bullets and signs between cells in them do not count.
    """
    out: list[Link] = []
    run: list[Link] = []
    for link in links:
        if not link.same and not link.moved:
            run.append(link)
            continue
        out += [*_as_one(run, left, right), link]
        run = []
    return out + _as_one(run, left, right)


def _as_one(run: Sequence[Link], left: Sequence[str], right: Sequence[str]) -> list[Link]:
    if not run or len(run) > _LONGEST_RUN:
        return list(run)
    olds = tuple(sorted(i for link in run for i in link.old))
    news = tuple(sorted(j for link in run for j in link.new))
    old, new = _together(left, olds), _together(right, news)
    if old == new and olds and news:
        return [Link(olds, news, same=True)]
    for size in range(len(run) - 1, 0, -1):
        for start in range(len(run) - size + 1):
            part = run[start : start + size]
            a = _together(left, sorted(i for link in part for i in link.old))
            b = _together(right, sorted(j for link in part for j in link.new))
            if a and a == b:
                whole = _as_one(part, left, right)
                return [*_as_one(run[:start], left, right), *whole, *_as_one(run[start + size :], left, right)]
    if len(run) > 1 and olds and news and fuzz.ratio(old, new) >= _NEAR:
        return [Link(olds, news)]
    return list(run)


def _together(side: Sequence[str], places: Iterable[int]) -> str:
    return _BULLETS.sub("", "".join(side[place] for place in places))
