"""What the law lets us do depends on regime, method, window, topic and date; unknown is never allowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bidkit.gates.blockers import blockers_to_act
from bidkit.gates.model import Procurement
from bidkit.gates.procurement import (
    FactLimits,
    Permission,
    contact_limits,
    evaluators_locked,
    fact_limits,
    negotiation_scope,
    open_topics,
    ruling,
)
from bidkit.vocabulary.rules import legal_rules
from tests.gates.builders import AWARDED, OPEN_TENDER, SELECTION, TODAY

_LAW = legal_rules()
_ISSUED = date(2026, 3, 10)
_UNKNOWN = Procurement(published_on=_ISSUED)
_BEFORE = Procurement("open_tender", "tendering_law")
_NEGOTIATION = Procurement(
    "competitive_negotiation", "gov_procurement", _ISSUED, None, frozenset({"warranty", "delivery"})
)
_SINGLE = Procurement("single_source", "gov_procurement", _ISSUED)
_INQUIRY = Procurement("inquiry", "gov_procurement", _ISSUED)


def permission(act: str, procurement: Procurement, topic: str | None = None, on: date = TODAY) -> Permission:
    return ruling(_LAW, act, procurement, on, topic=topic).permission


@pytest.mark.parametrize(
    ("procurement", "topic", "expected"),
    [
        (OPEN_TENDER, "price", Permission.FORBIDDEN),
        (OPEN_TENDER, "solution", Permission.FORBIDDEN),
        (OPEN_TENDER, "acceptance", Permission.ALLOWED),
        (AWARDED, "price", Permission.FORBIDDEN),
        (AWARDED, "acceptance", Permission.ALLOWED),
        (_BEFORE, "price", Permission.ALLOWED),
        (_NEGOTIATION, "warranty", Permission.ALLOWED),
        (_NEGOTIATION, "price", Permission.ALLOWED),
        (_NEGOTIATION, "payment", Permission.FORBIDDEN),
        (replace(_NEGOTIATION, movable_topics=None), "payment", Permission.NOT_CHECKED),
        (replace(_NEGOTIATION, method="competitive_consultation"), "delivery", Permission.ALLOWED),
        (_INQUIRY, "acceptance", Permission.FORBIDDEN),
        (_INQUIRY, "price", Permission.FORBIDDEN),
        (_SINGLE, "price", Permission.ALLOWED),
        (SELECTION, "price", Permission.ALLOWED),
        (_UNKNOWN, "price", Permission.NOT_CHECKED),
        (OPEN_TENDER, "weather", Permission.NOT_CHECKED),
        (OPEN_TENDER, None, Permission.NOT_CHECKED),
    ],
)
def test_a_topic_is_open_or_closed_by_the_procurement_method(
    procurement: Procurement, topic: str | None, expected: Permission
) -> None:
    assert permission("negotiate_topic", procurement, topic) is expected


@pytest.mark.parametrize(
    ("procurement", "expected"),
    [
        (AWARDED, Permission.FORBIDDEN),
        (replace(_NEGOTIATION, closed_on=date(2026, 3, 15)), Permission.FORBIDDEN),
        (replace(_SINGLE, closed_on=date(2026, 3, 15)), Permission.FORBIDDEN),
        (replace(SELECTION, closed_on=date(2026, 3, 15)), Permission.ALLOWED),
        (replace(_UNKNOWN, closed_on=date(2026, 3, 15)), Permission.NOT_CHECKED),
    ],
)
def test_the_contract_may_not_depart_in_substance_from_a_statutory_award(
    procurement: Procurement, expected: Permission
) -> None:
    assert permission("change_in_contract", procurement, "price") is expected
    assert permission("change_in_contract", procurement, "acceptance") is Permission.ALLOWED


@pytest.mark.parametrize(
    ("day", "locked"),
    [(date(2026, 3, 9), False), (_ISSUED, True), (date(2026, 3, 31), True), (date(2026, 4, 1), False)],
)
def test_evaluator_records_are_locked_from_publication_to_award(day: date, locked: bool) -> None:
    running = replace(OPEN_TENDER, closed_on=date(2026, 4, 1))
    assert evaluators_locked(_LAW, running, day) is locked


def test_evaluators_stay_locked_while_the_method_is_unknown_and_are_free_in_an_enterprise_selection() -> None:
    assert evaluators_locked(_LAW, _UNKNOWN, TODAY)
    assert not evaluators_locked(_LAW, SELECTION, TODAY)
    assert not evaluators_locked(_LAW, Procurement(), TODAY)


def test_contact_is_closed_to_an_evaluator_and_restricted_where_it_is_not_sure() -> None:
    limits = {who: contact_limits(_LAW, OPEN_TENDER, TODAY, who) for who in ("yes", "possible", "no", "?")}
    assert limits == {"yes": "closed", "possible": "restricted", "no": "open", "?": "restricted"}
    assert contact_limits(_LAW, SELECTION, TODAY, "yes") == "open"
    assert permission("contact_evaluator", OPEN_TENDER) is Permission.FORBIDDEN


@pytest.mark.parametrize(
    ("method", "regime", "expected"),
    [
        ("open_tender", "gov_procurement", Permission.FORBIDDEN),
        ("competitive_negotiation", "gov_procurement", Permission.FORBIDDEN),
        ("single_source", "gov_procurement", Permission.ALLOWED),
        ("open_tender", "enterprise_rules", Permission.ALLOWED),
        ("unknown", "gov_procurement", Permission.NOT_CHECKED),
        ("open_tender", "unknown", Permission.NOT_CHECKED),
    ],
)
def test_who_specified_the_project_may_not_bid_in_government_procurement(
    method: str, regime: str, expected: Permission
) -> None:
    assert permission("bid_after_specification", Procurement(method, regime, _ISSUED)) is expected


def test_the_rule_in_force_is_that_of_the_day_the_tender_was_issued() -> None:
    old = Procurement("open_tender", "gov_procurement", date(2015, 2, 28))
    assert permission("bid_after_specification", old) is Permission.ALLOWED
    new = replace(old, published_on=date(2015, 3, 1))
    assert ruling(_LAW, "bid_after_specification", new, TODAY).rules == ("CR2-designer",)


def test_a_gift_needs_approval_and_none_is_given_while_a_tender_runs() -> None:
    quiet = ruling(_LAW, "gift_or_hospitality", Procurement(), TODAY)
    assert (quiet.permission, quiet.approval) == (Permission.NEEDS_APPROVAL, "gift")
    assert permission("gift_or_hospitality", OPEN_TENDER) is Permission.FORBIDDEN


@pytest.mark.parametrize("act", ["influence_by_benefit", "prepare_for_other_bidder", "fabricate_record"])
@pytest.mark.parametrize("procurement", [Procurement(), OPEN_TENDER, SELECTION], ids=["none", "tender", "selection"])
def test_some_acts_are_forbidden_always(act: str, procurement: Procurement) -> None:
    assert permission(act, procurement) is Permission.FORBIDDEN


def test_an_act_no_rule_speaks_of_is_not_checked() -> None:
    assert ruling(_LAW, "juggle", OPEN_TENDER, TODAY).permission is Permission.NOT_CHECKED


@pytest.mark.parametrize(
    ("procurement", "scope"),
    [
        (OPEN_TENDER, "statutory_tender"),
        (_NEGOTIATION, "negotiated_procedure"),
        (_SINGLE, "free"),
        (SELECTION, "free"),
        (Procurement("open_tender", "eu"), "free"),
        (Procurement("unknown", "tendering_law"), "unknown"),
        (Procurement("open_tender", "unknown"), "unknown"),
        (Procurement("raffle", "gov_procurement"), "unknown"),
    ],
)
def test_the_scope_of_negotiation_follows_regime_and_method(procurement: Procurement, scope: str) -> None:
    assert negotiation_scope(_LAW, procurement) == scope


def test_every_topic_gets_an_answer() -> None:
    answers = open_topics(_LAW, OPEN_TENDER, TODAY)
    assert set(answers) == set(_LAW.topics)
    closed = {topic for topic, answer in answers.items() if answer.permission is Permission.FORBIDDEN}
    assert closed == _LAW.substantive


def test_no_fact_is_closed_before_the_tender_is_out() -> None:
    limits = fact_limits(_LAW, OPEN_TENDER, _ISSUED - timedelta(days=1))
    assert limits == FactLimits(frozenset(), frozenset(), frozenset())


def test_the_rulings_become_blockers_with_who_can_clear_them() -> None:
    closed = blockers_to_act(_LAW, "negotiate_topic", OPEN_TENDER, TODAY, topic="price")
    assert [(b.code, b.who, b.values) for b in closed] == [
        ("forbidden-by-law", ("legal",), (("rule", "CR4-negotiate"),))
    ]
    unknown = blockers_to_act(_LAW, "negotiate_topic", _UNKNOWN, TODAY, topic="price")
    assert [b.code for b in unknown] == ["law-not-checked"]
    gift = blockers_to_act(_LAW, "gift_or_hospitality", SELECTION, TODAY)
    assert [(b.code, b.values) for b in gift] == [("needs-approval", (("topic", "gift"),))]
    assert blockers_to_act(_LAW, "negotiate_topic", SELECTION, TODAY, topic="price") == ()
