from __future__ import annotations

import pytest

from bidkit.requirements.model import Binds, Force, Kind, Requirement
from bidkit.requirements.rows import binds_whom, mark_of
from bidkit.requirements.solicitation import read_solicitation
from tests.requirements.builders import CONTINUED, Row, a_piece, a_tender, everything_is_a_row

STAR = "标“★”的条款不满足的，投标无效。"
HEADER = ("=序号", "货物", "技术参数")


def rows_of(*parts: str | Row, pages: tuple[int, ...] = ()) -> tuple[Requirement, ...]:
    """Every piece of the document as a row, so that only the rules behind the scorer are tried."""
    return read_solicitation([a_tender(*parts, pages=pages)], everything_is_a_row()).requirements


def the_row(text: str, *parts: str | Row) -> Requirement:
    """The one row whose text begins with `text`."""
    (row,) = [row for row in rows_of(*parts) if row.text.startswith(text)]
    return row


def test_a_row_says_what_it_demands_and_where_it_stands() -> None:
    row = the_row("水泵", "# 第二章 采购需求", "★2.1 水泵质保期不少于3年，投标人须提供检测报告。")

    assert row.text == "水泵质保期不少于3年，投标人须提供检测报告。"
    assert (row.clause, row.mark, row.section) == ("2.1", "★", ("第二章 采购需求",))
    assert (row.kind, row.force, row.points) == (Kind.TECHNICAL, Force.MANDATORY, None)
    assert (row.anchor.block, row.anchor.start) == (1, 5)
    assert row.evidence_asked == ("提供检测报告",)
    assert [row.text[q.start : q.end] for q in row.quantities] != []


@pytest.mark.parametrize(
    ("label", "text"), [("1、", "水泵须防水："), ("", "The pump shall have:")], ids=["Chinese", "English"]
)
def test_a_line_that_only_announces_a_list_is_no_row(label: str, text: str) -> None:
    assert text not in [row.text for row in rows_of(label + text, "（1）外壳密封", "（2）电缆屏蔽")]


def test_an_unnumbered_row_has_the_number_of_the_clause_it_stands_in() -> None:
    assert the_row("柜门", "2.1 控制柜", "柜门须配锁。").clause == "2.1"
    assert the_row("柜门", "柜门须配锁。").clause is None


def test_the_lead_in_is_none_where_nothing_governs() -> None:
    rows = rows_of("水泵须防水。", "阀门应满足：", "①镀锌处理", "②密封良好")

    assert [row.lead_in for row in rows] == [None, "阀门应满足：", "阀门应满足："]


@pytest.mark.parametrize(
    ("text", "kind", "binds"),
    [
        ("投标人应盖章。", Kind.SUBMISSION, Binds.BIDDER),
        ("乙方应在投标人承诺的时间内交货。", Kind.CONTRACT, Binds.CONTRACTOR),
        ("采购人应付款。", Kind.CONTRACT, Binds.BUYER),
        ("The Contractor shall tell the bidder.", Kind.CONTRACT, Binds.CONTRACTOR),
        ("须盖章。", Kind.SUBMISSION, Binds.BIDDER),
        ("须防水。", Kind.TECHNICAL, Binds.CONTRACTOR),
        ("须保密。", Kind.CONTRACT, Binds.CONTRACTOR),
    ],
)
def test_a_row_binds_the_party_named_first_or_the_one_its_kind_speaks_to(text: str, kind: Kind, binds: Binds) -> None:
    assert binds_whom(text, kind) is binds


def test_a_legend_does_not_carry_the_mark_it_explains() -> None:
    assert the_row("标", STAR).mark is None
    assert mark_of(a_piece("★水泵须防水。")) == "★"


def test_a_scored_row_has_its_points_and_is_scored() -> None:
    header = ("=评审因素", "评分标准", "最高得分")
    first, second = rows_of(
        header, ("方案", "优得8至10分", "10"), (CONTINUED, "良得5至7分", CONTINUED), ("业绩", "多", "6")
    )

    assert [(row.force, row.points) for row in (first, second)] == [(Force.SCORED, 10), (Force.SCORED, 6)]


def test_a_sentence_printed_twice_on_a_page_is_one_row() -> None:
    assert len(rows_of("水泵须防水。", "水泵须防水。", pages=(1, 1))) == 1


def test_a_sentence_printed_on_two_pages_is_two_rows_with_two_ids() -> None:
    rows = rows_of("水泵须防水。", "水泵须防水。", pages=(1, 2))

    assert len({row.id for row in rows}) == 2


def test_two_items_with_the_same_words_below_two_lead_ins_are_two_rows() -> None:
    rows = rows_of("水泵应满足：", "①防水处理", "阀门应满足：", "①防水处理", pages=(1, 1, 1, 1))

    assert len({row.id for row in rows if row.text == "防水处理"}) == 2


def test_a_table_printed_again_among_the_forms_is_not_demanded_twice() -> None:
    table = (HEADER, ("1", "水泵", "流量20升"))
    rows = rows_of("# 采购需求", *table, "# 投标文件格式", *table)

    assert [row.text for row in rows].count("水泵 | 流量20升") == 1


def test_the_same_words_under_two_headings_have_two_ids() -> None:
    rows = rows_of("# 供货", "水泵须防水。", "# 服务", "水泵须防水。", pages=(1, 1, 2, 2))

    assert len({row.id for row in rows if row.text == "水泵须防水。"}) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("# 第一章 供货", "1、水泵须防水。"), ("# 第一章 背景", "湖水很深。", "# 第二章 供货", "1、水泵须防水。")),
        (("# 1. Supply", "The pump shall run."), ("# 1. Aim", "# 2. Supply", "The pump shall run.")),
        (("# 供货", "3、水泵须防水。"), ("# 供货", "3、阀门须镀锌。", "4、水泵须防水。")),
    ],
    ids=["Chinese chapter", "English section", "item"],
)
def test_an_id_stays_when_something_is_inserted_before(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    (last, later) = (rows_of(*before)[-1], rows_of(*after)[-1])

    assert (last.id, last.text) == (later.id, later.text)


def test_an_id_changes_with_the_words() -> None:
    assert the_row("水泵", "水泵须防水。").id != the_row("水泵", "水泵须防尘。").id


def test_a_row_says_why_it_is_one() -> None:
    row = the_row("逾期", "逾期递交的投标文件将被拒收。")

    assert row.why[0].startswith("scored ")
    assert "own words: 拒收" in row.why
    assert 0 <= row.confidence <= 1


@pytest.mark.parametrize(
    "row",
    [
        ("★2", "阀门", "口径50毫米"),
        ("2", "★阀门", "口径50毫米"),
        ("2", "阀门", "★口径50毫米"),
    ],
    ids=["before the number", "before the name", "before the parameter"],
)
def test_a_mark_printed_in_a_row_throws_out_who_fails_it(row: tuple[str, ...]) -> None:
    found = the_row("阀门", STAR, HEADER, ("1", "水泵", "流量20升"), row)

    assert (found.mark, found.knockout) == ("★", True)
    assert not the_row("水泵", STAR, HEADER, ("1", "水泵", "流量20升"), row).knockout


def test_a_mark_in_a_column_of_its_own_throws_out_who_fails_the_row() -> None:
    header = ("=序号", "货物", "技术参数", "重要性")
    rows = rows_of(STAR, header, ("1", "水泵", "流量20升", ""), ("2", "阀门", "口径50毫米", "★"))

    assert [(row.mark, row.knockout) for row in rows[1:]] == [(None, False), ("★", True)]


def test_the_number_of_a_marked_row_is_told_without_the_mark() -> None:
    assert the_row("阀门", HEADER, ("★2", "阀门", "口径50毫米")).clause == "2"


def test_a_mark_before_one_of_several_parameters_does_not_cover_the_others() -> None:
    rows = rows_of(STAR, HEADER, ("1", "水泵", "★1、流量不小于20升；\n2、扬程不低于30米。"))

    assert [(row.clause, row.mark, row.knockout) for row in rows[1:]] == [("1、", "★", True), ("2、", None, False)]


def test_a_mark_at_the_number_of_a_row_covers_every_parameter_in_it() -> None:
    rows = rows_of(STAR, HEADER, ("★1", "水泵", "1、流量不小于20升；\n2、扬程不低于30米。"))

    assert [(row.mark, row.knockout) for row in rows[1:]] == [("★", True), ("★", True)]
