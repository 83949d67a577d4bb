"""Values of commercial terms as they stand in text."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bidkit.kernel.quantity import Bound, DayType
from bidkit.terms.model import TermValue, ValueKind
from bidkit.terms.read import read_term_values
from bidkit.terms.recognise import find_terms


def _short(value: TermValue) -> tuple[str | None, str, str | None, str]:
    return value.term, value.kind.value, None if value.value is None else format(value.value, "f"), value.unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2小时内响应，24小时内到场",
            [("response_time", "period", "2", "hour"), ("onsite_time", "period", "24", "hour")],
        ),
        ("质保期一年半", [("warranty", "period", "18", "month")]),
        ("投标保证金人民币5万元（大写：伍万元整）", [("bid_security", "money", "50000", "CNY")]),
        ("无预付款", [("advance_payment", "absent", None, "")]),
        ("warranty of two (2) years from acceptance", [("warranty", "period", "2", "year")]),
        ("Payment terms: net 45", [("payment_period", "period", "45", "day")]),
    ],
)
def test_each_value_belongs_to_the_term_named_beside_it(
    text: str, expected: list[tuple[str | None, str, str | None, str]]
) -> None:
    assert [_short(value) for value in read_term_values(text)] == expected


def test_damages_keep_rate_period_basis_and_cap_apart() -> None:
    rate, cap = read_term_values("每逾期一日按合同总价的0.5‰支付违约金，累计不超过合同总价的5%")
    assert (rate.kind, rate.value, rate.unit, rate.per, rate.basis_code, rate.term) == (
        ValueKind.RATE,
        Decimal("0.5"),
        "permille",
        "day",
        "contract_price",
        "ld_supplier",
    )
    assert (cap.term, cap.value, cap.bound) == ("ld_cap", Decimal(5), Bound.AT_MOST)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("甲方未按期付款的，每日按未付款项的万分之三支付违约金", "ld_buyer"),
        ("乙方未按期交货的，每日按合同总价的万分之三支付违约金", "ld_supplier"),
        ("If the Buyer fails to pay in time, a penalty of 0.1% per day of the overdue amount is due", "ld_buyer"),
    ],
)
def test_damages_belong_to_the_side_that_breaches(text: str, term: str) -> None:
    assert [value.term for value in read_term_values(text)] == [term]


@pytest.mark.parametrize(
    ("text", "event", "day_type"),
    [
        ("合同签订后30个工作日内交货", "contract_signing", DayType.WORKING),
        ("自最终验收合格之日起3年质保", "final_acceptance", None),
        ("within 45 calendar days of receipt of the invoice", "invoice", DayType.CALENDAR),
        ("within 60 days after receipt of the advance payment", "prepayment", None),
    ],
)
def test_a_period_keeps_its_start_and_its_kind_of_day(text: str, event: str, day_type: DayType | None) -> None:
    (value,) = read_term_values(text)
    assert (value.event, value.day_type) == (event, day_type)


def test_payment_stages_are_one_value_with_their_events() -> None:
    (split,) = read_term_values("合同签订后支付30%，验收合格后支付60%，质保期满后支付10%")
    assert [(share.percent, share.event) for share in split.shares] == [
        (30, "contract_signing"),
        (60, "acceptance"),
        (10, "warranty_end"),
    ]


@pytest.mark.parametrize("text", ["付款方式：30/60/10", "付款方式：3:6:1", "Payment: 30%/60%/10%"])
def test_short_forms_of_payment_stages_are_read(text: str) -> None:
    assert [share.percent for value in read_term_values(text) for share in value.shares] == [30, 60, 10]


def test_stages_up_to_a_share_count_what_was_paid_before() -> None:
    (split,) = read_term_values("付款方式：到货付至70%，验收合格付至95%，质保期满付清余5%")
    assert [share.percent for share in split.shares] == [70, 25, 5]


@pytest.mark.parametrize(
    "text", ["质保期____年", "质保期：（ ）年", "质保期 XX 年", "Warranty: [●] months", "合同总价的 %"]
)
def test_a_gap_is_not_filled(text: str) -> None:
    assert [value.filled for value in read_term_values(text)] == [False]


@pytest.mark.parametrize(
    ("text", "choice", "numbers"),
    [
        ("防护等级IP65", "ip_rating", (6, 5)),
        ("USB 3.0接口", "usb", (3,)),
        ("等保三级", "protection_level", (3,)),
        ("能效等级：1级", "energy_class", (1,)),
    ],
)
def test_grades_are_read_by_their_name(text: str, choice: str, numbers: tuple[int, ...]) -> None:
    (grade,) = read_term_values(text)
    assert (grade.kind, grade.choice, grade.numbers) == (ValueKind.GRADE, choice, numbers)


def test_a_term_named_only_as_a_start_event_is_not_what_the_text_is_about() -> None:
    assert [m.term for m in find_terms("30 days after delivery")] == []
    assert [m.term for m in find_terms("到货验收合格后支付")] == ["payment_period"]


def test_the_longest_alias_counts() -> None:
    assert [m.term for m in find_terms("违约金累计不超过")] == ["ld_cap"]


# The first text of all also loads the words.
@settings(deadline=None)
@given(
    st.text(
        alphabet="0123456789.,%元万年月日天个至-~±≥（）() 合同质保期付款壹贰拾__×:/the days within warranty $",
        max_size=60,
    )
)
def test_any_text_gives_values_whose_offsets_hold_their_text(text: str) -> None:
    values = [v for v in read_term_values(text) if v.kind not in (ValueKind.CHOICE, ValueKind.FORUM, ValueKind.ABSENT)]
    assert all(0 <= v.start < v.end <= len(text) for v in values)
    assert all(first.start <= second.start for first, second in pairwise(values))
