"""Text -> TermValues: every value with the term it belongs to, its unit, bound, basis, rate and start event."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from bidkit.kernel.language import Language, language_of
from bidkit.kernel.quantity import Bound, Quantity
from bidkit.terms.chosen import chosen_in, with_split, with_whole_share
from bidkit.terms.context import bound_of
from bidkit.terms.cues import cue
from bidkit.terms.dates import DateValue, days_come_first, find_dates
from bidkit.terms.fold import fold
from bidkit.terms.joined import with_ranges, with_tolerances, without_restated
from bidkit.terms.model import TermValue, ValueKind
from bidkit.terms.placed import placed
from bidkit.terms.quantities import find_quantities
from bidkit.terms.recognise import find_terms
from bidkit.terms.scan import scan_bare, scan_special
from bidkit.vocabulary.tables import labels
from bidkit.vocabulary.terms import term_base

_BY = re.compile(r"\b(?:by|before|until|prior to)\s+(?:the\s+)?$", re.IGNORECASE)
_PERIODS = frozenset({"millisecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year"})
_SHARES = frozenset({"percent", "permille"})


def read_term_values(text: str, key: str | None = None, language: Language | None = None) -> tuple[TermValue, ...]:
    """The values `text` states, in reading order and without overlap; () where it states none.

    `key` is the id of the term the whole text is about; without it each value belongs to the term named nearest to
    it. A gap to be filled in is a BLANK, "none" and "no limit" are ABSENT. Dates like 3/4/2026 are month first in an
    English text (`language`, judged from the text without it) unless another date in it says otherwise.
    """
    folded = fold(text)
    given = term_base()[key] if key else None
    mentions = find_terms(text)
    values = _scalars(folded, language)
    values = [placed(folded, value, mentions, given) for value in values]
    values = without_restated(folded, with_tolerances(folded, with_ranges(folded, values)))
    values += chosen_in(folded, values, mentions, given)
    values = with_split(folded, values, given)
    values = with_whole_share(folded, values, given)
    ordered = sorted(values, key=lambda v: (v.start, v.end))
    return tuple(replace(value, text=text[value.start : value.end]) for value in ordered)


def _scalars(text: str, language: Language | None) -> list[TermValue]:
    found = [v for v in scan_special(text) if not (v.kind is ValueKind.PERIOD and _counts_by(text, v.start))]
    first = (language or language_of(text)) is Language.EN and days_come_first(text)
    for day in find_dates(text, day_first=first):
        _add(found, _of_date(text, day))
    quantities = find_quantities(text)
    for quantity in quantities:
        counts_nothing = quantity.value == 0 and not any(c.isdigit() for c in text[quantity.start : quantity.end])
        if not counts_nothing and not _is_denominator(text, quantity):
            _add(found, _of_quantity(text, quantity))
    lead = cue("lead").match(text)
    taken = [(v.start, v.end) for v in found] + [(q.start, q.end) for q in quantities]
    taken += [(0, lead.end())] if lead else []
    return sorted([*found, *scan_bare(text, tuple(taken))], key=lambda v: v.start)


def _add(found: list[TermValue], value: TermValue) -> None:
    if not any(value.start < other.end and other.start < value.end for other in found):
        found.append(value)


def _of_date(text: str, day: DateValue) -> TermValue:
    bound = bound_of(text[max(0, day.start - 40) : day.start], text[day.end : day.end + 12])
    if bound is Bound.EXACT and _BY.search(text, max(0, day.start - 12), day.start):
        bound = Bound.AT_MOST
    return TermValue(ValueKind.DATE, text[day.start : day.end], day.start, day.end, moment=day.value, bound=bound)


def _is_denominator(text: str, quantity: Quantity) -> bool:
    """Whether the period is what a rate counts by (每逾期一日) and no period of its own."""
    return quantity.unit in _PERIODS and quantity.value == 1 and _counts_by(text, quantity.start)


def _counts_by(text: str, start: int) -> bool:
    return bool(cue("per_before").search(text[max(0, start - 14) : start]))


@cache
def _currency_codes() -> frozenset[str]:
    return frozenset(labels("currencies"))


def _of_quantity(text: str, quantity: Quantity) -> TermValue:
    if quantity.unit in _currency_codes():
        kind = ValueKind.MONEY
    elif quantity.unit in _SHARES:
        kind = ValueKind.PERCENT
    else:
        kind = ValueKind.PERIOD if quantity.unit in _PERIODS else ValueKind.QUANTITY
    return TermValue(
        kind,
        text[quantity.start : quantity.end],
        quantity.start,
        quantity.end,
        value=quantity.value,
        upper=quantity.upper,
        unit=quantity.unit,
        bound=quantity.bound,
        basis=quantity.basis,
        start_event=quantity.start_event,
        day_type=quantity.day_type,
    )
