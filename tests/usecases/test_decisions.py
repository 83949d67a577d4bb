from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bidkit.gates.at_gate import GO_NO_GO
from bidkit.gates.decisions import Verdict
from bidkit.kernel.errors import Conflict, UsageError
from bidkit.kernel.quantity import Money
from bidkit.store import Store
from bidkit.usecases.decisions import Decided, Wanted, countersign, decide, override
from bidkit.usecases.evidence import withdraw
from bidkit.usecases.gates import GateClosed, blockers_for, show_gate
from bidkit.usecases.profile import describe_deal
from bidkit.vocabulary.approvals import go_no_go_rules
from tests.usecases.deals import DEAL, a_letter, prove_stages, show, submit

GATE = "S1.complete"


@pytest.fixture
def house(begun: Store) -> Store:
    """A house whose deal has completed its first stage."""
    return begun


def chosen(store: Store, gate: str = GATE, verdict: Verdict = Verdict.APPROVE, **changes: Any) -> Wanted:
    """What somebody who has looked at the gate wants to decide."""
    values: dict[str, Any] = {"reason": "all in order", "digest": show_gate(store, DEAL, gate).at.digest}
    return Wanted(gate, verdict, **(values | changes))


def decisions(store: Store) -> list[tuple[str, str, str]]:
    with store.read() as work:
        return [(d.id, d.by, d.verdict) for d in work.decisions.of(work.deals.get(DEAL))]


def go_record(store: Store, *, by: str = "bo", **no: bool) -> None:
    rules = go_no_go_rules()
    stops = [{"item": s.id, "ok": no.get(s.id, True), "evidence": "查过"} for s in rules.hard_stops]
    scores = [
        {"criterion": f.label.zh, "weight": str(f.weight), "score": "80", "reason": "已评估"} for f in rules.factors
    ]
    submit(store, "bid_decision", by=by, hard_stops=stops, scores=scores)


def test_a_decision_is_on_record_with_who_in_which_role_and_on_what(house: Store) -> None:
    made = decide(house, DEAL, chosen(house), by="bo")
    assert made.complete
    assert (made.entry.by, made.entry.role, made.entry.topic, made.entry.persons) == ("bo", "bid_manager", "stage", 1)
    report = show_gate(house, DEAL, GATE)
    assert report.decision is not None
    assert (report.decision.id, report.decision.digest) == ("D1", report.at.digest)
    assert report.who is not None
    assert set(report.who.roles) == {"bid_manager", "approver"}


def test_deciding_twice_changes_nothing(house: Store) -> None:
    wanted = chosen(house)
    assert [decide(house, DEAL, wanted, by="bo").created for _ in range(2)] == [True, False]
    assert decisions(house) == [("D1", "bo", "approve")]


def test_a_decision_on_what_has_changed_meanwhile_is_a_conflict_that_names_the_change(house: Store) -> None:
    wanted = chosen(house)
    withdraw(house, code=DEAL, entry="E2", reason="wrong", actor="ann")
    with pytest.raises(Conflict, match=r"has changed: S1\.(C4|P2): proven E2 → open.*bidkit gate show D-1 S1.complete"):
        decide(house, DEAL, wanted, by="bo")
    assert decisions(house) == []


def test_a_digest_nobody_was_ever_shown_is_a_conflict(house: Store) -> None:
    with pytest.raises(Conflict, match="not of what stands here"):
        decide(house, DEAL, chosen(house, digest="0" * 64), by="bo")


def test_a_decision_is_void_once_its_inputs_change(house: Store) -> None:
    decide(house, DEAL, chosen(house), by="bo")
    submit(house, "phone_record")
    report = show_gate(house, DEAL, GATE)
    assert report.decision is None


def test_of_two_who_decide_at_once_one_gets_a_conflict(house: Store) -> None:
    wanted = chosen(house)

    def attempt(who: str) -> Decided | Conflict:
        try:
            return decide(house, DEAL, wanted, by=who)
        except Conflict as error:
            return error

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(attempt, ("bo", "chen")))
    lost = [e for e in ended if isinstance(e, Conflict)]
    assert len(decisions(house)) == 1
    assert len(lost) == 1
    assert re.search("(bo|chen) has decided on the same content already", str(lost[0]))


@pytest.mark.parametrize(
    ("who", "changes", "said"),
    [
        ("ann", {}, "ann as .* may not decide on stage"),
        ("bo", {"reason": " "}, "no reason"),
        ("bo", {"verdict": Verdict.APPROVE_WITH_CONDITIONS}, "none are named"),
    ],
)
def test_who_may_not_decide_or_leaves_out_what_is_wanted_is_told_and_nothing_is_kept(
    house: Store, who: str, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(GateClosed, match=said):
        decide(house, DEAL, chosen(house, **changes), by=who)
    assert decisions(house) == []


def test_nobody_acts_in_a_role_they_do_not_have(house: Store) -> None:
    with pytest.raises(UsageError, match="bo is not approver; act as one of: bid_manager"):
        decide(house, DEAL, chosen(house, role="approver"), by="bo")


def test_a_shut_gate_is_not_approved_as_if_it_were_open(house: Store) -> None:
    with pytest.raises(GateClosed, match=r"blocker is still open: Stage … before it is not completed"):
        decide(house, DEAL, chosen(house, "S3.enter"), by="bo")
    rejected = decide(house, DEAL, chosen(house, "S3.enter", Verdict.REJECT), by="bo")
    assert rejected.complete


class TestOverrides:
    def test_an_override_counts_once_a_second_person_has_signed(self, house: Store) -> None:
        made = override(house, DEAL, "write_bid", by="chen", reason="the customer asked us at once")
        assert not made.complete
        assert [b.code for b in blockers_for(house, DEAL, "write_bid")] == ["act-too-early"]
        assert [d.id for d in show_gate(house, DEAL, "write_bid").pending] == ["D1"]
        signed = countersign(house, DEAL, "D1", by="zhou")
        assert (signed.complete, signed.created) == (True, True)
        assert blockers_for(house, DEAL, "write_bid") == ()
        assert not countersign(house, DEAL, "D1", by="zhou").created

    def test_the_same_person_cannot_sign_twice(self, house: Store) -> None:
        override(house, DEAL, "write_bid", by="chen", reason="x")
        with pytest.raises(GateClosed, match="same person"):
            countersign(house, DEAL, "D1", by="chen")

    def test_somebody_without_the_right_does_not_sign(self, house: Store) -> None:
        override(house, DEAL, "write_bid", by="chen", reason="x")
        with pytest.raises(GateClosed, match="bo as bid_manager may not decide"):
            countersign(house, DEAL, "D1", by="bo")

    def test_another_who_wants_the_same_is_asked_to_sign_instead(self, house: Store) -> None:
        override(house, DEAL, "write_bid", by="chen", reason="x")
        with pytest.raises(Conflict, match="bidkit gate sign D-1 D1"):
            override(house, DEAL, "write_bid", by="zhou", reason="x")

    def test_a_signature_under_what_has_changed_is_a_conflict(self, house: Store, tmp_path: Path) -> None:
        override(house, DEAL, "write_bid", by="chen", reason="x")
        prove_stages(house, tmp_path, 2)
        with pytest.raises(Conflict, match="has changed: reach"):
            countersign(house, DEAL, "D1", by="zhou")

    def test_it_needs_a_reason_and_something_in_the_way(self, house: Store) -> None:
        with pytest.raises(GateClosed, match="no reason"):
            override(house, DEAL, "write_bid", by="chen", reason="")
        with pytest.raises(UsageError, match="nothing stands in the way"):
            override(house, DEAL, GATE, by="chen", reason="x")

    def test_what_the_law_forbids_is_not_overridden(self, house: Store) -> None:
        known = {"method": "open_tender", "regime": "tendering_law", "published_on": house.clock.now().date()}
        describe_deal(house, code=DEAL, changes=known, actor="bo")
        with pytest.raises(GateClosed, match="cannot be overridden"):
            override(house, DEAL, "negotiate", by="chen", reason="x", topic="price")


class TestGoNoGo:
    def test_a_go_needs_a_record_another_person_and_counts_for_the_deal(self, house: Store) -> None:
        describe_deal(house, code=DEAL, changes={"value": Money(Decimal(100), "CNY"), "risk": "low"}, actor="bo")
        with pytest.raises(GateClosed, match="No go / no-go record"):
            decide(house, DEAL, chosen(house, GO_NO_GO), by="chen")
        describe_deal(
            house, code=DEAL, changes={"method": "enterprise_selection", "regime": "enterprise_rules"}, actor="bo"
        )
        go_record(house)
        made = decide(house, DEAL, chosen(house, GO_NO_GO), by="chen")
        assert made.complete
        report = show_gate(house, DEAL, GO_NO_GO)
        assert report.state.go_no_go is not None
        assert (report.state.go_no_go.recommendation, report.remaining) == ("go", ())

    def test_a_large_deal_takes_two(self, house: Store) -> None:
        go_record(house)
        assert not decide(house, DEAL, chosen(house, GO_NO_GO), by="chen").complete
        assert countersign(house, DEAL, "D1", by="zhou").complete

    def test_nobody_decides_on_their_own_record(self, house: Store) -> None:
        go_record(house, by="chen")
        with pytest.raises(GateClosed, match="own work"):
            decide(house, DEAL, chosen(house, GO_NO_GO), by="chen")

    def test_a_legal_hard_stop_cannot_be_overridden_and_another_one_by_two(self, house: Store) -> None:
        go_record(house, staff_available=False)
        stopped = override(house, DEAL, GO_NO_GO, by="chen", reason="we hire two engineers")
        assert stopped.entry.overrides == ("hard-stop",)
        assert countersign(house, DEAL, "D1", by="zhou").complete
        assert show_gate(house, DEAL, GO_NO_GO).remaining == ()
        go_record(house, not_blacklisted=False)
        with pytest.raises(GateClosed, match="cannot be overridden"):
            override(house, DEAL, GO_NO_GO, by="chen", reason="x")


def test_a_bid_is_sent_with_two_approvals_of_exactly_this_bid(house: Store, tmp_path: Path) -> None:
    prove_stages(house, tmp_path, 2, 3, 4)
    bid = "ab" * 32
    wanted = Wanted("submit_bid", Verdict.APPROVE, "checked page by page", subject=bid)
    with pytest.raises(GateClosed, match="own work"):
        decide(house, DEAL, wanted, by="bo", prepared_by=frozenset({"bo"}))
    made = decide(house, DEAL, wanted, by="bo")
    assert not made.complete
    countersign(house, DEAL, made.entry.id, by="chen", subject=bid)
    assert blockers_for(house, DEAL, "submit_bid", subject=bid) == ()
    assert [b.code for b in blockers_for(house, DEAL, "submit_bid", subject="cd" * 32)] == ["decision-stale"]


def test_a_lost_file_makes_the_decision_a_conflict_and_changes_nothing(house: Store, tmp_path: Path) -> None:
    wanted = chosen(house)
    sha256 = show(house, a_letter(tmp_path, "about S1.C4", "S1.C4.txt"), "S1.C4").entry.sha256 or ""
    Path(house.blobs._root, sha256[:2], sha256).unlink()
    with pytest.raises(Conflict):
        decide(house, DEAL, wanted, by="bo")
    assert decisions(house) == []
