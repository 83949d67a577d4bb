"""Single facts of tenders without their rows."""

from __future__ import annotations

from bidkit.requirements.model import FactValue, KeyFact
from bidkit.store import Store
from tests.builders import a_solicitation, an_anchor
from tests.store.test_solicitations import add


def stating(deadline: str) -> tuple[KeyFact, ...]:
    """The facts of a tender that states a deadline and a budget."""
    found = FactValue(deadline, deadline, an_anchor())
    return KeyFact("submission_deadline", found), KeyFact("budget", FactValue(5, "5", an_anchor()))


def test_the_facts_asked_for_come_from_the_latest_tender(store: Store) -> None:
    add(store, a_solicitation(facts=stating("2031-05-12")))
    add(store, a_solicitation(facts=stating("2031-05-19")), "2" * 64)
    with store.read() as work:
        assert work.tender_facts.by_deal(["submission_deadline"]) == {"D-1": {"submission_deadline": "2031-05-19"}}
        assert work.tender_facts.by_deal(["submission_deadline"], "D-1") == {
            "D-1": {"submission_deadline": "2031-05-19"}
        }


def test_a_deal_without_tender_or_without_the_fact_is_not_in_it(store: Store) -> None:
    add(store, a_solicitation(facts=stating("2031-05-12")))
    with store.read() as work:
        assert work.tender_facts.by_deal(["opening_time"]) == {}
        assert work.tender_facts.by_deal(["submission_deadline"], "D-2") == {}
