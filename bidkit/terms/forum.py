"""Which law governs and who decides disputes."""

from __future__ import annotations

import re
from functools import cache

from bidkit.terms.cues import codes_in
from bidkit.terms.model import TermValue, ValueKind
from bidkit.vocabulary.tables import table


def forum_in(text: str, term: str) -> list[TermValue]:
    """One value with the facets the text fixes (court, arbitration, law), places in one spelling; [] without any."""
    facets: dict[str, str] = {}
    first, last = len(text), 0
    for facet, pattern, fixed in _facets():
        match = pattern.search(text)
        if match and facet not in facets:
            facets[facet] = fixed or plain_place(match.groupdict().get("place") or "")
            if match.start() < first:
                first, last = match.start(), match.end()
    if not facets:
        return []
    return [TermValue(ValueKind.FORUM, text[first:last], first, last, facets=tuple(sorted(facets.items())), term=term)]


def plain_place(place: str) -> str:
    """A place or institution in one spelling: parties by their role, without articles, spaces and 有管辖权的."""
    plain = place
    for code in reversed(codes_in("party", plain)):
        plain = f"{plain[: code.start]}<{code.code}>{plain[code.end :]}"
    for word in _noise():
        plain = word.sub("", plain)
    return re.sub(r"[\s,，、'’]+", "", plain).lower()


@cache
def _facets() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    rows = table("cues/term_forums.csv", ("facet", "fixed", "language", "pattern", "example"))
    return tuple(
        (row["facet"], re.compile(row["pattern"], re.ASCII), row["fixed"]) for row in rows if row["facet"] != "noise"
    )


@cache
def _noise() -> tuple[re.Pattern[str], ...]:
    rows = table("cues/term_forums.csv", ("facet", "fixed", "language", "pattern", "example"))
    return tuple(re.compile(row["pattern"], re.IGNORECASE | re.ASCII) for row in rows if row["facet"] == "noise")
