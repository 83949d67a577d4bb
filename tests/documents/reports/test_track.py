"""The drawing of our stages beside the customer's steps."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

from bidkit.documents.cells import width_of
from bidkit.documents.fonts import FAMILY
from bidkit.documents.reports.model import StageMark, StageState, Track
from bidkit.documents.reports.track import rest_text, stage_drawing, wrapped
from bidkit.kernel.language import Language
from tests.documents.reports.builders import MODEL, a_track

ZH, EN = Language.ZH, Language.EN
SVG = "{http://www.w3.org/2000/svg}"


def words(track: Track, language: Language = EN) -> list[str]:
    """Every text of the drawing, after making sure it is well-formed."""
    root = etree.fromstring(stage_drawing(track, MODEL, language))
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def node_at(track: Track, number: int) -> str:
    """How far right the node of the customer's step stands, as the drawing's own number."""
    found = re.findall(r'cx="([\d.]+)" cy="[\d.]+" r="2.9"', stage_drawing(track, MODEL, EN))
    return f"{number}:{found}"


def test_the_drawing_asks_for_the_typeface_that_pages_embed() -> None:
    assert etree.fromstring(stage_drawing(a_track(), MODEL, EN)).get("font-family", "").startswith(f"'{FAMILY}'")


@pytest.mark.parametrize("language", list(Language))
def test_every_stage_and_every_step_of_the_customer_is_named(language: Language) -> None:
    said = "".join(words(a_track(), language)).replace(" ", "")
    for stage in MODEL.stages:
        assert stage.label.of(language).replace(" ", "") in said
        assert stage.step_label.of(language).replace(" ", "") in said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (StageState.COMPLETED, "completed"),
        (StageState.WAIVED, "3 waived"),
        (StageState.ENTERED, "entered"),
        (StageState.BLOCKED, "not entered"),
        (StageState.AHEAD, "not reached"),
    ],
)
def test_a_state_is_told_by_a_word_and_not_by_colour_alone(state: StageState, said: str) -> None:
    track = a_track(marks=(*a_track().marks[:7], StageMark(8, state, 0, 3 if state is StageState.WAIVED else 0)))
    assert said in words(track)


def test_an_open_gate_says_how_much_is_missing() -> None:
    assert "2 open" in words(a_track())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Behind the customer by 2"),
        ({"pace": "in_sync", "gap": 0, "customer": 3}, "In sync with the customer"),
        ({"pace": "ahead", "gap": -1, "customer": 2}, "Ahead of the customer by 1"),
        ({"pace": "unknown", "gap": None, "why_unknown": "stale"}, "Unknown: the customer's step is out of date"),
        ({"pace": "unknown", "gap": None, "customer": None}, "Unknown: the customer's step was never seen"),
    ],
)
def test_the_gap_is_said_between_the_tracks(changes: dict[str, object], said: str) -> None:
    assert said in words(a_track(**changes))


def test_the_customers_step_is_marked_where_it_is_known_and_nowhere_when_it_is_not() -> None:
    assert node_at(a_track(), 5) == "5:['111.875']"
    assert node_at(a_track(customer=None, pace="unknown"), 0) == "0:[]"


def test_a_deal_that_entered_nothing_can_be_drawn() -> None:
    track = a_track(entered=0, completed=0, marks=tuple(StageMark(n, StageState.AHEAD) for n in range(1, 9)))
    assert words(track)


def test_words_that_look_like_markup_stay_words() -> None:
    stage = replace(MODEL.stages[0], label=replace(MODEL.stages[0].label, en="<script>&"))
    drawn = stage_drawing(a_track(), replace(MODEL, stages=(stage, *MODEL.stages[1:])), EN)
    assert "<script" not in drawn
    assert "&lt;script&gt;&amp;" in drawn


def test_the_drawing_names_no_resource() -> None:
    assert not re.search("href|url\\(|<style|<image", stage_drawing(a_track(), MODEL, ZH))


@pytest.mark.parametrize(
    ("entered", "completed", "said"),
    [
        (0, 0, "stage 1 not entered"),
        (3, 3, "3 completed and 4 not entered"),
        (4, 3, "4 entered and not completed"),
        (8, 8, "all eight stages completed"),
    ],
)
def test_a_position_is_said_as_two_facts(entered: int, completed: int, said: str) -> None:
    assert rest_text(entered, completed, EN) == said


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("客户规划与电话邀约", ["客户规划与", "电话邀约"]),
        ("意识到问题，提出需要", ["意识到问题，", "提出需要"]),
        ("Requirements analysis and formal proposal", ["Requirements", "analysis and", "formal proposal"]),
        ("Signing", ["Signing"]),
        ("", []),
    ],
)
def test_lines_are_of_much_the_same_length(text: str, lines: list[str]) -> None:
    assert wrapped(text, 17) == lines
    assert all(width_of(line) <= 17 for line in lines)
