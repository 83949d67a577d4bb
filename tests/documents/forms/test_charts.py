from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from bidkit.documents.forms.charts import competitors_svg, organisation_svg, roles_svg
from bidkit.documents.forms.charts.draw import ATTITUDES, folded
from bidkit.kernel.language import Language

SVG = "{http://www.w3.org/2000/svg}"


def a_node(key: str, parent: str = "", **changes: str) -> dict[str, Any]:
    return {"node_id": key, "parent_id": parent, "unit": f"部门{key}", "source": "拜访", **changes}


def texts(svg: str) -> list[str]:
    return [found.text or "" for found in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """(left, top, right, bottom) of every box that holds words."""
    found = []
    for rect in ElementTree.fromstring(svg).iter(f"{SVG}rect"):
        x, y, w, h = (float(rect.get(name, "0")) for name in ("x", "y", "width", "height"))
        if rect.get("stroke") != "none":
            found.append((x, y, x + w, y + h))
    return found


def size(svg: str) -> tuple[float, float]:
    root = ElementTree.fromstring(svg)
    _, _, width, height = map(float, root.get("viewBox", "").split())
    return width, height


def test_every_unit_and_person_of_the_organisation_is_drawn_once() -> None:
    nodes = [a_node("1", person="c-1", position="主任"), a_node("2", "1", person="c-2"), a_node("3", "1")]
    svg = organisation_svg(nodes, Language.ZH, names={"c-1": "周明远"})
    assert sorted(texts(svg)) == sorted(["部门1", "周明远", "主任", "部门2", "c-2", "部门3"])


def test_boxes_of_a_large_organisation_do_not_overlap_and_stay_on_the_page() -> None:
    nodes = [a_node("0")] + [a_node(f"{d}", "0") for d in range(1, 6)]
    nodes += [a_node(f"{d}.{t}", f"{d}", person=f"c-{d}{t}") for d in range(1, 6) for t in range(7)]
    svg = organisation_svg(nodes, Language.ZH, tallest=225)
    found = boxes(svg)
    assert len(found) == 41
    overlaps = [
        (a, b)
        for n, a in enumerate(found)
        for b in found[n + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert overlaps == []
    assert size(svg)[1] <= 225


@pytest.mark.parametrize(
    "nodes",
    [
        [a_node("1", "2"), a_node("2", "1")],
        [a_node("1", "1")],
        [a_node("1", "nobody"), a_node("2", "1")],
        [a_node("1"), a_node("1")],
        [{"unit": "无编号"}, {"unit": "无编号"}],
    ],
    ids=["ring", "own chief", "unknown chief", "twice", "without ids"],
)
def test_a_faulty_organisation_is_still_drawn(nodes: list[dict[str, Any]]) -> None:
    assert len(boxes(organisation_svg(nodes, Language.EN))) == len(nodes)


def test_attitudes_colour_the_people_and_are_explained() -> None:
    svg = organisation_svg([a_node("1", person="c-1")], Language.EN, attitudes={"c-1": -2})
    assert svg.count(ATTITUDES[-2]) == 2
    assert "Against" in texts(svg)


def test_reporting_to_somebody_else_is_a_dashed_line() -> None:
    nodes = [a_node("1"), a_node("2", "1"), a_node("3", "1"), a_node("4", "2", reports_to="3")]
    assert organisation_svg(nodes, Language.EN).count("stroke-dasharray") == 1


def test_people_stand_at_their_influence_and_the_lower_of_their_attitudes() -> None:
    person = {"contact_id": "c-1", "influence": 5, "attitude_solution": 2, "attitude_company": -1}
    (x, y) = place_of("c-1", roles_svg([person], Language.EN))
    (against, _) = place_of("Reserved", roles_svg([person], Language.EN))
    assert abs(x - against) < 20
    assert y < place_of("4", roles_svg([person], Language.EN))[1]


def place_of(text: str, svg: str) -> tuple[float, float]:
    found = next(one for one in ElementTree.fromstring(svg).iter(f"{SVG}text") if one.text == text)
    return float(found.get("x", "0")), float(found.get("y", "0"))


def test_bars_are_as_long_as_the_scores_and_the_strongest_is_on_top() -> None:
    weak = {"competitor_id": "B", "qualification_score": "10", "technical_score": "20", "price_score": "20"}
    strong = {"competitor_id": "A", "technical_score": 40, "price_score": "60"}
    svg = competitors_svg([weak, strong], Language.EN)
    lengths = [right - left for left, _, right, _ in all_bars(svg)]
    assert place_of("A", svg)[1] < place_of("B", svg)[1]
    assert lengths[0] / lengths[2] == pytest.approx(4, rel=0.01)
    assert "100 (2/3)" in texts(svg)
    assert "50" in texts(svg)


def all_bars(svg: str) -> list[tuple[float, float, float, float]]:
    found = []
    for rect in ElementTree.fromstring(svg).iter(f"{SVG}rect"):
        x, y, w, h = (float(rect.get(name, "0")) for name in ("x", "y", "width", "height"))
        if h == 5.6:
            found.append((x, y, x + w, y + h))
    return found


@pytest.mark.parametrize("draw", [organisation_svg, roles_svg, competitors_svg])
def test_nothing_gives_no_drawing(draw: Any) -> None:
    assert draw([], Language.ZH) == ""


@pytest.mark.parametrize("language", Language)
def test_texts_in_a_drawing_are_escaped(language: Language) -> None:
    evil = '<script href="x">&'
    svgs = [
        organisation_svg([a_node("1", unit=evil, person="c")], language, names={"c": evil}),
        roles_svg([{"contact_id": evil, "influence": 1, "attitude_company": 0}], language),
        competitors_svg([{"competitor_id": evil, "price_score": 1}], language),
    ]
    assert [bool(re.search("<script", svg)) for svg in svgs] == [False] * 3
    assert all("<script" in "".join(texts(svg)) for svg in svgs)


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("设备科", 2, ["设备科"]),
        ("青澜市水务中心设备管理与采购科", 3, ["青澜市水务", "中心设备管", "理与采购科"]),
        ("Finance and audit", 3, ["Finance", "and audit"]),
        ("青澜市水务中心设备管理与采购科", 1, ["青澜市水…"]),
    ],
    ids=["short", "Chinese breaks anywhere", "words stay whole", "cut"],
)
def test_words_are_folded_into_their_box(text: str, limit: int, lines: list[str]) -> None:
    assert folded(text, 10 * 2.6 * 0.53 + 0.1, 2.6, limit) == lines
