"""What stands at a gate or before an act, what of it a decision clears, and what exactly was seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bidkit.gates.at_gate import GO_NO_GO, Circumstances, Items, at_gate, changes, gate_names, next_gate, remaining
from bidkit.gates.decisions import Decision, Signature, Verdict
from bidkit.gates.go_no_go import GoNoGo, Recommendation
from bidkit.gates.model import Deal, FactState, Procurement, Standing
from bidkit.gates.position import position
from bidkit.gates.proof import standings
from bidkit.vocabulary.acts import acts
from bidkit.vocabulary.stages import FactKind
from tests.gates.builders import BOOK, SELECTION, TODAY, a_deal, a_form, at, shown, waived

_MODEL = BOOK.model
_DONE = (FactKind.MILESTONE, FactKind.SUCCESS, FactKind.PROCESS)
_GO = GoNoGo(Recommendation.GO, None, ())


def here(deal: Deal | None = None, **changed: Any) -> Circumstances:
    """The deal as its gates look at it."""
    given = deal or a_deal()
    found = standings(given, BOOK, TODAY)
    seen = Circumstances(_MODEL, BOOK.law, given, found, position(_MODEL, found), TODAY)
    return replace(seen, **changed)


def after(through: int, *, late: bool = False, procurement: Procurement = SELECTION, **changed: Any) -> Circumstances:
    """The deal with everything required up to a stage proven, or waived for a late one."""
    state = FactState.WAIVED if late else FactState.PROVEN
    facts = [fact for stage in _MODEL.stages[:through] for fact in stage.of_kind(*_DONE)]
    found = {fact.id: Standing(fact.id, state) for fact in facts}
    deal = a_deal(procurement=procurement)
    seen = Circumstances(_MODEL, BOOK.law, deal, found, position(_MODEL, found), TODAY)
    return replace(seen, **changed)


def decided(seen: Circumstances, gate: str, verdict: Verdict = Verdict.APPROVE, **changed: Any) -> Decision:
    """A decision on exactly what stands there."""
    stands = at_gate(seen, gate)
    made = Decision(
        "D1", stands.gate, stands.topic or "", verdict, Signature("chen", "approver"), "ok", stands.digest, at(5)
    )
    return replace(made, **changed)


@pytest.mark.parametrize("gate", gate_names(_MODEL))
def test_every_gate_and_act_answers_for_a_new_deal_and_is_shut(gate: str) -> None:
    found = at_gate(here(), gate, topic="price" if acts().get(gate) and acts()[gate].law else None)
    shut = remaining(found, ())
    free = {"contact_evaluator", "edit_evaluator_record"}
    assert bool(shut) == (gate not in free)
    assert len(found.digest) == 64


def test_the_next_gate_is_entering_completing_or_none() -> None:
    assert next_gate(_MODEL, here().position) == "S1.enter"
    assert next_gate(_MODEL, here(a_deal(forms=[a_form("phone_record")])).position) == "S1.complete"
    assert next_gate(_MODEL, after(3).position) == "S4.enter"
    assert next_gate(_MODEL, after(8).position) is None


def test_the_digest_changes_with_what_the_gate_rests_on_and_with_nothing_else() -> None:
    form = a_form("phone_record")
    seen = here(a_deal(forms=[form]))
    base = at_gate(seen, "S1.enter").digest
    assert at_gate(here(a_deal(forms=[form], evidence=[shown("S6.C4")])), "S1.enter").digest == base
    assert at_gate(here(a_deal(forms=[replace(form, digest="other")])), "S1.enter").digest != base
    assert at_gate(here(a_deal()), "S1.enter").digest != base
    assert at_gate(seen, "S1.complete").digest != base


def test_erasing_personal_values_leaves_the_digest_of_a_form_as_it_was() -> None:
    form = replace(a_form("phone_record"), digest="ab" * 32)
    poorer = replace(form, values={key: value for key, value in form.values.items() if key != "call_summary"})
    digests = {at_gate(here(a_deal(forms=[f])), "S1.enter").digest for f in (form, poorer)}
    assert len(digests) == 1


def test_what_changed_is_named_item_by_item() -> None:
    before: Items = {"S1.M1": ("proven", "F1 aa"), "S1.C1": ("open",), "gone": ("proven",)}
    now: Items = {"S1.M1": ("proven", "F1 bb"), "S1.C1": ("open",), "new": ("waived",)}
    assert [(c.item, c.before, c.now) for c in changes(before, now)] == [
        ("S1.M1", ("proven", "F1 aa"), ("proven", "F1 bb")),
        ("gone", ("proven",), ()),
        ("new", (), ("waived",)),
    ]


class TestOverrides:
    def test_an_override_in_force_clears_the_blockers_it_names(self) -> None:
        seen = here()
        names = tuple(b.code for b in at_gate(seen, "S1.enter").blockers)
        made = decided(seen, "S1.enter", overrides=names)
        assert remaining(at_gate(seen, "S1.enter"), (made,)) == ()

    def test_it_clears_no_other_blocker(self) -> None:
        seen = here()
        made = decided(seen, "S2.enter", overrides=("no-proof",))
        assert [b.code for b in remaining(at_gate(seen, "S2.enter"), (made,))] == ["stage-not-completed"]

    def test_it_is_void_once_anything_changed_and_says_so(self) -> None:
        made = decided(here(), "S1.complete", overrides=("form-missing",))
        moved = here(a_deal(forms=[a_form("phone_record", meeting_place=None)]))
        assert [b.code for b in remaining(at_gate(moved, "S1.complete"), (made,))][-1] == "decision-stale"

    def test_a_rejection_shuts_a_gate_that_was_open(self) -> None:
        seen = after(3)
        made = decided(seen, "S3.complete", Verdict.REJECT)
        assert at_gate(seen, "S3.complete").blockers == ()
        assert [b.code for b in remaining(at_gate(seen, "S3.complete"), (made,))] == ["decision-rejected"]

    def test_what_law_blocks_stays_blocked(self) -> None:
        tender = Procurement("open_tender", "tendering_law", published_on=date(2026, 3, 1))
        seen = after(6, procurement=tender)
        stands = at_gate(seen, "negotiate", topic="price")
        assert [b.code for b in stands.blockers] == ["forbidden-by-law"]
        made = replace(decided(seen, "negotiate"), gate=stands.gate, digest=stands.digest)
        assert remaining(stands, (replace(made, overrides=("forbidden-by-law",)),)) == stands.blockers


class TestActs:
    def test_an_act_waits_for_its_stages(self) -> None:
        assert [b.code for b in at_gate(after(3), "write_bid").blockers] == ["act-too-early"]
        assert at_gate(after(4), "write_bid").blockers == ()
        assert [b.code for b in at_gate(after(7), "hand_over").blockers] == ["act-before-entering"]

    def test_a_late_deal_writes_no_bid_before_its_go_decision(self) -> None:
        late = after(4, late=True)
        assert [b.code for b in at_gate(late, "write_bid").blockers] == ["go-no-go-missing"]
        go = replace(late, go=_GO, go_record=a_form("bid_decision"))
        made = decided(go, GO_NO_GO)
        assert at_gate(replace(go, decisions=(made,)), "write_bid").blockers == ()
        newer = replace(go, go_record=replace(a_form("bid_decision"), digest="newer"), decisions=(made,))
        assert [b.code for b in at_gate(newer, "write_bid").blockers] == ["go-no-go-missing"]

    def test_a_no_go_in_force_stops_every_deal(self) -> None:
        early = replace(after(4), go=_GO, go_record=a_form("bid_decision"))
        made = decided(early, GO_NO_GO, Verdict.REJECT)
        assert [b.code for b in at_gate(replace(early, decisions=(made,)), "write_bid").blockers] == [
            "decision-rejected"
        ]

    def test_sending_the_bid_needs_an_approval_of_exactly_that_bid(self) -> None:
        seen = after(4)
        one, other = (at_gate(seen, "submit_bid", subject=subject) for subject in ("aa", "bb"))
        made = replace(decided(seen, "submit_bid"), digest=one.digest)
        assert [b.code for b in remaining(one, ())] == ["decision-missing"]
        assert remaining(one, (made,)) == ()
        assert [b.code for b in remaining(other, (made,))] == ["decision-stale"]

    def test_a_closed_deal_takes_no_act(self) -> None:
        assert [b.code for b in at_gate(after(4, ended="lost"), "write_bid").blockers] == ["deal-closed"]

    def test_a_day_the_law_runs_from_that_nobody_entered_is_not_taken_for_one_that_never_came(self) -> None:
        unknown = Procurement("open_tender", "tendering_law")
        for act in ("negotiate", "change_contract"):
            codes = [b.code for b in at_gate(after(6, procurement=unknown), act, topic="price").blockers]
            assert codes == ["law-not-checked"]
        free = Procurement("enterprise_selection", "enterprise_rules")
        assert at_gate(after(6, procurement=free), "negotiate", topic="price").blockers == ()


def test_without_a_go_record_there_is_nothing_to_decide_on() -> None:
    assert [b.code for b in at_gate(here(), GO_NO_GO).blockers] == ["go-record-missing"]


def test_waiving_is_seen_in_the_digest() -> None:
    plain, let_go = here(a_deal()), here(a_deal(waivers=[waived("S1.P4")]))
    assert at_gate(plain, "S1.complete").items["S1.P4"] == ("open",)
    assert at_gate(let_go, "S1.complete").items["S1.P4"][0] == "waived"
    assert at_gate(let_go, "S1.complete").digest != at_gate(plain, "S1.complete").digest
