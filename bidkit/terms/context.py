"""What stands around a value: its bound, what it is a share of, and the event a period runs from."""

from __future__ import annotations

import re
from functools import cache

from bidkit.kernel.quantity import Bound
from bidkit.terms.words import bounds, contexts, one_of


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<word>{one_of(bounds('before'))})[\s:的为不低于]{{0,3}}(?:a\s|of\s|the\s)?[（(【\[_\s]*$", re.IGNORECASE
    )


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"[\s（(]*(?P<word>{one_of(bounds('after'))})", re.IGNORECASE)


def bound_of(before: str, after: str) -> Bound:
    """The bound said right before or right behind a value; EXACT where none is said."""
    found = _before().search(before)
    if found:
        return Bound(bounds("before")[_plain(found["word"])])
    behind = _after().match(after)
    return Bound(bounds("after")[_plain(behind["word"])]) if behind else Bound.EXACT


def basis_of(before: str, after: str) -> str | None:
    """What a share is taken of and what a number is counted per, verbatim, joined by "; "; None without either."""
    said = [_named("term_bases", group, before, after) for group in ("share", "per")]
    return "; ".join(part for part in said if part) or None


def start_event_of(before: str, after: str) -> str | None:
    """The event a period runs from, verbatim and without 自…起; None where it is not said."""
    return _named("term_events", "event", before, after)


def _named(file: str, group: str, before: str, after: str) -> str | None:
    for place, text in (("before", before), ("after", after)):
        for pattern in contexts(file, place):
            found = pattern.search(text) if group in pattern.groupindex else None
            if found:
                return found[group].strip(" /*") or None
    return None


def _plain(word: str) -> str:
    return re.sub(r"\s+", " ", word).lower()
