"""Rules of comparison, each stated once; the labelled suite in tests/deviation covers the breadth."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bidkit.kernel.language import Language
from bidkit.terms.model import Direction
from bidkit.terms.money import money_impact
from bidkit.terms.texts import compare_texts
from bidkit.vocabulary.tables import labels
from bidkit.vocabulary.terms import term_base

_MIRROR = {
    Direction.POSITIVE: Direction.NEGATIVE,
    Direction.NEGATIVE: Direction.POSITIVE,
    Direction.NONE: Direction.NONE,
    Direction.UNCLEAR: Direction.UNCLEAR,
}


@pytest.mark.parametrize(
    ("required", "offered", "reason"),
    [
        ("自合同签订之日起60日内交货", "自收到预付款之日起60日内交货", "event-differs"),
        ("每日支付合同总价1‰的违约金", "每日支付迟交部分货款1‰的违约金", "basis-differs"),
        ("合同签订后10个工作日内交货", "合同签订后14日内交货", "calendar-open"),
        ("质保期3年", "完全响应", "claim-only"),
        ("质保期3年", "质保期____年", "not-filled"),
        ("质保期3年", "质保期约3年", "vague"),
        ("交货期30天", "交货期另行协商", "left-open"),
        ("质保期3年", "质保期3年，但易损件除外", "condition"),
        ("履约保证金：合同金额的10%", "履约保证金：人民币10万元", "not-offered"),
        ("质保期3年", "", "nothing-offered"),
    ],
)
def test_what_cannot_be_compared_is_unclear_and_says_why(required: str, offered: str, reason: str) -> None:
    found = compare_texts(required, offered)
    assert (found.direction, found.reason) == (Direction.UNCLEAR, reason)


def test_the_worst_part_decides() -> None:
    assert compare_texts("1小时内响应，4小时内到场", "0.5小时内响应，8小时内到场").direction is Direction.NEGATIVE


def test_payment_stages_that_move_both_ways_have_no_sign() -> None:
    found = compare_texts("签约后付30%，到货后付40%，终验后付30%", "签约后付20%，到货后付60%，终验后付20%")
    assert (found.direction, found.reason) == (Direction.UNCLEAR, "payment-mixed")


def test_a_dropped_limit_of_damages_helps_the_purchaser_and_a_new_one_hurts() -> None:
    bare, capped = "每逾期一日支付合同总价0.5‰的违约金", "每逾期一日支付合同总价0.5‰的违约金，最高不超过合同总价的5%"
    assert compare_texts(capped, bare).direction is Direction.POSITIVE
    assert compare_texts(bare, capped).direction is Direction.NEGATIVE


def test_a_larger_late_payment_interest_is_against_the_purchaser() -> None:
    found = compare_texts("甲方逾期付款的，每日支付未付款项的0.3‰", "甲方逾期付款的，每日支付未付款项的0.5‰")
    assert found.direction is Direction.NEGATIVE


# The first text of all also loads the words.
@settings(deadline=None)
@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["质保期{}天", "Warranty: {} days", "交货期：{}天"]))
def test_turning_a_pair_round_turns_the_sign(first: int, second: int, text: str) -> None:
    there = compare_texts(text.format(first), text.format(second)).direction
    back = compare_texts(text.format(second), text.format(first)).direction
    assert back is _MIRROR[there]
    assert (there is Direction.NONE) is (first == second)


# The first text of all also loads the words.
@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_get_an_answer_with_words_in_both_languages(required: str, offered: str) -> None:
    found = compare_texts(required, offered)
    assert found.reason in labels("comparison")
    assert found.why(Language.ZH)
    assert found.why(Language.EN)


def test_money_is_what_the_offer_costs_us_more() -> None:
    found = compare_texts("履约保证金：合同价的5%", "履约保证金：合同价的10%")
    price, fee, years = Decimal(1_000_000), Decimal("0.01"), Decimal(2)
    assumed = {"price": price, "guarantee_fee": fee, "guarantee_years": years}
    term = term_base()["performance_security"]
    assert money_impact(term, found.required[0], found.offered[0], assumed) == Decimal(1000)
    assert money_impact(term, found.required[0], found.offered[0], {}) is None


def test_later_payment_costs_us_interest() -> None:
    found = compare_texts("付款方式：签约后付30%，验收合格后付70%", "付款方式：签约后付10%，验收合格后付90%")
    days = {"days_contract_signing": Decimal(0), "days_acceptance": Decimal(365)}
    assumed = {"price": Decimal(1_000_000), "interest": Decimal("0.06"), **days}
    impact = money_impact(term_base()["payment_stages"], found.required[0], found.offered[0], assumed)
    assert impact == Decimal(12_000)
