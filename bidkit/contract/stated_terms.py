"""The comparable terms a contract, tender or bid states, as a review wants them."""

from __future__ import annotations

from dataclasses import replace

from bidkit.ingest.model import SourceDocument
from bidkit.kernel.quantity import Bound
from bidkit.terms.extract import TermReading, extract_terms
from bidkit.terms.model import ValueKind

_DAMAGES = {"ld_supplier": "ld_cap"}
_LIMITS = (Bound.AT_MOST, Bound.LESS_THAN)


def stated_terms(document: SourceDocument) -> tuple[TermReading, ...]:
    """Every term the document states, in reading order.

    A plain share that damages "shall not exceed" is their cap, whatever else the sentence is called.
    """
    return tuple(map(_as_cap, extract_terms(document)))


def _as_cap(reading: TermReading) -> TermReading:
    value, cap = reading.value, _DAMAGES.get(reading.term)
    if value is None or cap is None or value.kind is not ValueKind.PERCENT or value.bound not in _LIMITS:
        return reading
    return replace(reading, term=cap, value=replace(value, term=cap))
