"""A digest is the same for the same things seen, and another for anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bidkit.gates.digest import digest_of
from bidkit.gates.model import FactState
from tests.gates.builders import a_deal, a_form, shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Decimal("1.0"), Decimal("1.00")),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({3, 1, 2}, frozenset({2, 3, 1})),
        ((1, 2), [1, 2]),
        (a_deal(evidence=[shown("S1.C4")]), a_deal(evidence=[shown("S1.C4")])),
    ],
    ids=["amount", "mapping", "set", "sequence", "deal"],
)
def test_equal_things_have_one_digest(one: Any, other: Any) -> None:
    assert digest_of(one) == digest_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", 1),
        (1, True),
        ([1, 2], [2, 1]),
        (None, ""),
        (date(2026, 3, 1), "2026-03-01"),
        (FactState.OPEN, "open"),
        (a_deal(forms=[a_form("lessons")]), a_deal(forms=[replace(a_form("lessons"), values={})])),
        (a_deal(), a_deal(code="D-2")),
    ],
)
def test_different_things_have_different_digests(one: Any, other: Any) -> None:
    assert digest_of(one) != digest_of(other)


def test_what_cannot_be_written_down_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        digest_of(object())
