"""Two people's words on one row joined, and approvals that do not outlive what they approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bidkit.respond.response import NO_RESPONSE, Clash, Compliance, Response, RowEdit, State, merge

SHOWN = Response(Compliance.FULL, "36 months", "yes", "P1", "li", date(2027, 3, 1), State.APPROVED, "n", 4)


def edited(**words: object) -> RowEdit:
    return RowEdit("req-1", replace(SHOWN, **words), SHOWN)


def test_a_field_changed_on_one_side_is_taken_and_on_both_is_a_clash() -> None:
    current = replace(SHOWN, owner="wang", note="theirs")
    merged, clashes = merge(edited(note="mine", due_on=None), current)
    assert merged == replace(current, due_on=None)
    assert clashes == (Clash("req-1", "note", "theirs", "mine"),)


@pytest.mark.parametrize("word", ["compliance", "offered", "answer", "proof"])
def test_a_change_of_what_the_buyer_is_told_takes_the_approval_back(word: str) -> None:
    value = Compliance.NONE if word == "compliance" else "other"
    assert merge(edited(**{word: value}), SHOWN)[0].state is State.DRAFTED


@pytest.mark.parametrize("words", [{"owner": "wang"}, {"note": "x"}, {"due_on": None}])
def test_other_changes_leave_the_approval(words: dict[str, object]) -> None:
    assert merge(edited(**words), SHOWN)[0].state is State.APPROVED


def test_an_approval_given_with_the_change_itself_stands() -> None:
    shown = replace(SHOWN, state=State.DRAFTED)
    edit = RowEdit("req-1", replace(shown, answer="new", state=State.APPROVED), shown)
    assert merge(edit, shown)[0].state is State.APPROVED


def test_a_sheet_that_does_not_say_what_it_showed_can_add_and_not_remove() -> None:
    merged, clashes = merge(RowEdit("req-1", Response(note="x")), replace(SHOWN, note=""))
    assert merged == replace(SHOWN, note="x")
    assert clashes == ()


def test_a_proof_names_the_facts_it_rests_on() -> None:
    proof = "营业执照 fact-0123456789ab 第 1 页; fact-xyz; fact-ba9876543210"
    assert replace(NO_RESPONSE, proof=proof).fact_ids == ("fact-0123456789ab", "fact-ba9876543210")


def test_an_untouched_response_is_empty_and_unanswered() -> None:
    assert NO_RESPONSE.empty
    assert not NO_RESPONSE.answered
    assert not replace(NO_RESPONSE, due_on=date(2027, 1, 1)).empty
