"""Rules of law, approvals and go / no-go as data: complete, cited, and refused when they contradict themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bidkit.kernel.language import Language
from bidkit.vocabulary.approvals import approval_matrix, blocker_texts, go_no_go_rules
from bidkit.vocabulary.forms import form_definition
from bidkit.vocabulary.rules import Citation, ComplianceRule, legal_rules, refuse_contradictions
from bidkit.vocabulary.tables import BrokenVocabulary, labels

_ROLES = {"bid_manager", "sales", "presales", "commercial", "finance", "legal", "delivery", "approver", "admin"}


def rule(name: str) -> ComplianceRule:
    return next(r for r in legal_rules().rules if r.id == name)


def test_each_of_the_six_flags_has_a_rule_with_a_source() -> None:
    law = legal_rules()
    assert {r.flag for r in law.rules} == set(law.flags) == {f"CR{n}" for n in range(1, 7)}
    assert all(r.sources for r in law.rules)


def test_every_rule_is_backed_by_a_text_in_force_on_its_first_day_and_now() -> None:
    law = legal_rules()
    for r in law.rules:
        for day in (r.effective_from, date(2026, 11, 1)):
            assert law.citations(r, day), (r.id, day)


def test_a_law_that_was_replaced_is_cited_by_its_old_or_new_article_by_date() -> None:
    law, benefit = legal_rules(), rule("CR1-benefit")
    assert Citation("unfair_competition_2019", "7") in law.citations(benefit, date(2025, 10, 14))
    after = law.citations(benefit, date(2025, 10, 15))
    assert Citation("unfair_competition_2025", "8") in after
    assert Citation("unfair_competition_2019", "7") not in after


def test_the_choices_of_the_forms_are_the_methods_regimes_and_topics_of_the_rules() -> None:
    law = legal_rules()
    register = form_definition("tender_register")
    assert {o.code for o in register.field("method").options} == {*law.methods, "unknown"}
    assert {o.code for o in register.field("regime").options} == {*law.statutory, "unknown"}
    topics = next(c for c in form_definition("negotiation_record").field("items").columns if c.key == "topic")
    assert {o.code for o in topics.options} == set(law.topics)
    assert {"price", "solution", "delivery", "quality"} <= law.substantive


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"sources": (Citation("law_of_nature", "1"),)}, "unknown law"),
        ({"regimes": frozenset({"moon"})}, "moon"),
        ({"methods": frozenset({"raffle"})}, "raffle"),
        ({"flag": "CR9"}, "flag CR9"),
        ({"closes_facts": frozenset({"S9.P1"})}, "S9.P1"),
        ({"except_topics": frozenset({"weather"})}, "weather"),
        ({"id": "CR2-designer"}, "stands twice"),
    ],
)
def test_a_rule_that_names_what_nobody_knows_is_refused(given: dict[str, object], said: str) -> None:
    law = legal_rules()
    broken = replace(rule("CR1-benefit"), **given)  # type: ignore[arg-type]
    with pytest.raises(BrokenVocabulary, match=said):
        refuse_contradictions(replace(law, rules=(*law.rules[1:], broken)))


def test_the_matrix_names_known_roles_and_asks_for_one_or_two_people() -> None:
    for row in approval_matrix():
        assert set(row.roles) <= _ROLES
        assert row.persons in (1, 2)
        assert row.risk in ("any", "low", "medium", "high")
        assert row.amount_from >= 0
    approvals = {r.approval for r in legal_rules().rules if r.approval}
    assert approvals <= {row.topic for row in approval_matrix()}


def test_the_roles_of_the_owner_list_are_known_here() -> None:
    assert set(labels("owner_roles")) <= _ROLES


def test_go_no_go_weights_add_up_and_every_legal_stop_says_by_which_law() -> None:
    rules = go_no_go_rules()
    assert sum(factor.weight for factor in rules.factors) == 100
    assert rules.conditional_from < rules.go_from <= Decimal(100)
    acts = {r.act for r in legal_rules().rules}
    for stop in rules.hard_stops:
        assert not stop.legal or stop.law or stop.act in acts
    assert {"not_specifier", "not_related", "mandatory_qualification"} <= {s.id for s in rules.hard_stops if s.legal}


def test_every_blocker_says_what_and_what_would_clear_it_in_both_languages() -> None:
    for text in blocker_texts().values():
        assert text.who in _ROLES | {"owner"}
        for language in Language:
            assert text.text.of(language)
            assert text.remedy.of(language)
        assert text.text.zh.count("{") == text.text.en.count("{")
