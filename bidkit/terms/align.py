"""Which value of the offer answers which value of the requirement."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from bidkit.terms.magnitude import magnitude_of
from bidkit.terms.model import TermValue, ValueKind
from bidkit.vocabulary.terms import term_base

_OTHER_TERM = -100.0
_SAME_TERM = 4.0
_ALIKE = ({"delivery", "schedule"}, {"payment_stages", "payment_period"})


def align(
    required: Sequence[TermValue], offered: Sequence[TermValue]
) -> tuple[tuple[tuple[TermValue, TermValue], ...], tuple[TermValue, ...], tuple[TermValue, ...]]:
    """(pairs in the requirement's order, required values without an answer, offered values that answer nothing).

    A pair has one dimension (or one of the two says "none" or is a gap) and no two different terms; among several
    candidates the one with the same term, event and label comes first, then the one in the same place.
    """
    scored = sorted(
        (
            (-_score(r, o, i, j), i, j)
            for i, r in enumerate(required)
            for j, o in enumerate(offered)
            if _can_answer(r, o)
        ),
        key=lambda row: row[0],
    )
    partner: dict[int, int] = {}
    for score, i, j in scored:
        if score <= -_OTHER_TERM / 2 and i not in partner and j not in partner.values():
            partner[i] = j
    pairs = tuple((required[i], offered[partner[i]]) for i in sorted(partner))
    lonely = tuple(r for i, r in enumerate(required) if i not in partner)
    added = tuple(o for j, o in enumerate(offered) if j not in partner.values())
    return pairs, lonely, added


def _can_answer(required: TermValue, offered: TermValue) -> bool:
    open_kinds = (ValueKind.ABSENT, ValueKind.BLANK)
    if required.kind in open_kinds or offered.kind in open_kinds:
        return required.term == offered.term or ValueKind.BLANK in (required.kind, offered.kind)
    return _dimension(required) == _dimension(offered)


def _dimension(value: TermValue) -> str:
    if value.kind in (ValueKind.CHOICE, ValueKind.FORUM):
        return f"{value.kind.value} {value.term}"
    if value.kind is ValueKind.GRADE:
        return f"grade {value.choice}"
    if value.kind is ValueKind.SIZE:
        return f"size {len(value.numbers)}"
    size = magnitude_of(value)
    return size.dimension if size else value.kind.value


def _score(required: TermValue, offered: TermValue, place: int, other: int) -> float:
    score = fuzz.ratio(required.label, offered.label) / 25 - abs(place - other) * 0.5
    score += 2 if required.event == offered.event else 0
    score += 1 if required.per == offered.per else 0
    if required.term and offered.term:
        if required.term == offered.term:
            return score + _SAME_TERM
        asked, given = term_base()[required.term], term_base()[offered.term]
        return score + (0 if asked.better is given.better and asked.topic == given.topic else _near(required, offered))
    return score


def _near(required: TermValue, offered: TermValue) -> float:
    """Delivery and completion, and the two sides of payment, answer each other; other terms never do."""
    return 0 if {required.term, offered.term} in _ALIKE else _OTHER_TERM
