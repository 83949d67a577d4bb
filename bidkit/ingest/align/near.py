"""A second look at what seems to have gone and come at one place: a rewritten passage is a change, not two."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from bidkit.ingest.align.gap import Keyed
from bidkit.ingest.align.model import Link

_NEIGHBOURS = 4  # links between the two
_LIKE = 60.0  # of 100
_LIKE_ACROSS = 70.0  # with passages between them that stayed: it changed its place too
_LEAST = 8  # characters; shorter texts are alike by chance


def rewritten(links: Sequence[Link], left: Sequence[Keyed], right: Sequence[Keyed]) -> list[Link]:
    """`links` (in reading order) with a removal and an insertion near it made one change where they read alike."""
    out: list[Link | None] = list(links)
    for place, link in enumerate(links):
        if link.new or len(link.old) != 1 or len(left[link.old[0]].key) < _LEAST:
            continue
        best, partner, across = _LIKE, -1, False
        near = _around(place, links)
        for other in [*near, *_beyond(place, links, near)]:
            come = out[other]
            if come is None or come.old or len(come.new) != 1:
                continue
            one, two = left[link.old[0]], right[come.new[0]]
            if one.group == two.group and len(two.key) >= _LEAST and (score := fuzz.ratio(one.key, two.key)) >= best:
                if other not in near and score < _LIKE_ACROSS:
                    continue
                best, partner, across = score, other, other not in near
        if partner >= 0 and (come := out[partner]) is not None:
            out[partner] = Link(link.old, come.new, moved=across)
            out[place] = None
    return [link for link in out if link is not None]


def _around(place: int, links: Sequence[Link]) -> list[int]:
    """The places near `place` up to the next pair that stayed on either side: beyond it the order would break."""
    found: list[int] = []
    for step in (-1, 1):
        for distance in range(1, _NEIGHBOURS + 1):
            other = place + step * distance
            if not 0 <= other < len(links) or (links[other].old and links[other].new and not links[other].moved):
                break
            found.append(other)
    return found


def _beyond(place: int, links: Sequence[Link], near: Sequence[int]) -> list[int]:
    around = range(max(0, place - 2 * _NEIGHBOURS), min(len(links), place + 2 * _NEIGHBOURS + 1))
    return [other for other in around if other != place and other not in near]
