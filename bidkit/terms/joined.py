"""Values that belong together: the ends of a range, a value and its tolerance, an amount said twice."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from bidkit.kernel.quantity import Bound
from bidkit.terms.magnitude import magnitude_of, same_magnitude
from bidkit.terms.model import TermValue, ValueKind

_AND = re.compile(r"\s*and\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:to|至|到|~|～|-|–|—)\s*\+?\s*", re.IGNORECASE)
_RESTATED = re.compile(
    r"[\s,，。(（\[【:：=]*(?:大写|即|合|计|人民币|约合|or|i\.e\.|equal to|in words)?[\s:：(（]*$", re.IGNORECASE
)


def with_ranges(text: str, values: list[TermValue]) -> list[TermValue]:
    """Two values joined by a dash or "to" are the ends of one range: -20 °C to +60 °C."""
    joined: list[TermValue] = []
    for value in values:
        last = joined[-1] if joined else None
        if last and _are_ends(text, last, value):
            piece = text[last.start : value.end]
            joined[-1] = replace(
                value, value=last.value, upper=value.value, bound=Bound.RANGE, start=last.start, text=piece
            )
        else:
            joined.append(value)
    return joined


def _are_ends(text: str, low: TermValue, high: TermValue) -> bool:
    if low.value is None or high.value is None or low.upper is not None or high.upper is not None:
        return False
    between = text[low.end : high.start]
    if low.unit in ("", high.unit) and _AND.fullmatch(between) and _BETWEEN.search(text, 0, low.start):
        return low.value < high.value
    alike = (low.kind, low.unit) == (high.kind, high.unit) and low.value < high.value
    return alike and bool(_DASH.fullmatch(between))


def with_tolerances(text: str, values: list[TermValue]) -> list[TermValue]:
    """220V±10% is one range: a share of the value it follows."""
    joined: list[TermValue] = []
    for value in values:
        last = joined[-1] if joined else None
        symmetric = value.upper is not None and value.value == -value.upper
        if last and last.value and symmetric and value.kind is ValueKind.PERCENT and value.upper is not None:
            near = text[last.end : value.start].strip(" (（,，") == "" and last.kind is not ValueKind.PERCENT
            if near and last.upper is None:
                spread = last.value * value.upper / 100
                joined[-1] = replace(
                    last,
                    value=last.value - spread,
                    upper=last.value + spread,
                    bound=Bound.RANGE,
                    end=value.end,
                    text=text[last.start : value.end],
                )
                continue
        if last and symmetric and _is_nominal(text, last, value):
            spread = value.upper or Decimal(0)
            low, high = (last.value or Decimal(0)) - spread, (last.value or Decimal(0)) + spread
            piece = text[last.start : value.end]
            joined[-1] = replace(value, value=low, upper=high, bound=Bound.RANGE, start=last.start, text=piece)
            continue
        if (
            last
            and value.bound is Bound.RANGE
            and last.upper is None
            and last.bound is Bound.EXACT
            and last.end == value.start
        ):
            joined.pop()
        joined.append(value)
    return joined


def _is_nominal(text: str, last: TermValue, value: TermValue) -> bool:
    """Whether a bare number stands right before its tolerance, as in 10±0.5mm."""
    bare = last.kind is ValueKind.QUANTITY and not last.unit and last.upper is None
    return bare and not text[last.end : value.start].strip()


def without_restated(text: str, values: list[TermValue]) -> list[TermValue]:
    """The values without those that only repeat the one before in other words: 5万元（大写伍万元整）."""
    kept: list[TermValue] = []
    for value in values:
        last = kept[-1] if kept else None
        if last and value.kind is last.kind and _RESTATED.fullmatch(text[last.end : value.start]):
            first, second = magnitude_of(last), magnitude_of(value)
            if first and second and same_magnitude(first, second):
                continue
        kept.append(value)
    return kept
