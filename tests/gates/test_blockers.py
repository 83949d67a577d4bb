"""A gate is a pure function: values in, blockers out, nothing means open."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import bidkit.gates
from bidkit.gates.blockers import (
    blocker,
    blocker_text,
    blockers_to_complete,
    blockers_to_enter,
    stands_on_law,
)
from bidkit.gates.model import Deal, FactState, FormStatus, Standing, Standings
from bidkit.gates.position import Position, position
from bidkit.gates.proof import standings
from bidkit.kernel.language import Language
from bidkit.vocabulary.approvals import blocker_texts
from bidkit.vocabulary.stages import FactKind
from tests.gates.builders import BOOK, TODAY, a_deal, a_form, shown, waived

_MODEL = BOOK.model
_DONE = (FactKind.MILESTONE, FactKind.SUCCESS, FactKind.PROCESS)


def seen(deal: Deal) -> tuple[Standings, Position]:
    found = standings(deal, BOOK, TODAY)
    return found, position(_MODEL, found)


def proven(through: int) -> dict[str, Standing]:
    return {
        fact.id: Standing(fact.id, FactState.PROVEN)
        for stage in _MODEL.stages[:through]
        for fact in stage.of_kind(*_DONE)
    }


def test_a_new_deal_is_kept_out_of_stage_one_by_the_call_that_was_not_made() -> None:
    found, where = seen(a_deal())
    (only,) = blockers_to_enter(_MODEL, found, where, 1)
    assert (only.code, only.fact, only.who, only.values) == (
        "form-missing", "S1.M1", ("sales",), (("form", "phone_record"),),
    )  # fmt: skip
    assert blocker_text(only, Language.EN) == (
        "Form phone_record is missing",
        "Fill in and submit the form",
    )


def test_a_gate_with_everything_proven_is_open() -> None:
    done = proven(3)
    where = position(_MODEL, done)
    assert blockers_to_complete(_MODEL, done, where, 3) == ()
    assert [b.fact for b in blockers_to_enter(_MODEL, done, where, 4)] == ["S4.M1"]


def test_a_stage_whose_predecessor_is_not_completed_says_so() -> None:
    done = {fact: s for fact, s in proven(4).items() if fact != "S3.C5"}
    found = blockers_to_enter(_MODEL, done, position(_MODEL, done), 4)
    assert [(b.code, b.values) for b in found] == [("stage-not-completed", (("stage", "S3"),))]


def test_completing_names_every_open_action_commitment_and_process_condition() -> None:
    found, where = seen(a_deal())
    named = {b.fact for b in blockers_to_complete(_MODEL, found, where, 6) if b.fact}
    assert {"S6.C1", "S6.C2", "S6.C3", "S6.C4", "S6.P1", "S6.P5", "S6.M1"} <= named
    assert not {fact for fact in named if ".R" in fact or ".I" in fact or ".A" in fact}


def test_a_fact_nobody_looked_at_keeps_the_gate_shut() -> None:
    where = position(_MODEL, {})
    assert [b.code for b in blockers_to_enter(_MODEL, {}, where, 1)] == ["no-proof"]


def test_a_draft_is_named_as_what_is_missing() -> None:
    found, where = seen(a_deal(forms=[a_form("phone_record", FormStatus.DRAFT)]))
    assert [b.code for b in blockers_to_enter(_MODEL, found, where, 1)] == ["form-not-submitted"]


class TestLateEntry:
    def _late(self) -> tuple[Standings, Position]:
        early = [f for f in _MODEL.facts.values() if f.stage <= 4 and f.kind in _DONE]
        return seen(a_deal(waivers=[waived(f.id) for f in early], evidence=[shown("S5.M1")]))

    def test_a_tender_out_of_the_blue_is_entered_with_waivers_and_forces_a_go_no_go(self) -> None:
        found, where = self._late()
        assert (where.declared.entered, where.strict.entered, where.late_entry) == (5, 0, True)
        assert [b.code for b in blockers_to_enter(_MODEL, found, where, 5)] == ["go-no-go-missing"]
        assert blockers_to_enter(_MODEL, found, where, 5, may_bid=True) == ()

    def test_a_deal_that_went_all_the_way_needs_no_extra_go_no_go(self) -> None:
        done = proven(5)
        assert blockers_to_enter(_MODEL, done, position(_MODEL, done), 5) == ()


@pytest.mark.parametrize("code", sorted(blocker_texts()))
@pytest.mark.parametrize("language", list(Language))
def test_every_blocker_reads_as_a_sentence_and_a_remedy(code: str, language: Language) -> None:
    names = (
        "form",
        "why",
        "until",
        "stage",
        "item",
        "score",
        "floor",
        "rule",
        "topic",
        "reason",
        "who",
        "role",
        "blocker",
        "evidence",
        "forms",
        "outcome",
    )
    said, remedy = blocker_text(blocker(code, owners=("sales",), **dict.fromkeys(names, "x")), language)
    assert said
    assert remedy
    assert "{" not in said + remedy
    assert blocker(code, owners=("sales",)).who != ("owner",)


def test_every_blocker_that_has_words_is_made_somewhere_and_no_other() -> None:
    room = Path(bidkit.gates.__file__).parent
    sources = "".join(path.read_text("utf-8") for path in room.glob("*.py"))
    known = set(blocker_texts())
    assert {code for code in known if f'"{code}"' not in sources} == set()
    assert set(re.findall(r'(?:blocker|Shortfall)\(\s*"([a-z-]+)"', sources)) <= known


def test_only_blockers_with_law_behind_them_stand_on_law() -> None:
    assert {code for code in blocker_texts() if stands_on_law(blocker(code))} == {
        "hard-stop-by-law", "forbidden-by-law", "override-by-law", "public-notice-only",
    }  # fmt: skip


def test_one_deals_gates_take_less_than_fifty_milliseconds() -> None:
    matrix = [replace(a_form("response_matrix"), id=f"r{n}") for n in range(100)]
    each = [a_form(form) for form in BOOK.forms]
    deal = a_deal(forms=[*each, *matrix], evidence=[shown(fact) for fact in _MODEL.facts])
    seen(deal)
    best = min(_seconds(deal) for _ in range(5))
    assert best < 0.05


def _seconds(deal: Deal) -> float:
    start = time.perf_counter()
    found = standings(deal, BOOK, date(2026, 3, 20))
    where = position(_MODEL, found)
    for stage in range(1, 9):
        blockers_to_complete(_MODEL, found, where, stage)
    return time.perf_counter() - start
