from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidkit.kernel.language import Language
from bidkit.requirements.sentences import sentences


def cut(text: str, language: Language) -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    "expected",
    [
        ["投标人须报价。", "交货期30天！", "可否延期？"],
        ["质保（含上门。）三年。", "到期续签。"],
        ["他说“必须报价。”交货期三十天。", "不得延期。"],
        ["长度3.5米，重2.0吨。", "防护等级IP65。"],
        ["交货期30天.", "质保三年."],
        ["流量大；扬程高。"],
        ["没有句号"],
    ],
    ids=["stops", "brackets whole", "quotes whole", "decimal points", "Latin full stops", "semicolons", "no stop"],
)
def test_chinese_sentences_end_at_full_stops_outside_brackets(expected: list[str]) -> None:
    assert cut("".join(expected), Language.ZH) == expected


def test_a_closing_quote_behind_the_full_stop_stays_with_its_sentence() -> None:
    assert cut("不满足的，投标无效。”其余扣分。", Language.ZH) == ["不满足的，投标无效。”", "其余扣分。"]


def test_a_bracket_that_never_closes_does_not_swallow_the_rest() -> None:
    assert cut("水泵（含阀门。须防水。", Language.ZH) == ["水泵（含阀门。", "须防水。"]


@pytest.mark.parametrize(
    "expected",
    [
        ["Offers, e.g. Signed ones, count.", "Others do not."],
        ["See item No. 5 of the list.", "Send three copies."],
        ["The U.S. Government will pay.", "It pays monthly."],
        ["Fees (incl. tax. And duty.) apply.", "Pay now."],
        ['He says "Bid now."', "Then leave."],
        ["Version 2.5 runs.", "Is it new?", "Yes!"],
        ["Send three copies.", "(One is enough.)"],
        ["Ask Dr. Reed.", "She knows."],
    ],
    ids=["e.g.", "No.", "U.S.", "brackets", "quotes", "decimal", "bracket begins", "Dr."],
)
def test_english_sentences_end_at_full_stops_but_not_at_abbreviations(expected: list[str]) -> None:
    assert cut(" ".join(expected), Language.EN) == expected


def test_a_number_that_begins_the_text_does_not_end_a_sentence() -> None:
    assert cut("3.2. Deliver the pumps. Pay.", Language.EN) == ["3.2. Deliver the pumps.", "Pay."]


def test_a_bullet_on_a_new_line_begins_a_sentence() -> None:
    assert cut("Send:\n• a price list\n• a drawing", Language.EN) == ["Send:", "• a price list", "• a drawing"]


def test_white_space_is_no_sentence() -> None:
    assert cut(" \n\u3000", Language.ZH) == []
    assert cut("", Language.EN) == []


@given(st.text(alphabet="水泵须。！（）“”() .AbNo\n•?”\u3000;：", max_size=60), st.sampled_from(Language))
def test_sentences_stand_in_order_and_leave_out_nothing_but_white_space(text: str, language: Language) -> None:
    spans = sentences(text, language)

    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join("".join(cut(text, language)).split()) == "".join(text.split())
