from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidkit.documents.forms.plain import plain_value
from bidkit.documents.forms.typed import Words, id_of, named, placeholders, shown, ticks, typed
from bidkit.kernel.language import Language
from bidkit.vocabulary.forms import Field, FieldType, form_definition
from bidkit.vocabulary.records import Label

NAMES = {"c-1": "柳青", "x": "A [b]"}
numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4).map(str)
words = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=60)
zones = st.none() | st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1), timezones=zones)  # noqa: DTZ001


def a_field(kind: FieldType, **changes: Any) -> Field:
    return Field("f", Label("字段", "Field"), kind, **changes)


def returns(field: Field, value: Any, language: Language) -> bool:
    """Whether the value, shown and typed in again, is what it plainly was."""
    plain = plain_value(field, value)
    text = shown(field, value, Words(language, NAMES))
    return plain is None or text in placeholders() or bool(typed(field, text) == plain)


@given(numbers, st.sampled_from([FieldType.DECIMAL, FieldType.PERCENT]), st.sampled_from(Language))
def test_any_number_shown_and_typed_is_the_same_number(value: str, kind: FieldType, language: Language) -> None:
    assert returns(a_field(kind), value, language)


@given(words, st.sampled_from([FieldType.STRING, FieldType.TEXT, FieldType.REF]), st.sampled_from(Language))
def test_any_text_or_id_shown_and_typed_is_the_same(value: str, kind: FieldType, language: Language) -> None:
    assert returns(a_field(kind), value, language)


@given(moments, st.sampled_from(Language))
def test_any_time_shown_and_typed_is_the_same_time(value: datetime, language: Language) -> None:
    assert returns(a_field(FieldType.DATETIME), value.isoformat(), language)


@given(numbers, st.sampled_from(["CNY", "USD", "XAF"]), st.sampled_from(Language))
def test_any_amount_shown_and_typed_is_the_same_amount(amount: str, currency: str, language: Language) -> None:
    assert returns(a_field(FieldType.MONEY), {"amount": amount, "currency": currency}, language)


@given(
    numbers,
    st.sampled_from(["day", "天", "台班", "mm"]),
    st.sampled_from(["", ">=", "<", "="]),
    st.sampled_from(Language),
)
def test_any_quantity_shown_and_typed_is_the_same(value: str, unit: str, bound: str, language: Language) -> None:
    assert returns(a_field(FieldType.QUANTITY), {"value": value, "unit": unit, "bound": bound}, language)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldType.DATE, "2026/3/2", "2026-03-02"),
        (FieldType.DATE, "2026年3月2日", "2026-03-02"),
        (FieldType.DATE, "2 March 2026", "2026-03-02"),
        (FieldType.DATE, "2026-02-30", "2026-02-30"),
        (FieldType.DATE, "about 2 March 2026", "about 2 March 2026"),
        (FieldType.DATETIME, "2026-03-02", "2026-03-02"),
        (FieldType.DATETIME, "2026年3月2日下午3时", "2026-03-02T15:00:00"),
        (FieldType.INT, "１２", 12),
        (FieldType.INT, "12.5", "12.5"),
        (FieldType.INT, "1,2,3", "1,2,3"),
        (FieldType.DECIMAL, "1,234.50", "1234.5"),
        (FieldType.DECIMAL, "12 units", "12 units"),
        (FieldType.PERCENT, "13 %", "13"),
        (FieldType.BOOL, "是", True),
        (FieldType.BOOL, "NO", False),
        (FieldType.BOOL, "perhaps", "perhaps"),
        (FieldType.MONEY, "¥1,200", {"amount": "1200", "currency": "CNY"}),
        (FieldType.MONEY, "1200", "1200"),
        (FieldType.QUANTITY, "≥30天", {"value": "30", "unit": "day", "bound": ">="}),
        (FieldType.QUANTITY, "30", "30"),
        (FieldType.FILE, "letter.pdf", "letter.pdf"),
    ],
)
def test_what_people_type_is_understood_or_kept_as_it_is(kind: FieldType, text: str, value: Any) -> None:
    assert typed(a_field(kind), text) == value


@pytest.mark.parametrize("text", sorted(placeholders()))
def test_the_hint_in_an_empty_field_is_no_value(text: str) -> None:
    assert typed(a_field(FieldType.TEXT), text) is None


def test_a_choice_is_known_by_its_label_in_either_language_and_by_its_code() -> None:
    field = form_definition("phone_record").field("interest_level")
    assert {typed(field, text) for text in ("只是客气", "polite only", "polite_only")} == {"polite_only"}


def test_ticked_boxes_are_read_by_their_signs() -> None:
    field = form_definition("procurement_roles").field("purchase_role")
    assert ticks(field, "☐ 发起人　☒ 经手人　☑ Technical ✓ 决策者 □ 法务") == ["handler", "technical", "decision_maker"]


@pytest.mark.parametrize(
    ("identifier", "text"), [("c-1", "柳青 [c-1]"), ("c-2", "c-2"), ("x", "A [b] [x]"), ("o [x]", "[o [x]]")]
)
def test_an_id_is_shown_with_its_name_and_found_again(identifier: str, text: str) -> None:
    assert named(identifier, NAMES) == text
    assert id_of(text) == identifier


def test_equal_values_have_one_plain_writing() -> None:
    money = a_field(FieldType.MONEY)
    assert plain_value(money, {"amount": Decimal("1.00"), "currency": "CNY "}) == {"amount": "1", "currency": "CNY"}
    assert plain_value(a_field(FieldType.DECIMAL), 1e3) == plain_value(a_field(FieldType.DECIMAL), "1000.0") == "1000"
    assert plain_value(a_field(FieldType.INT), 2.0) == 2
    assert plain_value(a_field(FieldType.STRING, many=True), ["a", "", None]) == ["a"]
