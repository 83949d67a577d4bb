from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bidkit.kernel.identity import content_id
from bidkit.requirements.changes import What
from bidkit.requirements.changes.carry import RowFate, carry
from bidkit.requirements.model import Force, Requirement
from tests.builders import a_requirement

TEXTS = (
    "投标人须提供原厂授权书。",
    "质保期不少于24个月。",
    "质保期不少于36个月。",
    "平台应支持双机热备。",
    "The contractor must answer a call within 4 hours.",
    "The contractor must answer a call within 8 hours.",
    "供应商应派驻两名工程师并承担其费用。",
)


def row(text: str, **changes: object) -> Requirement:
    made = a_requirement(id=content_id("req", text), text=text, clause=None, lead_in=None, mark=None, points=None)
    return replace(made, **changes)  # type: ignore[arg-type]


def answer(text: str) -> str:
    return f"满足：{text}"


def rows(*texts: str) -> list[Requirement]:
    return [replace(row(text), id=content_id("req", text, str(n))) for n, text in enumerate(texts)]


def test_a_changed_row_keeps_its_id_and_its_answer_and_is_opened_again() -> None:
    old, new = row("质保期不少于24个月。"), row("质保期不少于36个月。")
    (link,) = carry([old], {old.id: answer("24")}, [new]).links
    assert (link.fate, link.what, link.new and link.new.id) == (RowFate.CHANGED, What.NUMBER, old.id)
    assert (link.work, link.touched, link.reopens) == (answer("24"), True, True)


def test_an_unchanged_row_stays_closed() -> None:
    old = row("质保期不少于24个月。")
    (link,) = carry([old], {old.id: answer("24")}, [replace(old, anchor=replace(old.anchor, block=99))]).links
    assert (link.fate, link.touched) == (RowFate.UNCHANGED, False)


def test_a_removed_row_keeps_what_was_written_on_it() -> None:
    kept, gone = row("平台应支持双机热备。"), row("投标人须提供原厂授权书。")
    links = carry([kept, gone], {gone.id: answer("授权书")}, [kept]).links
    assert [(link.fate, link.touched) for link in links] == [(RowFate.UNCHANGED, False), (RowFate.REMOVED, True)]


def test_a_row_that_binds_otherwise_is_changed_though_its_words_are_the_same() -> None:
    old = row("平台应支持双机热备。")
    for change, what in (
        ({"mark": "★"}, What.MARK),
        ({"points": 5.0}, What.NUMBER),
        ({"force": Force.OPTIONAL}, What.STRENGTH),
        ({"lead_in": "如投标人提供云平台，须满足："}, What.WORDING),
    ):
        (link,) = carry([old], {}, [replace(old, **change)]).links  # type: ignore[arg-type]
        assert (link.fate, link.what) == (RowFate.CHANGED, what) or what is What.WORDING
        assert link.fate is RowFate.CHANGED


@given(st.lists(st.sampled_from(TEXTS), max_size=9), st.lists(st.sampled_from(TEXTS), max_size=9))
@settings(max_examples=120, deadline=None)
def test_no_row_is_lost_no_answer_is_lost_and_no_id_stands_twice(old: list[str], new: list[str]) -> None:
    before, after = rows(*old), rows(*new)
    work = {one.id: answer(one.id) for one in before}
    carried = carry(before, work, after)
    assert sorted(link.old.id for link in carried.links if link.old) == sorted(one.id for one in before)
    assert sorted(one.text for one in carried.rows) == sorted(new)
    assert sorted(link.work or "" for link in carried.links if link.old) == sorted(work.values())
    ids = [one.id for one in carried.rows]
    assert len(ids) == len(set(ids))
    assert all(link.touched for link in carried.links if link.old and not link.new)
