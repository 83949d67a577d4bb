from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from bidkit.requirements.points import points_of, says_maximum

ZH = ("评审因素", "评分标准", "分值")


@pytest.mark.parametrize(
    ("header", "own", "shared", "points"),
    [
        (ZH, {0: "方案", 1: "完整", 2: "10"}, {}, 10),
        (ZH, {0: "方案", 1: "完整", 2: "10分"}, {}, 10),
        (ZH, {0: "方案", 1: "完整", 2: "2.5"}, {}, 2.5),
        (ZH, {0: "方案", 1: "完整", 2: "0-10分"}, {}, 10),
        (("Criterion", "Weight"), {0: "Price", 1: "30%"}, {}, 30),
        (("Criterion", "Rating"), {0: "Plan", 1: "5 max"}, {}, 5),
        (("Criterion", "Points", "Max. points"), {0: "Plan", 1: "5 max"}, {2: "40"}, 5),
        (("因素", "标准", "满分"), {0: "方案", 1: "良"}, {2: "30"}, 30),
        (("组", "分值", "子项", "分值"), {2: "人员", 3: "6"}, {0: "技术", 1: "30"}, 6),
        (("Group", "Item"), {0: "Plan", 1: "Method", 2: "15"}, {}, 15),
    ],
    ids=[
        "own column",
        "with its unit",
        "half points",
        "a range ends in it",
        "percent",
        "a cell that says max",
        "own max before the group's",
        "column of maxima shared by bands",
        "own points before the group's",
        "any number behind the first column",
    ],
)
def test_the_cells_tell_the_maximum(
    header: Sequence[str], own: Mapping[int, str], shared: Mapping[int, str], points: float
) -> None:
    assert points_of(" | ".join(own.values()), header, own, shared) == points


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("技术方案（10分）：完整的得8至10分", 10),
        ("技术方案（满分12分）", 12),
        ("培训方案满分5分", 5),
        ("每个业绩得2分，最高得6分", 6),
        ("酌情得0～5分", 5),
        ("Plan, up to 20 points", 20),
        ("Worth 12 points in all", 12),
        ("Method (15 marks)", 15),
    ],
)
def test_the_words_tell_the_maximum_where_no_cell_does(text: str, points: float) -> None:
    assert points_of(text, (), {0: text}, {}) == points


@pytest.mark.parametrize(
    ("header", "own", "shared"),
    [
        (ZH, {0: "方案", 1: "完整"}, {2: "30"}),
        (ZH, {0: "方案", 2: "9999"}, {}),
        (ZH, {0: "方案", 2: "0"}, {}),
        (ZH, {0: "1", 1: "方案"}, {}),
        ((), {}, {}),
    ],
    ids=["only the group's points", "more than any scale", "nothing to win", "a row number", "no cell"],
)
def test_a_criterion_without_a_stated_maximum_has_no_points(
    header: Sequence[str], own: Mapping[int, str], shared: Mapping[int, str]
) -> None:
    assert points_of("方案完整", header, own, shared) is None


def test_a_cell_says_it_is_a_maximum_in_few_words() -> None:
    assert says_maximum("5 max")
    assert says_maximum("满分5分")
    assert not says_maximum("5")
    assert not says_maximum("The maximum is told by the committee before the opening")
