"""RULE6: people are assessed on the process and its proofs, not on orders alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bidkit.gates.model import Deal
from bidkit.gates.proof import standings
from bidkit.gates.scorecard import Contribution, contributions, scorecard
from bidkit.vocabulary.stages import FactKind
from tests.gates.builders import BOOK, TODAY, a_deal, a_form, at, shown

_ITEMS = [fact.id for fact in BOOK.model.facts.values() if fact.kind is FactKind.ASSESSMENT]


def made(deal: Deal) -> tuple[Contribution, ...]:
    return contributions(BOOK.model, deal, standings(deal, BOOK, TODAY))


def test_rule_6_work_that_brought_no_order_counts_by_its_proof() -> None:
    deal = a_deal(forms=[a_form("customer_profile", days=3)], evidence=[shown("S4.A1")])
    found = made(deal)
    assert [(c.item, c.person, c.on, c.proof) for c in found] == [
        ("S1.A1", "ann", date(2026, 3, 4), ("customer_profile-3",)),
        ("S4.A1", "ann", date(2026, 3, 2), ("e-S4.A1-document",)),
    ]
    card = scorecard(BOOK.model, "ann", date(2026, 3, 1), date(2026, 3, 31), found)
    assert card.achieved == 2


def test_the_card_has_a_line_for_every_item_and_counts_the_period_and_the_person() -> None:
    found = made(a_deal(forms=[a_form("customer_profile", days=3)]))
    other = [replace(c, person="bob") for c in found]
    card = scorecard(BOOK.model, "ann", date(2026, 3, 4), date(2026, 3, 4), [*found, *other])
    assert [line.item for line in card.lines] == _ITEMS
    assert [line.item for line in card.lines if line.contributions] == ["S1.A1"]
    assert scorecard(BOOK.model, "ann", date(2026, 3, 5), date(2026, 3, 9), found).achieved == 0


def test_an_unproven_or_withdrawn_item_is_nobodys() -> None:
    assert made(a_deal(evidence=[shown("S4.A1", withdrawn=True)])) == ()
    assert made(a_deal()) == ()


def test_the_latest_proof_decides_whose_work_and_when() -> None:
    early = a_form("org_chart", days=1)
    late = replace(a_form("procurement_process", days=7), by="bob")
    handler = a_form("contact_profile", days=2)
    (item,) = [c for c in made(a_deal(forms=[early, late, handler])) if c.item == "S2.A1"]
    assert (item.person, item.on) == ("bob", at(7).date())
