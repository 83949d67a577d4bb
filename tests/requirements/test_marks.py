from __future__ import annotations

from dataclasses import replace

import pytest

from bidkit.ingest.model import BlockKind
from bidkit.requirements.marks import effect_of, is_legend, marks_in, read_legend
from tests.requirements.builders import a_meaning, a_tender


def effects(*lines: str) -> dict[str, str]:
    return {meaning.mark: meaning.effect for meaning in read_legend([a_tender(*lines)])}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("标“★”的条款为实质性要求，不满足的投标无效。", {"★": "knockout"}),
        ("带“▲”的参数为重要指标，不满足的每项扣2分。", {"▲": "weighted"}),
        ("标“▲”的条款每项扣2分，但不作无效投标处理。", {"▲": "weighted"}),
        ("带※号的内容由用户填写。", {"※": "other"}),
        ("带“#”的指标须提供检测报告。", {"#": "other"}),
        ("标“＊”的条款不得负偏离。", {"*": "knockout"}),
        ("Requirements marked with * are mandatory; failure leads to rejection.", {"*": "knockout"}),
        ("Items marked ▲ are scored.", {"▲": "weighted"}),
    ],
    ids=[
        "rejects",
        "deducts",
        "a denied rejection deducts",
        "other",
        "proof",
        "wide sign",
        "English",
        "English scored",
    ],
)
def test_a_legend_says_what_its_mark_does(sentence: str, expected: dict[str, str]) -> None:
    assert effects(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "标“★”的条款不满足的投标无效，标“▲”的条款不满足的扣分。",
        "标“▲”的条款不满足的扣分，标“★”的条款不满足的投标无效。",
        "Requirements marked with ★ are mandatory, items marked with ▲ are worth 5 points each.",
    ],
)
def test_two_marks_in_one_sentence_keep_their_own_effects(sentence: str) -> None:
    assert effects(sentence) == {"★": "knockout", "▲": "weighted"}


def test_a_legend_may_cover_everything_below_a_marked_heading() -> None:
    (meaning,) = read_legend([a_tender("标“★”的条款包括本级及其下级编号的所有内容，不满足的投标无效。")])

    assert meaning.inherits


def test_a_sentence_that_uses_a_mark_is_no_legend() -> None:
    assert not is_legend("★供电电压220伏。")
    assert effects("★供电电压220伏。") == {}
    assert is_legend("标“★”的条款为实质性要求。")


def test_the_legend_says_where_it_stands_and_is_read_once() -> None:
    line = "本章要求如下。标“★”的条款不满足的，投标无效。"
    (meaning,) = read_legend([a_tender(line, "水泵须防水。", line)])

    assert (meaning.text, meaning.anchor.block) == ("标“★”的条款不满足的，投标无效。", 0)
    assert line[meaning.anchor.start : meaning.anchor.end] == meaning.text


def test_a_reviewers_note_explains_no_mark() -> None:
    document = a_tender("标“★”的条款不满足的，投标无效。")
    notes = tuple(replace(block, kind=BlockKind.COMMENT) for block in document.blocks)

    assert read_legend([replace(document, blocks=notes)]) == ()


def test_of_several_effects_the_heaviest_counts() -> None:
    legend = [
        a_meaning("★", "weighted"),
        a_meaning("★", "knockout"),
        a_meaning("▲", "proof"),
        a_meaning("▲", "weighted"),
    ]

    assert [effect_of(mark, legend) for mark in "★▲※"] == ["knockout", "weighted", ""]


@pytest.mark.parametrize(
    ("text", "known", "mark"),
    [("供电★电压", (), "★"), ("5 * 3", (), ""), ("*colour", ("*",), "*"), ("plain", ("*",), "")],
)
def test_a_doubtful_sign_counts_only_when_the_legend_knows_it(text: str, known: tuple[str, ...], mark: str) -> None:
    assert marks_in(text, known) == mark


@pytest.mark.parametrize(
    "sentence", ["标“★”和“▲”的条款均不得负偏离。", "标“★”、“▲”的条款不满足的，投标无效。"], ids=["和", "、"]
)
def test_marks_named_together_share_the_effect(sentence: str) -> None:
    assert effects(sentence) == {"★": "knockout", "▲": "knockout"}
