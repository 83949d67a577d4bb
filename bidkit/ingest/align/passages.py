"""Two sequences of passages in, one alignment out: anchors first, likeness between them, moves last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process

from bidkit.ingest.align.anchors import in_order, unique_pairs
from bidkit.ingest.align.gap import Keyed, pair_up
from bidkit.ingest.align.model import Alignment, Link, Passage
from bidkit.ingest.align.near import rewritten
from bidkit.ingest.align.tokens import match_key

_SMALL = 40_000  # pairs of passages compared one by one
_CHUNK = 150
_MOVED_LIKE = 85.0  # of 100: a moved passage may have been touched on the way
_MOVED_LEAST = 8  # shorter texts stand in many places without having moved


def align(old: Sequence[Passage], new: Sequence[Passage]) -> Alignment:
    """The alignment of two documents; near-linear in their length where most of the text is the same.

    Equal texts at the same place are `same`; an unequal pair is a change; a text that left its place is `moved`.
    """
    left = [Keyed(match_key(p.text), p.number, p.group) for p in old]
    right = [Keyed(match_key(p.text), p.number, p.group) for p in new]
    links: list[Link] = []
    _fill(left, right, (0, len(left)), (0, len(right)), links)
    ordered = _in_reading_order(_with_moves(links, left, right))
    return Alignment(tuple(_in_reading_order(rewritten(ordered, left, right))))


def _fill(
    left: Sequence[Keyed], right: Sequence[Keyed], rows: tuple[int, int], columns: tuple[int, int], links: list[Link]
) -> None:
    """Adds the links of one stretch: equal ends, then unique equal texts and what lies between, then likeness."""
    (a, b), (c, d) = rows, columns
    while a < b and c < d and left[a].key == right[c].key and left[a].group == right[c].group:
        links.append(Link((a,), (c,), same=True))
        a, c = a + 1, c + 1
    tail = []
    while a < b and c < d and left[b - 1].key == right[d - 1].key and left[b - 1].group == right[d - 1].group:
        b, d = b - 1, d - 1
        tail.append(Link((b,), (d,), same=True))
    anchors = _anchors(left, right, (a, b), (c, d)) if a < b and c < d else []
    if anchors:
        x, y = a, c
        for i, j in anchors:
            _fill(left, right, (x, i), (y, j), links)
            links.append(Link((i,), (j,), same=True))
            x, y = i + 1, j + 1
        _fill(left, right, (x, b), (y, d), links)
    else:
        links += _between(left, right, (a, b), (c, d))
    links += reversed(tail)


def _anchors(
    left: Sequence[Keyed], right: Sequence[Keyed], rows: tuple[int, int], columns: tuple[int, int]
) -> list[tuple[int, int]]:
    (a, b), (c, d) = rows, columns
    pairs = unique_pairs([p.key + "\0" + p.group for p in left[a:b]], [p.key + "\0" + p.group for p in right[c:d]])
    if not pairs:
        # In tables and lists whole texts repeat; together with the number above they are unique again.
        pairs = unique_pairs(_in_context(left[a:b]), _in_context(right[c:d]))
    return [(i + a, j + c) for i, j in in_order(pairs)]


def _in_context(side: Sequence[Keyed]) -> list[str]:
    return [
        f"{one.key}\0{one.number}\0{before.key}\0{one.group}"
        for before, one in zip([Keyed("", "", ""), *side], side, strict=False)
    ]


def _between(
    left: Sequence[Keyed], right: Sequence[Keyed], rows: tuple[int, int], columns: tuple[int, int]
) -> list[Link]:
    """Links of a stretch without equal unique texts; a large one is cut into parts of the same proportion."""
    (a, b), (c, d) = rows, columns
    if (b - a) * (d - c) <= _SMALL:
        return pair_up(left[a:b], right[c:d], a, c)
    likely = in_order(_likely(left, right, rows, columns))
    if likely:
        links: list[Link] = []
        x, y = a, c
        for i, j in likely:
            links += _between(left, right, (x, i), (y, j))
            links += pair_up(left[i : i + 1], right[j : j + 1], i, j)
            x, y = i + 1, j + 1
        return links + _cut(left, right, (x, b), (y, d))
    return _cut(left, right, rows, columns)


def _cut(left: Sequence[Keyed], right: Sequence[Keyed], rows: tuple[int, int], columns: tuple[int, int]) -> list[Link]:
    (a, b), (c, d) = rows, columns
    parts = max(1, max(b - a, d - c) // _CHUNK)
    bounds = [(a + (b - a) * k // parts, c + (d - c) * k // parts) for k in range(parts + 1)]
    return [link for (x, y), (p, q) in pairwise(bounds) for link in pair_up(left[x:p], right[y:q], x, y)]


def _likely(
    left: Sequence[Keyed], right: Sequence[Keyed], rows: tuple[int, int], columns: tuple[int, int]
) -> list[tuple[int, int]]:
    """Pairs that share their rarest stretches of eight characters, both ways the best of their side."""
    (a, b), (c, d) = rows, columns
    holders: dict[str, list[int]] = defaultdict(list)
    for j in range(c, d):
        for piece in _pieces(right[j].key):
            holders[piece].append(j)
    found = []
    taken: set[int] = set()
    for i in range(a, b):
        votes: dict[int, int] = defaultdict(int)
        for piece in _pieces(left[i].key):
            if len(holders.get(piece, ())) == 1:
                votes[holders[piece][0]] += 1
        if not votes:
            continue
        j = max(votes, key=lambda place: votes[place])
        if j not in taken and left[i].group == right[j].group and fuzz.ratio(left[i].key, right[j].key) >= 60:
            taken.add(j)
            found.append((i, j))
    return found


def _pieces(key: str) -> set[str]:
    return {key[at : at + 8] for at in range(max(1, len(key) - 7))}


def _with_moves(links: Iterable[Link], left: Sequence[Keyed], right: Sequence[Keyed]) -> list[Link]:
    """`links` with removals and insertions of one text made into moves."""
    kept: list[Link] = []
    gone: list[Link] = []
    come: list[Link] = []
    for link in links:
        (kept if link.old and link.new else gone if link.old else come).append(link)
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    for link in come:
        by_key[right[link.new[0]].key, right[link.new[0]].group].append(link.new[0])
    moved: dict[int, int] = {}
    for link in gone:
        i = link.old[0]
        places = by_key.get((left[i].key, left[i].group))
        if places and len(left[i].key) >= _MOVED_LEAST:
            moved[i] = places.pop(0)
    _touched_moves([x.old[0] for x in gone], [x.new[0] for x in come], left, right, moved)
    back = set(moved.values())
    kept += [Link((i,), (j,), left[i].key == right[j].key, moved=True) for i, j in moved.items()]
    kept += [link for link in gone if link.old[0] not in moved]
    kept += [link for link in come if link.new[0] not in back]
    return kept


def _touched_moves(
    gone: Sequence[int], come: Sequence[int], left: Sequence[Keyed], right: Sequence[Keyed], moved: dict[int, int]
) -> None:
    taken = set(moved.values())
    olds = [i for i in gone if i not in moved and len(left[i].key) >= 2 * _MOVED_LEAST]
    news = [j for j in come if j not in taken and len(right[j].key) >= 2 * _MOVED_LEAST]
    if not olds or not news or len(olds) * len(news) > 4_000_000:
        return
    scores = process.cdist(
        [left[i].key for i in olds], [right[j].key for j in news], scorer=fuzz.ratio, score_cutoff=_MOVED_LIKE
    )
    for at, i in sorted(enumerate(olds), key=lambda one: -scores[one[0]].max()):
        row = scores[at]
        best = int(row.argmax())
        if row[best] >= _MOVED_LIKE and news[best] not in taken and left[i].group == right[news[best]].group:
            moved[i] = news[best]
            taken.add(news[best])


def _in_reading_order(links: Iterable[Link]) -> list[Link]:
    """By the new side; a removal stands behind the link of the passage before it, as in the old document."""
    links = list(links)
    at_new = {i: link.new[0] for link in links if link.new and not link.moved for i in link.old}
    places: list[tuple[tuple[int, int, int], Link]] = []
    last = -1
    for link in sorted((x for x in links if x.old), key=lambda x: x.old[0]):
        if not link.moved and link.new:
            last = max(at_new[i] for i in link.old)
        if not link.new:
            places.append(((last, 1, link.old[0]), link))
    places += [((link.new[0], 0, 0), link) for link in links if link.new]
    return [link for _, link in sorted(places, key=lambda one: one[0])]
