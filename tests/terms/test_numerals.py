from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidkit.terms.numerals import chinese_amount, chinese_number, english_number, parse_chinese_amount


@given(st.decimals(min_value=0, max_value=10**15, places=2, allow_nan=False, allow_infinity=False))
def test_an_amount_written_in_words_reads_back_as_itself(amount: Decimal) -> None:
    assert parse_chinese_amount(chinese_amount(amount)) == amount


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("人民币拾万元整", "100000"),
        ("壹佰伍拾玖万叁仟捌佰 元整", "1593800"),
        ("玖拾陆万柒仟捌佰肆拾元叁角陆分", "967840.36"),
        ("贰拾圆正", "20"),
        ("伍分", "0.05"),
        ("壹仟零伍元零叁分", "1005.03"),
    ],
)
def test_amounts_in_words_are_read_as_people_write_them(words: str, amount: str) -> None:
    assert parse_chinese_amount(words) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "元整", "人民币", "壹贰叁", "十元店", "合计"])
def test_what_is_no_amount_in_words_is_none(text: str) -> None:
    assert parse_chinese_amount(text) is None


@pytest.mark.parametrize("amount", ["-1", "0.001", "10000000000000000"])
def test_an_amount_that_cannot_stand_on_a_cheque_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="amount in words"):
        chinese_amount(Decimal(amount))


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("三十六", 36),
        ("二〇二六", 2026),
        ("两", 2),
        ("廿五", 25),
        ("一百二", 120),
        ("一亿零三万", 100030000),
        ("十二万三千", 123000),
    ],
)
def test_chinese_numerals_have_their_value(word: str, value: int) -> None:
    assert chinese_number(word) == value


@pytest.mark.parametrize("word", ["", "万", "三年", "一二十"])
def test_broken_chinese_numerals_are_none(word: str) -> None:
    assert chinese_number(word) is None


def test_english_number_words_add_up() -> None:
    assert [english_number(w) for w in ("thirty-six", "one hundred twenty", "Two", "dozen")] == [36, 120, 2, None]
