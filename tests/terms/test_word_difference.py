"""Words beside the values: what is explained, what is left over, and what says the opposite."""

from __future__ import annotations

import pytest

from bidkit.terms.model import Direction
from bidkit.terms.read import read_term_values
from bidkit.terms.texts import compare_texts
from bidkit.terms.wording import WordDifference, parties_trade_places, word_difference


def _differ(required: str, offered: str) -> WordDifference:
    return word_difference(required, offered, read_term_values(required), read_term_values(offered))


@pytest.mark.parametrize(
    ("required", "offered"),
    [
        ("备用泵免费质保不少于2年", "备用泵无偿质保2年"),
        ("内存≥32GB", "内存32GB"),
        ("Records shall be kept for 6 years", "Records are retained for six (6) years"),
        ("主机：主频≥3GHz，核数≥8核", "主频3GHz，8核"),
        ("Cover of labour for 24 months", "24 months cover of labor"),
    ],
)
def test_synonyms_order_bounds_and_spelling_are_no_difference_of_words(required: str, offered: str) -> None:
    assert _differ(required, offered).none


def test_a_bare_value_and_a_labelled_one_stand_for_the_whole_requirement() -> None:
    assert _differ("原装滤芯质保3年", "36个月").none
    assert _differ("原装滤芯质保3年", "质保期：36个月").none
    assert _differ("原装滤芯质保3年", "滤芯质保3年").dropped == ("原", "装")


def test_an_offer_that_takes_up_one_of_two_topics_leaves_the_other_out() -> None:
    assert _differ("30日内供货并完工", "30日内供货").left_out == ("schedule",)


def test_the_parties_trade_places_only_where_their_order_changes() -> None:
    assert parties_trade_places("甲方通知乙方", "乙方通知甲方")
    assert not parties_trade_places("甲方通知乙方", "采购人通知供应商")


@pytest.mark.parametrize(
    ("required", "offered", "reason"),
    [
        ("Pumps carry a factory warranty of 3 years", "Pumps carry a dealer warranty of 3 years", "wording-differs"),
        ("提供原装泵，质保3年", "提供兼容泵，质保3年", "wording-differs"),
        ("The Supplier shall train the crew", "The Supplier may train the crew", "vague"),
    ],
)
def test_a_qualifier_that_changed_is_unclear_and_never_no_deviation(required: str, offered: str, reason: str) -> None:
    comparison = compare_texts(required, offered)
    assert (comparison.direction, comparison.reason) == (Direction.UNCLEAR, reason)


@pytest.mark.parametrize(
    ("required", "offered", "reason"),
    [
        ("不得夜间施工", "可以夜间施工", "contradicts"),
        ("The pump shall not leak oil", "The pump leaks oil", "contradicts"),
        ("Price including freight", "Price excluding freight", "contradicts"),
        ("软件终身免费升级", "软件升级收费", "charged"),
        ("按季度支付服务费", "按月支付服务费", "payment-earlier"),
        ("保险费由乙方承担", "保险费由甲方承担", "other-payer"),
        ("Freight is borne by the Supplier", "Freight is borne by the Purchaser", "other-payer"),
        ("热线7×24小时", "热线工作日8:30-17:30", "worse-value"),
        ("验收合格后一次性付清", "预付款20%，验收合格后付80%", "payment-earlier"),
    ],
)
def test_an_offer_that_says_the_opposite_is_worse(required: str, offered: str, reason: str) -> None:
    comparison = compare_texts(required, offered)
    assert (comparison.direction, comparison.reason) == (Direction.NEGATIVE, reason)


@pytest.mark.parametrize(
    ("offered", "direction"),
    [
        ("断电后本机保存不少于10天的记录，恢复后自动上传", Direction.NEGATIVE),
        ("断电后本机保存不少于90天的记录，恢复后自动上传", Direction.POSITIVE),
        ("10天", Direction.NEGATIVE),
        ("90天", Direction.UNCLEAR),
    ],
)
def test_a_word_of_another_clause_does_not_make_a_floor_a_repair_time(offered: str, direction: Direction) -> None:
    required = "断电后本机保存不少于45天的记录，恢复后自动上传"
    assert compare_texts(required, offered).direction is direction


def test_a_floor_under_an_advance_payment_keeps_the_sign_of_the_term() -> None:
    assert compare_texts("预付款不低于30%", "预付款不低于40%").direction is Direction.NEGATIVE


def test_the_hour_of_a_deadline_counts() -> None:
    assert compare_texts("2027年3月1日10:00前完成", "2027年3月1日16:00前完成").direction is Direction.NEGATIVE


def test_a_shorter_period_for_a_part_is_worse_and_a_longer_one_is_for_a_person() -> None:
    assert compare_texts("质保期4年", "质保期4年，其中电池2年").direction is Direction.NEGATIVE
    assert compare_texts("质保期4年", "质保期4年，其中电池6年").direction is Direction.UNCLEAR


@pytest.mark.parametrize(
    ("required", "offered"),
    [
        ("Handover at 9:00 AM Lagos time on May 3, 2027", "Handover at 9:00 AM Lisbon time on May 3, 2027"),
        ("样机通过后付40%，量产通过后付60%", "样机通过后付40%，送审通过后付60%"),
        ("The price of 500 EUR is invoiced monthly", "The price of 500 EUR is invoiced yearly"),
        ("误期赔偿费不超过合同价的百分之六（6%）", "误期赔偿费不超过合同价的百分之六（9%）"),
        ("流量调节范围：20～90L/min", "流量调节范围：30～90L/min"),
    ],
)
def test_words_inside_dates_and_stages_rhythms_and_restated_figures_are_compared_too(
    required: str, offered: str
) -> None:
    assert compare_texts(required, offered).direction is not Direction.NONE
