"""Position: entered and completed are two facts, and nothing is ticked by time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bidkit.gates.model import FactState, Standing
from bidkit.gates.position import Position, Reach, position
from bidkit.vocabulary.stages import FactKind, stage_model

_MODEL = stage_model()


def proven(*kinds: FactKind, stages: range) -> dict[str, Standing]:
    """Standings in which every fact of these kinds in these stages is proven."""
    return {
        fact.id: Standing(fact.id, FactState.PROVEN)
        for stage in _MODEL.stages
        if stage.number in stages
        for fact in stage.of_kind(*kinds)
    }


_DONE = (FactKind.MILESTONE, FactKind.SUCCESS, FactKind.PROCESS)


def located(standings: dict[str, Standing]) -> Position:
    return position(_MODEL, standings)


def test_rule_1_a_stage_with_one_milestone_action_missing_is_not_entered() -> None:
    standings = proven(*_DONE, stages=range(1, 3)) | proven(FactKind.MILESTONE, stages=range(3, 4))
    assert located(standings).declared == Reach(entered=3, completed=2)
    del standings["S3.M2"]
    assert located(standings).declared == Reach(entered=2, completed=2)


def test_rule_2_a_stage_is_completed_only_with_every_success_action_and_the_customers_commitment() -> None:
    standings = proven(*_DONE, stages=range(1, 3))
    assert located(standings).declared == Reach(2, 2)
    without_commitment = {fact: s for fact, s in standings.items() if fact != "S2.C4"}
    assert located(without_commitment).declared == Reach(2, 1)
    without_action = {fact: s for fact, s in standings.items() if fact != "S2.C1"}
    assert located(without_action).declared == Reach(2, 1)


def test_rule_3_a_completed_stage_does_not_enter_the_next_and_the_deal_rests_between() -> None:
    resting = located(proven(*_DONE, stages=range(1, 4)))
    assert (resting.declared, resting.declared.rests) == (Reach(entered=3, completed=3), True)
    entered = located(proven(*_DONE, stages=range(1, 4)) | proven(FactKind.MILESTONE, stages=range(4, 5)))
    assert (entered.declared, entered.declared.rests) == (Reach(entered=4, completed=3), False)


def test_company_a_asked_for_a_formal_design_has_finished_the_exchange_and_not_begun_the_design() -> None:
    standings = proven(*_DONE, stages=range(1, 5))
    after_the_exchange = located(standings).declared
    assert after_the_exchange == Reach(entered=4, completed=4)
    design_submitted = located(standings | {"S5.M1": Standing("S5.M1", FactState.PROVEN)}).declared
    assert design_submitted == Reach(entered=5, completed=4)
    assert after_the_exchange.point < design_submitted.point


def test_an_open_process_condition_holds_completion_until_proven_or_waived() -> None:
    standings = proven(*_DONE, stages=range(1, 2))
    standings["S1.P4"] = Standing("S1.P4", FactState.OPEN)
    held = located(standings)
    assert held.declared == Reach(1, 0)
    assert held.stages[0].open_process == ("S1.P4",)
    standings["S1.P4"] = Standing("S1.P4", FactState.WAIVED)
    assert located(standings).declared == located(standings).strict == Reach(1, 1)
    assert not located(standings).late_entry


def test_relationship_and_information_conditions_are_scored_and_do_not_hold_the_deal() -> None:
    bare = located(proven(*_DONE, stages=range(1, 2)))
    full = located(proven(*_DONE, FactKind.RELATIONSHIP, FactKind.INFORMATION, stages=range(1, 2)))
    assert bare.declared == full.declared == Reach(1, 1)
    assert (bare.stages[0].scored, full.stages[0].scored, full.stages[0].scored_of) == (0, 3, 3)


def test_a_condition_the_law_closes_is_not_counted_against_us() -> None:
    standings = {"S6.R1": Standing("S6.R1", FactState.CLOSED_BY_LAW)}
    assert (located(standings).stages[5].scored, located(standings).stages[5].scored_of) == (0, 1)


def test_a_late_entry_is_declared_where_it_works_and_strict_where_it_really_stands() -> None:
    waived = {fact: replace(s, state=FactState.WAIVED) for fact, s in proven(*_DONE, stages=range(1, 5)).items()}
    late = located(waived | proven(FactKind.MILESTONE, stages=range(5, 6)))
    assert late.declared == Reach(entered=5, completed=4)
    assert late.strict == Reach(0, 0)
    assert late.late_entry
    assert {"S1.M1", "S4.C3"} <= set(late.waived)


def test_a_later_stage_alone_does_not_move_the_deal() -> None:
    assert located(proven(*_DONE, stages=range(2, 9))).declared == Reach(0, 0)


def test_the_whole_process_done_is_eight_entered_and_eight_completed() -> None:
    assert located(proven(*_DONE, stages=range(1, 9))).declared == Reach(8, 8)


@pytest.mark.parametrize("fact", ["S2.M1", "S2.C4", "S2.P2"])
def test_a_fact_that_falls_away_moves_the_position_back(fact: str) -> None:
    standings = proven(*_DONE, stages=range(1, 6))
    assert located(standings).declared == Reach(5, 5)
    assert located({i: s for i, s in standings.items() if i != fact}).declared.completed == 1
