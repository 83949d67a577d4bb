"""Which pieces of a tender an instruction is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from bidkit.ingest.align import match_key
from bidkit.requirements.changes.cues import patterns
from bidkit.requirements.changes.units import Unit

_TITLE_LIKE = 88.0  # of 100
_QUOTE_LIKE = 86.0
_LEAST_ZH, _LEAST_EN, _LONGEST_NAME = 3, 8, 24  # characters of a name that tell a piece
_SHORT = 6  # characters below which a quotation must stand as it is
_SIGNS = re.compile(r"[\s()（）.．、]+")


def scope_of(where: str, units: Sequence[Unit]) -> range | None:
    """The stretch of `units` the words of an instruction name by number or title; None where they name none."""
    scope: range | None = None
    for number in _numbers(where):
        found = _numbered(number, units, scope or range(len(units)))
        scope = found if found is not None else scope
    return scope if scope is not None else _titled(where, units)


def _numbers(where: str) -> list[str]:
    found: list[tuple[int, str]] = []
    for pattern in patterns("unit"):
        for match in pattern.finditer(where):
            named = match.groupdict()
            number = named.get("number") or named.get("dec") or ""
            kind = named.get("kind")
            found.append((match.start(), f"第{number}{kind}" if kind else number))
            if kind:
                found.append((match.start(), number))
    return [number for _, number in sorted(found, key=lambda one: one[0])]


def _numbered(number: str, units: Sequence[Unit], inside: range) -> range | None:
    wanted = _plain(number)
    best: range | None = None
    for at in inside:
        unit = units[at]
        named = _plain(unit.passage.number)
        if unit.heading and not named:
            named = next((_plain(n) for n in _numbers(unit.text[:40])), "")
        if named == wanted:
            found = _stretch(at, units, inside)
            # A contents line or cross-reference carries the number too: the place with text below it is meant.
            if best is None or (unit.heading and len(found) > len(best)):
                best = found
    return best


def _plain(number: str) -> str:
    return _SIGNS.sub(".", match_key(number).lower()).strip(".")


def _stretch(at: int, units: Sequence[Unit], inside: range) -> range:
    """From a numbered piece to the next one that stands as high or higher."""
    unit = units[at]
    depth = len(unit.anchor.path)
    for end in range(at + 1, inside.stop):
        other = units[end]
        if unit.heading:
            if other.heading and len(other.anchor.path) <= depth:
                return range(at, end)
        elif (
            other.heading
            or (other.passage.number and not _below(unit.passage.number, other.passage.number))
            or (
                not other.passage.number
                and other.block != unit.block
                and not units[end - 1].text.rstrip().endswith((":", "："))
            )
        ):
            return range(at, end)
    return range(at, inside.stop)


def _below(number: str, other: str) -> bool:
    return _plain(other).startswith(f"{_plain(number)}.")


def _titled(where: str, units: Sequence[Unit]) -> range | None:
    wanted = match_key(where).lower()
    best, place = _TITLE_LIKE, -1
    for at, unit in enumerate(units):
        key = unit.key.lower().strip(":：.。")
        if not unit.heading or len(key) < 4 or len(key) > len(wanted):
            continue
        score = fuzz.partial_ratio(key, wanted)
        if score > best or (score == best and place >= 0 and len(key) > len(units[place].key)):
            best, place = score, at
    return _stretch(place, units, range(len(units))) if place >= 0 else None


def quoting(old: str, units: Sequence[Unit], scope: range | None) -> int | None:
    """The index of the piece that holds the quoted text, in the scope first, then anywhere; None where none does."""
    key = match_key(old).lower()
    if not key:
        return None
    for inside in filter(None, (scope, range(len(units)))):
        exact = [at for at in inside if _holds(units[at].key.lower(), key)]
        if exact:
            return min(exact, key=lambda at: len(units[at].key))
        if len(key) < _SHORT:
            continue
        scores = [(_likeness(key, units[at].key.lower()), at) for at in inside]
        best = max(scores, default=(0.0, -1))
        if best[0] >= _QUOTE_LIKE:
            return best[1]
    return None


def _holds(text: str, key: str) -> bool:
    """Whether `key` stands in `text`, and not as the end of a longer number."""
    return find_whole(text, key) >= 0


def find_whole(text: str, part: str) -> int:
    """Where `part` begins in `text`, -1 where it does not stand there; the rest of a longer number is no place."""
    at = text.find(part)
    while at > 0 and part[:1].isdigit() and (text[at - 1].isdigit() or text[at - 1] in ".,"):
        at = text.find(part, at + 1)
    return at


def _likeness(key: str, text: str) -> float:
    """How much of the quotation the piece holds; a piece much shorter than it holds too little to be it."""
    if len(text) * 2 < len(key):
        return 0.0
    return fuzz.partial_ratio(key, text) if len(text) >= len(key) else fuzz.ratio(key, text)


def most_like(new: str, units: Sequence[Unit], scope: range | None, least: float = 60.0) -> int | None:
    """The piece the new text is a version of; None where none reads alike enough."""
    key = match_key(new).lower()
    inside = scope if scope is not None else range(len(units))
    scores = [(fuzz.ratio(key, units[at].key.lower()), -at) for at in inside if units[at].key]
    best = max(scores, default=(0.0, 0))
    return -best[1] if best[0] >= least else None


def naming(where: str, units: Sequence[Unit], scope: range | None) -> int | None:
    """The piece that speaks of what `where` names ("质保期"), the shortest one; None where none does."""
    key = match_key(where).lower()
    for number in _numbers(where):
        key = key.replace(match_key(number).lower(), "")
    key = key.strip("的:：,，")
    if len(key) < 2:
        return None
    inside = scope if scope is not None else range(len(units))
    least = _LEAST_ZH if any(sign > "\u3400" for sign in key) else _LEAST_EN
    for size in range(min(len(key), _LONGEST_NAME), least - 1, -1):
        # What stands last in a name is what it is about: 项目团队分值, the page limit.
        for start in range(len(key) - size, -1, -1):
            piece = key[start : start + size]
            found = [at for at in inside if piece in units[at].key.lower() and not units[at].heading]
            if found:
                with_value = [at for at in found if any(sign.isdigit() for sign in units[at].key)]
                return min(with_value or found, key=lambda at: (len(units[at].key), at))
    return None
