"""Term by term: what the contract says against what was negotiated, else bid, else tendered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from rapidfuzz.fuzz import token_set_ratio

from bidkit.contract.review_model import Source
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.language import Language
from bidkit.terms.compare import compare_values
from bidkit.terms.extract import TermReading
from bidkit.terms.model import Comparison, Direction, TermValue
from bidkit.terms.money import money_impact
from bidkit.vocabulary.tables import table
from bidkit.vocabulary.terms import Term, term_base

_FIGURES = re.compile(r"[\d.,%‰]+")
_SAME_PLACE = 25.0  # points of likeness by which an equal statement may be further off than the likest one
_MUST_EQUAL = "must-equal"
_EXPECTED = (Source.NEGOTIATED, Source.BID, Source.TENDER)


class Standing(StrEnum):
    """The contract's value against the expected one, seen by us, the supplier."""

    EQUAL = "equal"
    BETTER = "better"
    WORSE = "worse"
    MISSING = "missing"
    BLANK = "blank"
    NEW = "new"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Statement:
    """One place in which a source states a term; `value` is None where the place is left blank.

    `ref` says where it stands if there is no anchor: a row of a deviation table, an item of the minutes.
    """

    term: str
    value: TermValue | None
    text: str
    source: Source
    anchor: Anchor | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term of the contract against what was expected.

    `expected` is the statement compared with, None for a new term; the one of each source beside it. `why` is the
    reason of the comparison. `money` is what the contract costs us more, None where it cannot be told. `departs` says
    that the value is neither the tender's nor the bid's.
    """

    term: str
    standing: Standing
    contract: Statement | None
    expected: Statement | None
    tender: Statement | None = None
    bid: Statement | None = None
    negotiated: Statement | None = None
    comparison: Comparison | None = None
    money: Decimal | None = None
    departs: bool = False

    @property
    def substantive(self) -> bool:
        """Whether the term is one of substance."""
        return term_base()[self.term].substantive

    def why(self, language: Language) -> str:
        """The reason as a sentence, "" where nothing was compared."""
        return self.comparison.why(language) if self.comparison else ""


def statements_of(readings: Iterable[TermReading], source: Source) -> tuple[Statement, ...]:
    """Terms read from a document as statements of that source."""
    return tuple(Statement(r.term, r.value, r.sentence, source, r.anchor) for r in readings)


def compare_terms(
    contract: Sequence[TermReading], sources: Sequence[Statement], assumptions: Mapping[str, Decimal]
) -> tuple[TermLine, ...]:
    """A line for every place in which the contract states a term, and for every expected term it does not state.

    What is expected is what the first of negotiation, bid and tender says that states the term at all. A place is held
    against the likest statement; one with an equal value may stand a little further off. `assumptions` feed the money
    formulas. Terms that end with the award are left out. Without any source every line is NEW.
    """
    said = statements_of(contract, Source.CONTRACT)
    lines: list[TermLine] = []
    for term in term_base().values():
        if not in_contract(term.id):
            continue
        mine = [one for one in said if one.term == term.id]
        about = [one for one in sources if one.term == term.id and one.value is not None]
        if mine or about:
            lines += _of_term(term, mine, about, assumptions)
    return tuple(lines)


@cache
def in_contract(term: str) -> bool:
    """Whether a contract is expected to state the term; False for what ends with the award."""
    rows = table("rules/contract_terms.csv", ("term", "in_contract", "note"))
    return all(row["in_contract"] == "yes" for row in rows if row["term"] == term)


def _of_term(
    term: Term, mine: Sequence[Statement], about: Sequence[Statement], assumptions: Mapping[str, Decimal]
) -> list[TermLine]:
    by_source = {source: [one for one in about if one.source is source] for source in _EXPECTED}
    expected = next((by_source[source] for source in _EXPECTED if by_source[source]), [])
    if not mine:
        return _missing(term, expected, by_source)
    lines = [_line(term, one, expected, by_source, assumptions) for one in mine]
    if expected and expected[0].source is Source.TENDER:
        return lines
    # What was negotiated or offered in so many words has to be found again, each piece of it.
    held = {id(line.expected) for line in lines}
    equal = [line.contract for line in lines if line.contract and line.contract.value]
    for one in expected:
        if id(one) not in held and not any(_same(term, one, other) for other in equal):
            lines.append(TermLine(term.id, Standing.MISSING, None, one, **_others(by_source, one)))
    return lines


def _missing(
    term: Term, expected: Sequence[Statement], by_source: Mapping[Source, Sequence[Statement]]
) -> list[TermLine]:
    if not expected:
        return []
    return [TermLine(term.id, Standing.MISSING, None, expected[0], **_others(by_source, expected[0]))]


def _line(
    term: Term,
    one: Statement,
    expected: Sequence[Statement],
    by_source: Mapping[Source, Sequence[Statement]],
    assumptions: Mapping[str, Decimal],
) -> TermLine:
    partner = _partner(term, one, expected)
    others = _others(by_source, one)
    if one.value is None:
        return TermLine(term.id, Standing.BLANK, one, partner, **others)
    if partner is None or partner.value is None:
        return TermLine(term.id, Standing.NEW, one, None, **others)
    comparison = compare_values(partner.value, one.value, term)
    standing = _standing(comparison)
    unlike = standing in (Standing.BETTER, Standing.WORSE)
    departs = unlike and not any(
        _same(term, other, one) for source in (Source.TENDER, Source.BID) for other in by_source[source]
    )
    departs = departs and bool(by_source[Source.TENDER] or by_source[Source.BID])
    money = money_impact(term, partner.value, one.value, assumptions) if unlike else None
    return TermLine(term.id, standing, one, partner, **others, comparison=comparison, money=money, departs=departs)


def _standing(comparison: Comparison) -> Standing:
    if comparison.direction is Direction.NONE:
        return Standing.EQUAL
    if comparison.direction is Direction.UNCLEAR:
        return Standing.CANNOT_TELL
    if comparison.reason == _MUST_EQUAL or comparison.direction is Direction.POSITIVE:
        return Standing.WORSE
    return Standing.BETTER


def _partner(term: Term, one: Statement, among: Sequence[Statement]) -> Statement | None:
    if not among:
        return None
    likest = max(among, key=lambda other: _likeness(one, other))
    top = _likeness(one, likest)
    near = [other for other in among if _likeness(one, other) >= top - _SAME_PLACE and _same(term, other, one)]
    return max(near, key=lambda other: _likeness(one, other)) if near else likest


def _others(by_source: Mapping[Source, Sequence[Statement]], one: Statement) -> dict[str, Any]:
    """The likest statement of each source."""
    return {
        source.value: max(by_source[source], key=lambda other: _likeness(one, other), default=None)
        for source in _EXPECTED
    }


def _same(term: Term, required: Statement, offered: Statement) -> bool:
    if required.value is None or offered.value is None:
        return False
    return compare_values(required.value, offered.value, term).direction is Direction.NONE


def _likeness(one: Statement, other: Statement) -> float:
    """How alike the words around two values are, from 0 to about 115: their figures do not count, their kind does."""
    kind = 15.0 if one.value and other.value and one.value.kind is other.value.kind else 0.0
    return _words_alike(one.text, other.text) + kind


@lru_cache(maxsize=1 << 16)
def _words_alike(one: str, other: str) -> float:
    return float(token_set_ratio(_worded(one), _worded(other)))


@lru_cache(maxsize=1 << 12)
def _worded(text: str) -> str:
    """The words apart, each Chinese sign a word of its own."""
    return " ".join(re.findall(r"[^\W\d_]", _FIGURES.sub("", text)) if _is_chinese(text) else text.lower().split())


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)
