"""Choices of a term, such as a trade term or who owns the results, found in text."""

from __future__ import annotations

from bidkit.terms.model import TermValue, ValueKind
from bidkit.vocabulary.terms import Term


def choices_in(text: str, term: Term) -> list[TermValue]:
    """Each choice of `term` that `text` names, once, in reading order; where two overlap the one listed first."""
    found: list[TermValue] = []
    for choice in term.choices:
        match = choice.pattern.search(text)
        if match and not any(match.start() < other.end and other.start < match.end() for other in found):
            found.append(
                TermValue(ValueKind.CHOICE, match[0], match.start(), match.end(), choice=choice.code, term=term.id)
            )
    return sorted(found, key=lambda v: v.start)


def rank_of(term: Term, code: str | None) -> int | None:
    """The rank of a choice, None for an unknown one."""
    return next((choice.rank for choice in term.choices if choice.code == code), None)
