"""Past answers found again: by words of both languages, with reasons, without other customers' names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bench.library_recall import recall
from bidkit.kernel.language import Language
from bidkit.requirements.model import Kind
from bidkit.respond.library import Asked, Filters, PastAnswer, foreign_names, suggest
from bidkit.respond.words import search_words

TODAY = date(2027, 5, 1)


def an_answer(number: int, demand: str, answer: str, **other: object) -> PastAnswer:
    base = PastAnswer(
        f"ans-{number}", demand, answer, Kind.TECHNICAL, Language.ZH, f"D-{number}", "wang.li", date(2027, 1, 1)
    )
    return replace(base, **other)


SHELF = (
    an_answer(1, "质保期不少于三年，自验收合格之日起算", "我方提供三年免费质保。", kind=Kind.COMMERCIAL),
    an_answer(2, "投标人应提供本地化售后服务团队", "我方在本市设有服务站，两小时内到场。"),
    an_answer(3, "系统应支持双机热备", "采用双机热备架构，切换时间小于30秒。"),
    an_answer(4, "The system shall support role based access control", "Roles are granted.", language=Language.EN),
    an_answer(5, "Training of the operators", "Five days of training on site.", language=Language.EN),
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("保修期要求：质量保证期三年", "ans-1"),
        ("须有售后驻点，响应时间两小时", "ans-2"),
        ("关键设备双机冗余热备", "ans-3"),
        ("Describe how access is controlled for each role", "ans-4"),
        ("operator trainings", "ans-5"),
    ],
)
def test_the_right_answer_comes_first_though_the_words_differ(question: str, expected: str) -> None:
    assert suggest(Asked(question, None, TODAY), SHELF)[0].answer.id == expected


def test_a_suggestion_names_the_words_that_speak_for_it() -> None:
    first = suggest(Asked("双机热备", None, TODAY), SHELF)[0]
    assert "双机" in first.shared
    assert "热备" in first.shared
    assert 0 < first.score <= 1


def test_nothing_in_common_suggests_nothing() -> None:
    assert suggest(Asked("zzz", None, TODAY), SHELF) == ()
    assert suggest(Asked("……", None, TODAY), SHELF) == ()
    assert suggest(Asked("质保期", None, TODAY), ()) == ()


def test_filters_leave_out_what_is_not_asked_for() -> None:
    english = Filters(language=Language.EN)
    assert {s.answer.id for s in suggest(Asked("training system 系统 质保", None, TODAY), SHELF, english)} <= {
        "ans-4",
        "ans-5",
    }
    assert suggest(Asked("质保期", None, TODAY), SHELF, Filters(kinds=frozenset({Kind.CONTRACT}))) == ()
    tagged = (replace(SHELF[0], tags=("水务",)), *SHELF[1:])
    assert len(suggest(Asked("质保期三年", None, TODAY), tagged, Filters(tags=frozenset({"水务"})))) == 1


def test_among_equal_answers_the_newer_one_comes_first() -> None:
    old = replace(SHELF[0], id="ans-0", written_on=date(2023, 1, 1))
    assert [s.answer.id for s in suggest(Asked("质保期三年", None, TODAY), (old, SHELF[0]))] == ["ans-1", "ans-0"]


def test_names_of_another_customer_are_flagged_and_ours_are_not() -> None:
    answer = replace(SHELF[1], answer="青澜市水务中心的驻场团队两小时到场。", names=("青澜市水务中心", "水务"))
    (found,) = suggest(Asked("售后服务团队", None, TODAY), (answer,))
    assert [(f.code, f.values) for f in found.findings] == [("library-foreign-name", (("name", "青澜市水务中心"),))]
    (ours,) = suggest(Asked("售后服务团队", None, TODAY, customer="青澜市水务中心"), (answer,))
    assert ours.findings == ()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (replace(SHELF[0], review_on=date(2027, 4, 30)), "library-review-due"),
        (replace(SHELF[0], written_on=date(2024, 1, 1)), "library-old"),
    ],
)
def test_answers_past_their_day_say_so(answer: PastAnswer, code: str) -> None:
    assert [f.code for f in suggest(Asked("质保期", None, TODAY), (answer,))[0].findings] == [code]


def test_foreign_names_are_found_whatever_the_spacing_and_width() -> None:
    assert foreign_names("感谢 Ｈａｒｂｏｕｒ  Water 的信任", ["Harbour Water", "Hill"], ["Lake Water"]) == (
        "Harbour Water",
    )


def test_chinese_gives_words_and_pairs_and_english_gives_stems() -> None:
    assert set(search_words("项目业绩")) >= {"项目", "目业", "业绩"}
    assert search_words("Requirements requiring")[0] == search_words("requirement")[0]
    assert search_words("质") == ["质"]
    assert "9001" in search_words("ISO9001")


def test_the_right_answer_is_mostly_among_the_first_five_though_questions_are_worded_freely() -> None:
    for language, (asked, _, five) in recall().items():
        assert five / asked >= 0.8, language
