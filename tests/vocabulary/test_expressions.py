"""The expression language answers, says "cannot tell", or refuses to load."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bidkit.vocabulary.expressions import expression
from bidkit.vocabulary.tables import BrokenVocabulary

_ROWS = [{"weight": 40, "score": Decimal("2.5")}, {"weight": 60, "score": 5}]


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("sum(r.weight * r.score for r in rows)", {"rows": _ROWS}, Decimal(400)),
        ("0.1 + 0.2", {}, Decimal("0.3")),
        ('"A" if total >= 80 else "B"', {"total": 79}, "B"),
        ("signed + days(30)", {"signed": date(2026, 1, 15)}, date(2026, 2, 14)),
        ("day_count(end - start)", {"start": date(2026, 3, 1), "end": date(2026, 3, 16)}, Decimal(15)),
        ("round(2.345, 2)", {}, Decimal("2.35")),
        ("count(rows)", {}, Decimal(0)),
        ("unique(r.unit for r in rows)", {"rows": [{"unit": "a"}, {"unit": "a"}, {}]}, ("a",)),
        ("-x", {"x": 3}, Decimal(-3)),
        (
            'all(any(i.topic == t for i in items) for t in ("p", "q"))',
            {"items": [{"topic": "p"}, {"topic": "q"}]},
            True,
        ),
        ("sum(r.n for r in rows if r.n > 1)", {"rows": [{"n": 1}, {"n": 2}, {"n": 3}]}, Decimal(5)),
    ],
)
def test_an_expression_gives_its_value(text: str, values: dict[str, Any], expected: Any) -> None:
    assert expression(text).value(values) == expected


@pytest.mark.parametrize(
    "text",
    ["missing > 1", "not missing", 'missing == "x"', "missing + 1", '"x" in missing', "1 / 0", '"a" + 1', "1 < \"a\"",
     "all(r.x for r in rows)", "sum(r.x for r in rows)", "missing if missing else 1", "any(r.x for r in missing)",
     "true_one and missing", "days(missing)", "is_tree(true_one, \"a\", \"b\")", "round(\"x\")"],
)  # fmt: skip
def test_a_missing_or_unfit_value_cannot_be_told_and_never_passes(text: str) -> None:
    assert expression(text).holds({"rows": [{"x": None}], "true_one": True}) is None


def test_a_certain_answer_needs_no_missing_part() -> None:
    assert expression("present(a) or missing").holds({"a": 1}) is True
    assert expression("present(a) and missing").holds({}) is False


@pytest.mark.parametrize(
    "text",
    ["__import__('os')", "x.y()", "x[0]", "lambda: 1", "[1]", "f'{x}'", "2 ** 9", "open('f')", "a < b < c", "x :=", "",
     "max(a, key=b)", "any(x for x in y for z in x)", "None", "+x", "'a' % b", "{1: 2}", "any(a for (a, b) in c)"],
)  # fmt: skip
def test_anything_outside_the_language_is_refused_on_load(text: str) -> None:
    with pytest.raises(BrokenVocabulary):
        expression(text)


def test_an_overlong_expression_is_refused() -> None:
    with pytest.raises(BrokenVocabulary, match="too long"):
        expression("1 + " * 1000 + "1")


def test_the_names_read_from_outside_are_known_and_row_names_are_not_among_them() -> None:
    assert expression("sum(r.a * rate for r in rows)").names == {"rate", "rows"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("1", None), ("2", "1"), ("3", "1")], True),
        ([("1", None), ("2", None)], False),
        ([("1", "2"), ("2", "1")], False),
        ([("1", None), ("2", "3"), ("3", "2")], False),
        ([("1", None), ("2", "9")], False),
        ([("1", None), ("1", None)], False),
    ],
    ids=["tree", "two-roots", "ring", "ring-beside-root", "unknown-parent", "id-twice"],
)
def test_a_chart_is_a_tree_only_with_one_root_and_no_ring(rows: list[tuple[str, str | None]], expected: bool) -> None:
    table = [{"id": node, "up": parent} for node, parent in rows]
    assert expression('is_tree(t, "id", "up")').value({"t": table}) is expected


def test_the_credit_code_check_character_is_verified() -> None:
    body = "91350100M000100Y4"
    good = [
        letter
        for letter in "0123456789ABCDEFGHJKLMNPQRTUWXY"
        if expression("credit_code(c)").value({"c": body + letter})
    ]
    assert good == ["3"]
    assert expression("credit_code(c)").value({"c": body}) is False
