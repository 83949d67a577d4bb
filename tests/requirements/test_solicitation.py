from __future__ import annotations

from dataclasses import replace

import pytest

from bidkit.kernel.errors import NothingFound
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.requirements.solicitation import read_solicitation
from tests.requirements.builders import Row, a_tender, everything_is_a_row

CHINESE: tuple[str | Row, ...] = (
    "# 第一章 投标人须知",
    "1、投标人须在截止时间前递交投标文件，逾期送达的将被拒收。",
    "2、投标文件须密封并加盖公章。",
    "3、投标人应提供营业执照复印件。",
    "# 第二章 采购需求",
    "标“★”的条款不满足的，投标无效。",
    "★1、供应商须在合同签订后30日内交货。",
    "# 第三章 评分标准",
    ("=评审因素", "评分标准", "分值"),
    ("投标报价", "最低价得满分", "30"),
    ("技术方案", "方案完整得满分", "50"),
    ("类似业绩", "每个业绩得4分", "20"),
)
ENGLISH: tuple[str | Row, ...] = (
    "# Instructions",
    "1. The bidder shall submit the proposal before noon.",
    "2. Late bids will be rejected.",
    "3. The proposal must be signed by an officer.",
    "# Scope of work",
    "1. The contractor shall deliver twelve pumps within 30 days.",
)


@pytest.mark.parametrize(
    ("parts", "language", "demands", "knockouts"),
    [
        (
            CHINESE,
            Language.ZH,
            {"投标文件须密封并加盖公章。", "投标人应提供营业执照复印件。"},
            {"投标人须在截止时间前递交投标文件，逾期送达的将被拒收。", "供应商须在合同签订后30日内交货。"},
        ),
        (
            ENGLISH,
            Language.EN,
            {
                "The bidder shall submit the proposal before noon.",
                "The contractor shall deliver twelve pumps within 30 days.",
            },
            {"Late bids will be rejected."},
        ),
    ],
    ids=["Chinese", "English"],
)
def test_a_small_tender_is_read_whole(
    parts: tuple[str | Row, ...], language: Language, demands: set[str], knockouts: set[str]
) -> None:
    found = read_solicitation([a_tender(*parts)])
    rejecting = {row.text: row.knockout for row in found.requirements}

    assert found.language is language
    assert demands | knockouts <= rejecting.keys()
    assert all(rejecting[text] for text in knockouts)
    assert not any(rejecting[text] for text in demands)


def test_the_criteria_of_a_scoring_table_add_up() -> None:
    found = read_solicitation([a_tender(*CHINESE)])

    assert [(criterion.name, criterion.points, criterion.group) for criterion in found.criteria] == [
        ("投标报价", 30, "price"),
        ("技术方案", 50, "technical"),
        ("类似业绩", 20, "commercial"),
    ]
    assert {criterion.requirement_id for criterion in found.criteria} <= {row.id for row in found.requirements}


@pytest.mark.parametrize("parts", [CHINESE, ENGLISH], ids=["Chinese", "English"])
def test_reading_twice_gives_equal_values(parts: tuple[str | Row, ...]) -> None:
    assert read_solicitation([a_tender(*parts)]) == read_solicitation([a_tender(*parts)])


def test_ids_are_unique_and_do_not_depend_on_the_files_name() -> None:
    one, other = (read_solicitation([a_tender(*CHINESE, name=name)]) for name in ("a.docx", "b.docx"))
    ids = [row.id for row in one.requirements]

    assert len(set(ids)) == len(ids)
    assert ids == [row.id for row in other.requirements]


def test_a_legend_in_one_file_covers_the_rows_of_another() -> None:
    legend = a_tender("标“★”的条款不满足的，投标无效。", name="rules.docx")
    needs = a_tender("★1、水泵须防水。", name="needs.docx")

    found = read_solicitation([legend, needs], everything_is_a_row())

    assert [(row.anchor.file_name, row.knockout) for row in found.requirements] == [
        ("rules.docx", True),
        ("needs.docx", True),
    ]


def test_the_language_is_the_one_most_pieces_are_written_in() -> None:
    found = read_solicitation([a_tender("Pumps."), a_tender("水泵。", "阀门。")], everything_is_a_row())

    assert found.language is Language.ZH


def test_what_the_readers_found_is_handed_on() -> None:
    finding = Finding("tracked-deletions", Severity.NOTE)
    document = replace(a_tender(*ENGLISH), findings=(finding,))

    assert finding in read_solicitation([document]).findings


@pytest.mark.parametrize("lines", [("湖水很蓝。", "天气晴朗。"), ("The lake is blue.",), ()], ids=["zh", "en", "empty"])
def test_a_text_without_demands_is_an_error_and_never_a_pass(lines: tuple[str, ...]) -> None:
    with pytest.raises(NothingFound, match=r"tale\.txt: no requirement was found; check"):
        read_solicitation([a_tender(*lines, name="tale.txt")])


def test_no_document_at_all_is_an_error() -> None:
    with pytest.raises(NothingFound, match="no document"):
        read_solicitation([])
