from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bidkit.gates.alignment import Pace
from bidkit.gates.model import EvidenceKind, FactState, Origin
from bidkit.gates.probability import Basis
from bidkit.kernel.deal import Outcome
from bidkit.kernel.errors import Conflict, NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import Money
from bidkit.store import Store
from bidkit.usecases.closing import close_deal
from bidkit.usecases.customer_steps import see_step
from bidkit.usecases.deals import new_deal
from bidkit.usecases.evidence import withdraw
from bidkit.usecases.gates import GateClosed, blockers_for, show_gate
from bidkit.usecases.people import erase_person, list_people, save_person
from bidkit.usecases.profile import describe_deal, money, show_profile
from bidkit.usecases.waivers import WaiverWish, enter_late, waive
from tests.usecases.deals import DEAL, PEOPLE, a_letter, show, submit

TODAY = date(2026, 5, 4)


class TestPeople:
    def test_everybody_is_listed_with_roles(self, house: Store) -> None:
        assert {person.login: tuple(sorted(person.roles)) for person in list_people(house)} == {
            login: tuple(sorted(roles)) for login, roles in PEOPLE.items()
        }

    def test_saving_twice_changes_nothing_and_what_is_not_given_stays(self, house: Store) -> None:
        assert not save_person(house, login="ann", name="Ann", roles=PEOPLE["ann"], actor="root").changed
        moved = save_person(house, login="ann", email="ann@example.com", actor="root")
        assert (moved.changed, moved.person.name, moved.person.roles) == (True, "Ann", frozenset(PEOPLE["ann"]))

    @pytest.mark.parametrize(
        ("named", "said"),
        [
            ({"login": "a b", "name": "A"}, "cannot be a login"),
            ({"login": "", "name": "A"}, "cannot be a login"),
            ({"login": "new"}, "needs a name"),
            ({"login": "new", "name": "N", "roles": ("king",)}, "no role king"),
            ({"login": "new", "name": "N", "actor": "ann"}, "may not change the directory"),
        ],
    )
    def test_a_bad_entry_is_refused(self, house: Store, named: dict[str, Any], said: str) -> None:
        with pytest.raises(UsageError, match=said):
            save_person(house, **({"actor": "root"} | named))

    def test_an_erased_person_keeps_only_the_login_and_acts_no_more(self, house: Store) -> None:
        for _ in range(2):
            gone = erase_person(house, login="chen", actor="root")
        assert (gone.name, gone.email, gone.active) == (None, None, False)
        with pytest.raises(UsageError, match="does not act"):
            waive(house, code=DEAL, fact="S1.P4", wish=WaiverWish("x", "ann"), by="chen")
        with house.read() as work:
            assert work.verify_audit().broken is None


KNOWN: dict[str, Any] = {
    "method": "open_tender",
    "regime": "tendering_law",
    "published_on": date(2026, 4, 1),
    "value": Money(Decimal("4800000.00"), "CNY"),
    "owner": "bo",
    "next_on": date(2026, 5, 20),
    "next_what": "bid opening",
    "risk": "medium",
    "movable_topics": frozenset({"payment"}),
}


class TestProfile:
    def test_what_is_known_is_kept_and_told_twice_changes_nothing(self, house: Store) -> None:
        assert describe_deal(house, code=DEAL, changes=KNOWN, actor="bo").changed
        assert not describe_deal(house, code=DEAL, changes=KNOWN, actor="bo").changed
        assert {key: getattr(show_profile(house, DEAL), key) for key in KNOWN} == KNOWN
        assert describe_deal(house, code=DEAL, changes={"risk": "low"}, actor="bo").profile.method == "open_tender"

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"method": "raffle"}, "no method raffle.*open_tender"),
            ({"regime": "moon"}, "no regime moon"),
            ({"risk": "extreme"}, "no risk extreme"),
            ({"movable_topics": frozenset({"weather"})}, "no movable_topics weather"),
            ({"owner": "nobody"}, "nobody is known as 'nobody'"),
            ({"ending": None}, "has no 'ending'"),
            ({"published_on": date(2026, 4, 1), "procurement_closed_on": date(2026, 3, 1)}, "cannot end before"),
        ],
    )
    def test_what_the_rules_do_not_know_is_refused(self, house: Store, changes: dict[str, Any], said: str) -> None:
        with pytest.raises(UsageError, match=said):
            describe_deal(house, code=DEAL, changes=changes, actor="bo")
        assert show_profile(house, DEAL).version == 0

    def test_a_change_made_on_an_older_profile_is_a_conflict(self, house: Store) -> None:
        describe_deal(house, code=DEAL, changes={"risk": "low"}, actor="bo", on_version=0)
        with pytest.raises(Conflict):
            describe_deal(house, code=DEAL, changes={"risk": "high"}, actor="ann", on_version=0)

    def test_amounts_are_read_in_whole_units(self) -> None:
        assert money("4,800,000.50", "cny") == Money(Decimal("4800000.50"), "CNY")
        for amount, currency in (("much", "CNY"), ("-1", "CNY"), ("NaN", "CNY"), ("1", "XYZ")):
            with pytest.raises(UsageError):
                money(amount, currency)


class TestWaivers:
    WISH = WaiverWish("the customer does not want it", "ann", date(2026, 6, 1))

    def test_a_process_condition_is_let_go_until_its_day_and_twice_is_once(self, house: Store) -> None:
        made = [waive(house, code=DEAL, fact="S1.P4", wish=self.WISH, by="chen") for _ in range(2)]
        assert [m.created for m in made] == [("W1",), ()]
        assert [m.entries[0].id for m in made] == ["W1", "W1"]
        assert show_gate(house, DEAL).state.standings["S1.P4"].state is FactState.WAIVED

    @pytest.mark.parametrize(
        ("fact", "by", "wish", "error", "said"),
        [
            ("S6.C4", "chen", WISH, GateClosed, "does not count: not-waivable"),
            ("S1.P4", "bo", WISH, GateClosed, "does not count: role"),
            ("S1.P4", "chen", WaiverWish("x", "chen"), GateClosed, "does not count: same-person"),
            ("S1.P4", "chen", WaiverWish("x", "ann", date(2026, 1, 1)), GateClosed, "ended on 2026-01-01"),
            ("S1.P4", "chen", WaiverWish(" ", "ann"), UsageError, "needs a reason"),
            ("S1.P4", "chen", WaiverWish("x", "eve"), UsageError, "nobody is known as 'eve'"),
            ("S1.P4", "eve", WISH, NotFound, "bidkit person add eve"),
            ("S1.P99", "chen", WISH, UsageError, "no condition"),
        ],
    )
    def test_an_unfit_waiver_is_refused_and_not_kept(
        self, house: Store, fact: str, by: str, wish: WaiverWish, error: type[Exception], said: str
    ) -> None:
        with pytest.raises(error, match=said):
            waive(house, code=DEAL, fact=fact, wish=wish, by=by)
        with house.read() as work:
            assert work.waivers.of(work.deals.get(DEAL)) == ()

    def test_a_tender_out_of_the_blue_is_entered_honestly_and_waits_for_a_go(self, house: Store) -> None:
        submit(house, "phone_record")
        late = enter_late(house, code=DEAL, stage=5, wish=WaiverWish("invited today", "ann"), by="chen")
        where = show_gate(house, DEAL).state.position
        assert (where.declared.completed, where.strict.completed, where.late_entry) == (4, 0, True)
        assert show_profile(house, DEAL).late_entry == 5
        assert "S1.M1" not in {entry.fact for entry in late.entries}
        assert [b.code for b in blockers_for(house, DEAL, "write_bid")] == ["go-no-go-missing"]
        again = enter_late(house, code=DEAL, stage=5, wish=WaiverWish("invited today", "ann"), by="chen")
        assert again.created == ()

    @pytest.mark.parametrize("stage", [0, 1, 6, 9])
    def test_nothing_comes_in_late_anywhere_else(self, house: Store, stage: int) -> None:
        with pytest.raises(UsageError, match="use 2 to 5"):
            enter_late(house, code=DEAL, stage=stage, wish=self.WISH, by="chen")


class TestCustomerSteps:
    def seen(self, house: Store, **named: Any) -> Any:
        return see_step(house, **({"code": DEAL, "step": "B2", "actor": "ann"} | named))

    def test_a_step_with_evidence_tells_our_pace_and_twice_is_once(self, house: Store, tmp_path: Path) -> None:
        notice = {"kind": EvidenceKind.PUBLIC_NOTICE, "origin": Origin.PUBLIC_NOTICE}
        show(house, a_letter(tmp_path), **notice)
        named = {"evidence": ("E1",), "next_on": TODAY + timedelta(days=9)}
        first, again = self.seen(house, **named), self.seen(house, **named)
        assert (first.created, again.created, again.entry.id) == (True, False, "C1")
        assert (first.state.alignment.pace, first.state.alignment.gap, first.state.alignment.days_left) == (
            Pace.BEHIND,
            2,
            9,
        )
        assert "S1.M1" in first.state.alignment.catch_up

    def test_without_evidence_or_once_it_is_withdrawn_our_pace_is_unknown(self, house: Store, tmp_path: Path) -> None:
        assert self.seen(house).state.alignment.why_unknown == "no-evidence"
        show(house, a_letter(tmp_path), "S1.C4")
        assert self.seen(house, evidence=("E1",)).state.alignment.pace is Pace.BEHIND
        withdraw(house, code=DEAL, entry="E1", reason="x", actor="ann")
        assert show_gate(house, DEAL).state.alignment.why_unknown == "no-evidence"

    def test_what_was_seen_long_ago_is_stale(self, house: Store, tmp_path: Path) -> None:
        show(house, a_letter(tmp_path), "S1.C4")
        old = self.seen(house, evidence=("E1",), seen_on=TODAY - timedelta(days=15))
        assert old.state.alignment.why_unknown == "stale"

    @pytest.mark.parametrize(
        ("named", "said"),
        [
            ({"step": "B9"}, "use B1 to B8"),
            ({"evidence": ("E7",)}, "no evidence E7"),
            ({"seen_on": TODAY + timedelta(days=9)}, "still to come"),
        ],
    )
    def test_a_step_that_makes_no_sense_is_refused(self, house: Store, named: dict[str, Any], said: str) -> None:
        with pytest.raises(UsageError, match=said):
            self.seen(house, **named)


class TestClosing:
    def test_a_deal_is_closed_once_with_how_far_it_got(self, house: Store) -> None:
        submit(house, "phone_record")
        named: dict[str, Any] = {"code": DEAL, "outcome": Outcome.LOST, "reason": "price", "actor": "bo"}
        closed, again = close_deal(house, **named), close_deal(house, **named)
        assert (closed.changed, again.changed) == (True, False)
        assert (closed.ending.entered, closed.ending.completed, closed.ending.on) == (1, 0, TODAY)
        with pytest.raises(Conflict, match="closed as lost"):
            close_deal(house, **(named | {"outcome": Outcome.WON}))
        assert "deal-closed" in {b.code for b in blockers_for(house, DEAL, "write_bid")}

    @pytest.mark.parametrize(
        ("named", "said"), [({"reason": " "}, "needs a reason"), ({"on": date(2030, 1, 1)}, "still to come")]
    )
    def test_without_a_reason_or_ahead_of_time_it_is_not_closed(
        self, house: Store, named: dict[str, Any], said: str
    ) -> None:
        with pytest.raises(UsageError, match=said):
            close_deal(house, **({"code": DEAL, "outcome": Outcome.LOST, "reason": "x", "actor": "bo"} | named))

    def test_closed_deals_tell_the_chance_of_the_living_and_abandoned_ones_do_not(self, house: Store) -> None:
        for number in range(12):
            code = f"OLD-{number}"
            new_deal(house, code=code, name="x", customer="y", language=Language.EN, actor="ann")
            submit(house, "phone_record", code=code)
            outcome = (Outcome.WON, Outcome.LOST, Outcome.ABANDONED)[0 if number < 4 else 1 if number < 10 else 2]
            close_deal(house, code=code, outcome=outcome, reason="so it went", actor="bo")
        submit(house, "phone_record")
        chance = show_gate(house, DEAL).state.probability
        assert (chance.basis, chance.value) == (Basis.HISTORY, Decimal("0.400"))
        assert chance.history is not None
        assert (chance.history.won, chance.history.of) == (4, 10)
