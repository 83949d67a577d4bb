from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidkit.kernel.quantity import Bound, DayType, Quantity
from bidkit.terms.quantities import find_quantities


def _short(quantity: Quantity) -> tuple[str, str | None, str, str]:
    upper = None if quantity.upper is None else str(quantity.upper)
    return str(quantity.value), upper, quantity.unit, quantity.bound.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("频率：40-170次/分钟", [("40", "170", "time", "range")]),
        ("幅度：0.1-10.0V", [("0.1", "10.0", "V", "range")]),
        ("阻抗：≥150KΩ", [("150", None, "kohm", ">=")]),
        ("噪声：≤60 dB(A)", [("60", None, "dB", "<=")]),
        ("高度720mm±5mm", [("720", None, "mm", "="), ("715", "725", "mm", "range")]),
        ("精度±4.5%", [("-4.5", "4.5", "percent", "range")]),
        ("-20℃～60℃", [("-20", "60", "degC", "range")]),
        ("主频不低于2.0GHz", [("2.0", None, "GHz", ">=")]),
        ("不少于4人", [("4", None, "person", ">=")]),
        ("5～10 分", [("5", "10", "point", "range")]),
        ("百分之五（5%）", [("5", None, "percent", "=")]),
        ("每日万分之五", [("0.5", None, "permille", "=")]),
        ("千分之六", [("6", None, "permille", "=")]),
        ("30%-50%", [("30", "50", "percent", "range")]),
    ],
)
def test_technical_values_keep_number_unit_and_bound(
    text: str, expected: list[tuple[str, str | None, str, str]]
) -> None:
    assert [_short(q) for q in find_quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("预算：241.5万元（人民币）", 2415000, "CNY"),
        ("9,323,600.00 元", 9323600, "CNY"),
        ("人民币捌万元整", 80000, "CNY"),
        ("￥88,400.00", 88400, "CNY"),
        ("3.2亿元", 320000000, "CNY"),
        ("2,00,00,000/- (Two Crore only)", 20000000, "INR"),
        ("Rs. 3 lakh", 300000, "INR"),
        ("$1.4 million", 1400000, "USD"),
        ("€ 2.5 million", 2500000, "EUR"),
    ],
)
def test_money_is_in_whole_units_of_its_currency(text: str, amount: int, currency: str) -> None:
    (money, *_) = find_quantities(text)
    assert (money.value, money.unit) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "value", "unit", "event", "day_type"),
    [
        ("自合同签订之日起 240 日历日", 240, "day", "合同签订之日", DayType.CALENDAR),
        ("20个工作日内", 20, "day", None, DayType.WORKING),
        ("质保期 三 年", 3, "year", None, None),
        ("保修期__3__年", 3, "year", None, None),
        ("保修期【3】年", 3, "year", None, None),
        ("九十天", 90, "day", None, None),
        ("质保期：5年（自竣工验收合格之日起）", 5, "year", "竣工验收合格之日", None),
        ("within thirty (30) days after the effective date", 30, "day", "the effective date", None),
        ("at least 120 calendar days from the due date", 120, "day", "the due date", DayType.CALENDAR),
        ("one-year base period", 1, "year", None, None),
        ("180 Days from the date of bid submission", 180, "day", "the date of bid submission", None),
    ],
)
def test_periods_keep_their_start_and_kind_of_day(
    text: str, value: int, unit: str, event: str | None, day_type: DayType | None
) -> None:
    (period,) = find_quantities(text)
    assert (period.value, period.unit, period.start_event, period.day_type) == (value, unit, event, day_type)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("合同总价的5%", "合同总价"),
        ("每日按本合同总价3‰", "本合同总价; 每日"),
        ("135 万元/年", "年"),
        ("10% of the contract value", "the contract value"),
        ("USD 500 per day", "per day"),
    ],
)
def test_shares_and_rates_keep_what_they_are_taken_of(text: str, basis: str) -> None:
    (quantity,) = find_quantities(text)
    assert quantity.basis == basis


def test_a_bound_behind_the_value_counts_too() -> None:
    assert [q.bound for q in find_quantities("2小时内响应，3年以上经验，5 or more staff")] == [
        Bound.AT_MOST,
        Bound.AT_LEAST,
    ]


@pytest.mark.parametrize(
    "text",
    ["2031年3月25日10:00", "第3年", "第13条", "8.1  像素间距", "任意一类", "3、质量", "分辨率800×600", "2031年", ""],
)
def test_dates_ordinals_and_bare_numbers_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == ()


@given(st.text(alphabet="0123456789.,%元万亿年月日天个至-~±≥（）() 壹贰拾佰零the days within $¥", max_size=60))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    spans = [(q.start, q.end) for q in find_quantities(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "value", "upper", "unit"),
    [
        ("USD 40 000.00", "40000.00", None, "USD"),
        ("item 2 600 kg", "600", None, "kg"),
        ("200mV～5V", "0.200", "5", "V"),
        ("-15 to +45 °C", "-15", "45", "degC"),
    ],
)
def test_spaced_thousands_and_ranges_over_two_units_are_read_whole(
    text: str, value: str, upper: str | None, unit: str
) -> None:
    (found,) = find_quantities(text)
    assert (str(found.value), None if found.upper is None else str(found.upper), found.unit) == (value, upper, unit)
