from __future__ import annotations

import pytest

from bidkit.kernel.finding import Finding
from bidkit.requirements.solicitation import read_solicitation
from bidkit.vocabulary.tables import labels
from tests.requirements.builders import Row, a_tender, everything_is_a_row

SCORES = ("=因素", "标准", "分值")
CODES = ("numbering-gap", "score-sum", "missing-attachment", "mark-without-legend")


def findings_of(*parts: str | Row, name: str = "tender.docx") -> list[Finding]:
    """What the tender itself gets wrong, without what the fact readers found."""
    found = read_solicitation([a_tender(*parts, name=name)], everything_is_a_row()).findings
    return [finding for finding in found if finding.code in CODES]


@pytest.mark.parametrize(
    ("items", "before", "after"),
    [
        (["1、水泵须防水。", "2、阀门须防水。", "4、管道须防水。"], "2", "4"),
        (["（1）水泵须防水。", "（3）管道须防水。"], "1", "3"),
        (["一、水泵须防水。", "三、管道须防水。"], "一", "三"),
        (["①水泵须防水。", "③管道须防水。"], "①", "③"),
        (["1) The pump shall run.", "3) The pipe shall hold."], "1", "3"),
        (["1.1 The pump shall run.", "1.3 The pipe shall hold."], "1.1", "1.3"),
        (["1.9 水泵须防水。", "1.11 管道须防水。"], "1.9", "1.11"),
    ],
)
def test_a_list_that_skips_a_number_is_asked_about(items: list[str], before: str, after: str) -> None:
    (finding,) = findings_of(*items)

    assert (finding.code, finding.values) == ("numbering-gap", (("before", before), ("after", after)))
    assert [anchor.block for anchor in finding.anchors] == [len(items) - 1]


@pytest.mark.parametrize(
    "items",
    [
        ["1、水泵须防水。", "2、阀门须防水。", "3、管道须防水。"],
        ["1、水泵须防水。", "1、阀门须防水。"],
        ["1、水泵须防水。", "7、阀门须防水。"],
        ["1.9 水泵须防水。", "1.10 阀门须防水。"],
        ["1.9 水泵须防水。", "2.1 阀门须防水。"],
        ["一、水泵", "1、须防水。", "2、须防尘。", "二、阀门", "1、须防水。", "2、须防尘。"],
    ],
    ids=["complete", "repeated", "another list", "ten follows nine", "next section", "restart"],
)
def test_a_list_without_a_gap_is_not(items: list[str]) -> None:
    assert findings_of(*items) == []


def test_scores_that_do_not_add_up_to_a_hundred_are_asked_about() -> None:
    (finding,) = findings_of("评分", SCORES, ("报价", "低", "30"), ("方案", "好", "40"), ("业绩", "多", "20"))

    assert (finding.code, finding.values) == ("score-sum", (("sum", "90"), ("stated", "100")))
    assert [anchor.block for anchor in finding.anchors] == [2, 4]


@pytest.mark.parametrize("points", [("30", "50", "20"), ("30", "40")], ids=["sum fits", "too few to judge"])
def test_scores_that_add_up_or_are_too_few_are_not(points: tuple[str, ...]) -> None:
    rows = [(f"因素{number}", "好", value) for number, value in enumerate(points)]

    assert findings_of("评分", SCORES, *rows) == []


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["投标人的报价单须按附件3填写。"], "附件3"),
        (["投标人的报价单须按附件三填写。"], "附件三"),
        (["The bidder shall fill in Annex B."], "annexb"),
        (["投标人的报价单须按附件1填写。", "附件12 报价单"], "附件1"),
    ],
)
def test_an_attachment_that_is_named_and_not_there_is_asked_for(lines: list[str], name: str) -> None:
    (finding,) = findings_of(*lines)

    assert (finding.code, finding.values) == ("missing-attachment", (("name", name),))
    assert [anchor.block for anchor in finding.anchors] == [0]


@pytest.mark.parametrize(
    ("lines", "file"),
    [
        (["投标人的报价单须按附件3填写。", "附件3 报价单"], "tender.docx"),
        (["投标人的报价单须按附件3填写。", "# 附件3：报价单", "单价"], "tender.docx"),
        (["投标人的报价单须按附件3填写。", "附件2、附件3 报价单"], "tender.docx"),
        (["投标人的报价单须按附件3填写。"], "附件3.docx"),
        (["The bidder shall fill in Annex B.", "ANNEX B PRICES"], "tender.docx"),
        (["The bidder shall fill in Annex B."], "Annex_B.docx"),
    ],
    ids=["as a line", "as a heading", "in a title of two", "as a file", "in capitals", "as a file with underscore"],
)
def test_an_attachment_that_is_there_is_not(lines: list[str], file: str) -> None:
    assert findings_of(*lines, name=file) == []


def test_a_mark_without_a_legend_is_asked_about_once() -> None:
    (finding,) = findings_of("★1、水泵须防水。", "★2、阀门须防水。")

    assert (finding.code, finding.values) == ("mark-without-legend", (("mark", "★"),))
    assert [anchor.block for anchor in finding.anchors] == [0]


def test_a_mark_with_a_legend_is_not() -> None:
    assert findings_of("标“★”的条款不满足的，投标无效。", "★1、水泵须防水。") == []


def test_every_contradiction_has_its_words_in_both_languages() -> None:
    assert set(CODES) <= set(labels("findings"))
