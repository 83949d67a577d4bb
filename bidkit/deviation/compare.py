"""Required against offered: the direction of a deviation, its reason, and what it costs us."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bidkit.deviation.model import Deviation
from bidkit.terms.model import Comparison
from bidkit.terms.money import money_impact
from bidkit.terms.texts import compare_texts
from bidkit.vocabulary.terms import term_base

_NO_ASSUMPTIONS: Mapping[str, Decimal] = {}


def deviation_of(
    required: str, offered: str, term: str | None = None, assumptions: Mapping[str, Decimal] = _NO_ASSUMPTIONS
) -> Deviation:
    """The deviation of an offered text from a required one.

    `term` is a term's id or any of its names, or the words of the row. `assumptions` feed the money formulas
    (price, interest, …). A text that only claims to comply gives "unclear", never "none".
    """
    comparison = compare_texts(required, offered, term)
    row = term_base().get(comparison.term or "")
    return Deviation(
        required=required,
        offered=offered,
        comparison=comparison,
        substantive=bool(row and row.substantive),
        money_impact=_impact(comparison, assumptions),
    )


def _impact(comparison: Comparison, assumptions: Mapping[str, Decimal]) -> Decimal | None:
    """The money impact of a comparison of one value with one value; None where several or none were compared."""
    row = term_base().get(comparison.term or "")
    if row is None or len(comparison.required) != 1 or len(comparison.offered) != 1:
        return None
    return money_impact(row, comparison.required[0], comparison.offered[0], assumptions)
