from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bidkit.ingest.align import Passage, align, differences, match_key, merged_differences, tokens
from bidkit.ingest.align.model import Alignment, Link

TEXTS = st.lists(
    st.sampled_from(
        [
            "买方应在收到发票后30日内付款。",
            "买方应在收到发票后60日内付款。",
            "质保期为24个月。",
            "The supplier shall deliver within 30 days.",
            "The supplier shall deliver within 45 days and at its own cost.",
            "第一章",
            "",
            "Any dispute goes to the court at the buyer's seat.",
        ]
    ),
    max_size=14,
)


def passages(*texts: str) -> list[Passage]:
    return [Passage(text) for text in texts]


def links(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...], bool, bool]]:
    return [(x.old, x.new, x.same, x.moved) for x in alignment.links]


@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_passage_of_both_sides_is_in_exactly_one_link(old: list[str], new: list[str]) -> None:
    found = align(passages(*old), passages(*new)).links
    assert sorted(i for link in found for i in link.old) == list(range(len(old)))
    assert sorted(j for link in found for j in link.new) == list(range(len(new)))


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_a_document_does_not_differ_from_itself(texts: list[str]) -> None:
    assert align(passages(*texts), passages(*texts)).unchanged


@given(st.text(max_size=60))
@settings(deadline=None)
def test_tokens_joined_give_the_text_back(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(st.text(alphabet="甲乙 a1.5%，日", max_size=30), st.text(alphabet="甲乙 a1.5%，日", max_size=30))
@settings(deadline=None)
def test_what_is_not_a_difference_is_equal_in_both_texts(old: str, new: str) -> None:
    at_old = at_new = 0
    for one in differences(old, new, exact=True):
        assert old[at_old : one.old_start] == new[at_new : one.new_start]
        at_old, at_new = one.old_end, one.new_end
    assert old[at_old:] == new[at_new:]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("按每日0.5‰计", "0.5‰"),
        ("合计12,000.00元", "12,000.00"),
        ("税率3%", "3%"),
        ("于2026年3月24日前", "2026年3月24日"),
        ("by May 27, 2026 at noon", "May 27, 2026"),
        ("by 2:00 PM on", "2:00 PM"),
        ("按____计", "____"),
    ],
)
def test_a_value_is_one_token(text: str, value: str) -> None:
    assert value in tokens(text)


def test_a_changed_value_is_told_by_its_whole_value() -> None:
    old, new = "违约金按每日0.5‰计算", "违约金按每日1.5‰计算"
    (one,) = merged_differences(old, new)
    assert (old[one.old_start : one.old_end], new[one.new_start : one.new_end]) == ("0.5‰", "1.5‰")


def test_an_inserted_and_a_removed_passage_are_found_at_their_places() -> None:
    old = passages("标的为泵站设备。", "交货地点为项目现场。", "包装由卖方负责。")
    new = passages("标的为泵站设备。", "卖方应购买运输保险并承担保险费用。", "包装由卖方负责。")
    assert links(align(old, new)) == [
        ((0,), (0,), True, False),
        ((1,), (), False, False),
        ((), (1,), False, False),
        ((2,), (2,), True, False),
    ]


def test_a_passage_that_changed_its_place_is_a_move() -> None:
    texts = [f"第{n}条 卖方承担第{n}项义务，并自行负担费用。" for n in "一二三四五六"]
    moved = [texts[4], *texts[:4], texts[5]]
    assert [x for x in align(passages(*texts), passages(*moved)).links if x.moved] == [
        Link((4,), (0,), same=True, moved=True)
    ]


def test_a_paragraph_split_in_two_is_no_change() -> None:
    old = passages("甲方应按时付款。乙方应按时交货，并对货物的质量负责。", "其他")
    new = passages("甲方应按时付款。", "乙方应按时交货，并对货物的质量负责。", "其他")
    assert align(old, new).unchanged


def test_spaces_and_widths_are_no_change() -> None:
    assert align(passages("合同总价（人民币）： 100 元"), passages("合同总价(人民币):100元")).unchanged
    assert match_key("Ａ “b”") == 'A"b"'


def test_passages_of_different_groups_are_never_paired() -> None:
    found = align([Passage("页眉 合同", group="header")], [Passage("页眉 合同", group="body")])
    assert links(found) == [((0,), (), False, False), ((), (0,), False, False)]


def test_five_thousand_passages_are_aligned_while_a_person_waits() -> None:
    old = [
        Passage(f"第{n}条 卖方须在第{n * 7 % 997}日前交付编号为{n * 31}的货物，并附检验报告{n}份。")
        for n in range(5000)
    ]
    new = [p if n % 40 else Passage(p.text.replace("卖方", "乙方")) for n, p in enumerate(old)]
    begin = time.perf_counter()
    found = align(old, new)
    assert time.perf_counter() - begin < 5
    assert sum(not x.same for x in found.links) == 125
