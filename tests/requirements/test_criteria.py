from __future__ import annotations

import pytest

from bidkit.requirements.criteria import criteria_of
from bidkit.requirements.model import Force
from tests.builders import a_requirement


@pytest.mark.parametrize(
    ("text", "section", "group"),
    [
        ("投标报价 | 最低价得满分 | 30", (), "price"),
        ("实施方案 | 完整 | 40", (), "technical"),
        ("类似业绩 | 每个2分 | 6", (), "commercial"),
        ("Cost proposal | lowest | 30", (), "price"),
        ("Past performance | three | 10", (), "commercial"),
        ("Staffing | enough | 10", (), "technical"),
        ("完整性 | 优 | 6", ("评分办法", "商务部分"), "commercial"),
        ("完整性 | 优 | 6", ("商务部分", "技术部分"), "technical"),
        ("A | b | 6", (), "technical"),
    ],
    ids=["price", "technical", "commercial", "price en", "commercial en", "technical en", "heading", "nearest", "none"],
)
def test_a_criterion_belongs_to_the_group_its_name_or_else_its_nearest_heading_tells(
    text: str, section: tuple[str, ...], group: str
) -> None:
    row = a_requirement(text=text, section=section, force=Force.SCORED, points=6.0)

    (criterion,) = criteria_of([row])

    assert criterion.group == group


def test_a_criterion_is_named_by_its_first_cell_and_keeps_points_and_place() -> None:
    row = a_requirement(text="投标报价 | 最低价得满分 | 30", force=Force.SCORED, points=30.0)

    (criterion,) = criteria_of([row])

    assert (criterion.name, criterion.points) == ("投标报价", 30.0)
    assert (criterion.requirement_id, criterion.anchor) == (row.id, row.anchor)


def test_rows_without_points_or_without_a_score_are_no_criteria() -> None:
    rows = [
        a_requirement(1, force=Force.SCORED, points=None),
        a_requirement(2, force=Force.MANDATORY, points=5.0),
    ]

    assert criteria_of(rows) == ()
