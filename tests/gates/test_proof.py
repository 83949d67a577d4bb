"""Every fact closes by its proper evidence and by nothing less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bidkit.gates.model import Deal, EvidenceKind, FactState, FormStatus, Origin, Procurement, Standing
from bidkit.gates.position import Reach, position
from bidkit.gates.proof import standings
from bidkit.vocabulary.stages import Fact, FactKind, Verify
from tests.gates.builders import AWARDED, BOOK, OPEN_TENDER, TODAY, a_deal, a_form, at, judged, shown, waived
from tests.gates.meeting import MEETS

_FACTS = BOOK.model.facts
_OF = {kind: sorted(f.id for f in _FACTS.values() if f.verify is kind) for kind in Verify}
_ATTACHABLE = [(fact, form) for fact in _OF[Verify.ATTACH] for form in _FACTS[fact].forms]


def standing(fact: str, deal: Deal, on: date = TODAY) -> Standing:
    return standings(deal, BOOK, on)[fact]


def codes(fact: str, deal: Deal) -> list[str]:
    """Why the fact is open; it must be."""
    found = standing(fact, deal)
    assert found.state is FactState.OPEN
    return [shortfall.code for shortfall in found.shortfalls]


def meeting(fact: str, form: str, status: FormStatus = FormStatus.SUBMITTED) -> Any:
    """The form filled so that it shows the fact."""
    return a_form(form, status, **MEETS.get(fact, {}).get(form, {}))


def test_every_fact_is_verified_in_one_of_three_ways_and_tried_below() -> None:
    assert sorted(fact for facts in _OF.values() for fact in facts) == sorted(_FACTS)


@pytest.mark.parametrize("fact", _OF[Verify.AUTO])
class TestComputedFacts:
    def test_submitted_forms_that_meet_the_rule_prove_it(self, fact: str) -> None:
        deal = a_deal(forms=[meeting(fact, form) for form in _FACTS[fact].when])
        assert standing(fact, deal).state is FactState.PROVEN

    def test_the_same_forms_as_drafts_or_voided_prove_nothing(self, fact: str) -> None:
        for status in (FormStatus.DRAFT, FormStatus.VOID):
            forms = [meeting(fact, form, status) for form in _FACTS[fact].when]
            assert set(codes(fact, a_deal(forms=forms))) == {"form-not-submitted"}

    def test_an_empty_submitted_form_proves_nothing(self, fact: str) -> None:
        forms = [replace(a_form(form), values={}) for form in _FACTS[fact].when]
        assert set(codes(fact, a_deal(forms=forms))) <= {"form-cannot-tell", "form-says-no"}

    def test_no_form_names_each_form_that_is_missing(self, fact: str) -> None:
        assert codes(fact, a_deal()) == ["form-missing"] * len(_FACTS[fact].when)

    def test_a_document_or_a_judgement_does_not_replace_the_form(self, fact: str) -> None:
        deal = a_deal(evidence=[shown(fact)], judgements=[judged(fact)])
        assert standing(fact, deal).state is FactState.OPEN


@pytest.mark.parametrize(("fact", "form"), _ATTACHABLE)
class TestAttachedFacts:
    def test_a_submitted_form_with_a_file_that_meets_the_rule_proves_it(self, fact: str, form: str) -> None:
        piece = shown(fact, EvidenceKind.FORM, record=f"{form}-0")
        found = standing(fact, a_deal(forms=[meeting(fact, form)], evidence=[piece]))
        assert (found.state, found.by) == (FactState.PROVEN, (piece.id,))

    def test_a_draft_does_not(self, fact: str, form: str) -> None:
        piece = shown(fact, EvidenceKind.FORM, record=f"{form}-0")
        deal = a_deal(forms=[meeting(fact, form, FormStatus.DRAFT)], evidence=[piece])
        assert codes(fact, deal) == ["form-not-submitted"]

    def test_a_form_whose_words_do_not_show_it_does_not(self, fact: str, form: str) -> None:
        if form not in _FACTS[fact].when:
            pytest.skip("the model asks nothing of this form's words")
        piece = shown(fact, EvidenceKind.FORM, record=f"{form}-0")
        empty = replace(a_form(form), values={})
        assert set(codes(fact, a_deal(forms=[empty], evidence=[piece]))) <= {"form-cannot-tell", "form-says-no"}


@pytest.mark.parametrize("fact", _OF[Verify.ATTACH])
class TestWhatAttachedFactsRefuse:
    def test_a_customers_message_with_its_file_proves_it(self, fact: str) -> None:
        assert standing(fact, a_deal(evidence=[shown(fact, EvidenceKind.CUSTOMER_MESSAGE)])).state is FactState.PROVEN

    def test_our_own_statement_does_not(self, fact: str) -> None:
        piece = shown(fact, EvidenceKind.OUR_STATEMENT, Origin.OUR_RECORD)
        assert codes(fact, a_deal(evidence=[piece])) == ["statement-only"]

    def test_evidence_without_a_file_does_not(self, fact: str) -> None:
        assert codes(fact, a_deal(evidence=[shown(fact, sha256=None)])) == ["proof-without-file"]

    def test_another_form_or_one_nobody_has_does_not(self, fact: str) -> None:
        stray = shown(fact, EvidenceKind.FORM, record="lessons-0")
        lost = replace(shown(fact, EvidenceKind.FORM, record="nothing"), id="lost")
        assert set(codes(fact, a_deal(forms=[a_form("lessons")], evidence=[stray, lost]))) == {"form-not-linked"}

    def test_withdrawn_evidence_counts_no_more(self, fact: str) -> None:
        assert codes(fact, a_deal(evidence=[shown(fact, withdrawn=True)])) == ["no-proof"]

    def test_a_judgement_does_not_replace_a_proof(self, fact: str) -> None:
        assert codes(fact, a_deal(judgements=[judged(fact)])) == ["no-proof"]


@pytest.mark.parametrize("fact", [f.id for f in _FACTS.values() if f.commitment])
def test_a_customers_commitment_never_closes_on_our_own_record(fact: str) -> None:
    form = _FACTS[fact].forms[0]
    for kind, record in ((EvidenceKind.DOCUMENT, None), (EvidenceKind.FORM, f"{form}-0")):
        piece = shown(fact, kind, Origin.OUR_RECORD, record=record)
        assert codes(fact, a_deal(forms=[meeting(fact, form)], evidence=[piece])) == ["not-from-customer"]


@pytest.mark.parametrize("fact", _OF[Verify.JUDGE])
class TestJudgedFacts:
    def test_a_named_judgement_with_a_reason_proves_it(self, fact: str) -> None:
        assert standing(fact, a_deal(judgements=[judged(fact)])).state is FactState.PROVEN

    def test_without_reason_or_without_the_right_it_does_not(self, fact: str) -> None:
        assert codes(fact, a_deal(judgements=[judged(fact, reason=" ")])) == ["judgement-unfit"]
        assert codes(fact, a_deal(judgements=[judged(fact, role="sales")])) == ["judgement-unfit"]

    def test_a_file_does_not_replace_the_judgement(self, fact: str) -> None:
        assert codes(fact, a_deal(evidence=[shown(fact)])) == ["judgement-missing"]

    def test_the_latest_judgement_counts(self, fact: str) -> None:
        both = [judged(fact, days=4, holds=False), judged(fact, days=2)]
        assert codes(fact, a_deal(judgements=both)) == ["judgement-negative"]
        later = [*both, replace(judged(fact, days=5), withdrawn_at=at(6))]
        assert codes(fact, a_deal(judgements=later)) == ["judgement-negative"]


def test_one_proof_closes_every_id_of_the_fact_that_it_can_close() -> None:
    found = standings(a_deal(evidence=[shown("S5.P3", EvidenceKind.PUBLIC_NOTICE, Origin.PUBLIC_NOTICE)]), BOOK, TODAY)
    assert {found[fact].state for fact in ("S5.C5", "S5.P3", "S5.A3")} == {FactState.PROVEN}


def test_a_proof_of_our_own_closes_the_condition_and_leaves_the_commitment_of_the_same_fact_open() -> None:
    found = standings(a_deal(evidence=[shown("S4.P5", EvidenceKind.DOCUMENT, Origin.OUR_RECORD)]), BOOK, TODAY)
    assert found["S4.P5"].state is FactState.PROVEN
    assert [s.code for s in found["S4.C3"].shortfalls] == ["not-from-customer"]


def test_of_a_form_a_deal_has_once_the_latest_version_speaks() -> None:
    low = [{"criterion": "size", "weight": 100, "score": 40}]
    deal = a_deal(forms=[a_form("customer_assessment"), a_form("customer_assessment", days=5, scores=low)])
    assert codes("S1.P1", deal) == ["form-says-no"]


def test_a_firm_price_without_costing_in_any_survey_keeps_the_price_rule_open() -> None:
    good = a_form("survey_report", price_given="range")
    assert standing("S3.P6", a_deal(forms=[good])).state is FactState.PROVEN
    careless = a_form("survey_report", days=2, price_given="firm", costing_ref=None)
    assert codes("S3.P6", a_deal(forms=[good, careless])) == ["form-says-no"]


def test_a_fact_is_dated_by_the_last_thing_it_needed() -> None:
    deal = a_deal(forms=[a_form("procurement_roles", days=1), a_form("org_chart", days=6)])
    assert standing("S2.I2", deal).since == at(6)


class TestWaivers:
    def test_a_process_condition_is_waived_by_another_person_with_a_reason(self) -> None:
        found = standing("S6.P2", a_deal(waivers=[waived("S6.P2")]))
        assert (found.state, found.by) == (FactState.WAIVED, ("w-S6.P2",))

    @pytest.mark.parametrize(
        ("fact", "given", "why"),
        [
            ("S6.P2", {"reason": ""}, "no-reason"),
            ("S6.P2", {"approver": "ann"}, "same-person"),
            ("S6.P2", {"approver": " "}, "no-name"),
            ("S6.P2", {"role": "sales"}, "role"),
            ("S6.C4", {}, "not-waivable"),
            ("S5.M1", {}, "not-waivable"),
            ("S1.A1", {}, "not-waivable"),
            ("S2.R1", {}, "not-waivable"),
            ("S3.C5", {"role": "presales"}, "role"),
        ],
    )
    def test_an_unfit_waiver_says_why_and_changes_nothing(self, fact: str, given: dict[str, Any], why: str) -> None:
        found = standing(fact, a_deal(waivers=[waived(fact, **given)]))
        assert found.state is FactState.OPEN
        assert dict(found.shortfalls[-1].values) == {"why": why}

    def test_early_actions_and_commitments_are_waived_for_a_late_entry(self) -> None:
        for fact in ("S1.M1", "S2.C1", "S4.C3"):
            assert standing(fact, a_deal(waivers=[waived(fact)])).state is FactState.WAIVED

    def test_a_waiver_ends_on_its_day_and_when_it_is_withdrawn(self) -> None:
        deal = a_deal(waivers=[waived("S6.P2", until=date(2026, 3, 20))])
        assert standing("S6.P2", deal, date(2026, 3, 20)).state is FactState.WAIVED
        assert standing("S6.P2", deal, date(2026, 3, 21)).shortfalls[-1].code == "waiver-expired"
        gone = a_deal(waivers=[waived("S6.P2", withdrawn_at=at(4))])
        assert standing("S6.P2", gone).state is FactState.OPEN

    def test_a_proof_beats_a_waiver(self) -> None:
        deal = a_deal(waivers=[waived("S2.P2")], evidence=[shown("S2.P2")])
        assert standing("S2.P2", deal).state is FactState.PROVEN


class TestLawAndFacts:
    @pytest.mark.parametrize("fact", ["S5.R2", "S5.I2", "S5.A2", "S6.R1", "S6.P4", "S6.A1"])
    def test_what_rests_on_evaluators_is_closed_in_a_statutory_tender(self, fact: str) -> None:
        deal = a_deal(procurement=OPEN_TENDER, judgements=[judged(fact)], evidence=[shown(fact)])
        assert standing(fact, deal).state is FactState.CLOSED_BY_LAW
        assert standing(fact, replace(deal, procurement=AWARDED)).state is FactState.CLOSED_BY_LAW
        assert standing(fact, replace(deal, procurement=Procurement())).state is FactState.PROVEN

    def test_the_outcome_of_a_statutory_evaluation_is_proven_by_a_public_notice_only(self) -> None:
        told = a_deal(procurement=OPEN_TENDER, evidence=[shown("S6.C3", EvidenceKind.CUSTOMER_MESSAGE)])
        assert codes("S6.C3", told) == ["public-notice-only"]
        notice = shown("S6.C3", EvidenceKind.PUBLIC_NOTICE, Origin.PUBLIC_NOTICE)
        assert standing("S6.C3", replace(told, evidence=(notice,))).state is FactState.PROVEN

    def test_a_notice_we_wrote_ourselves_is_not_public(self) -> None:
        ours = shown("S6.C3", EvidenceKind.PUBLIC_NOTICE, Origin.OUR_RECORD)
        assert codes("S6.C3", a_deal(procurement=OPEN_TENDER, evidence=[ours])) == ["public-notice-only"]

    def test_what_may_rest_on_evaluators_stays_open_until_the_method_is_known(self) -> None:
        deal = a_deal(procurement=Procurement(published_on=date(2026, 3, 10)), judgements=[judged("S6.P4")])
        assert codes("S6.P4", deal) == ["law-not-checked"]

    def test_while_the_method_is_unknown_private_word_about_the_evaluation_does_not_count(self) -> None:
        unknown = Procurement(published_on=date(2026, 3, 10))
        told = a_deal(procurement=unknown, evidence=[shown("S6.C3", EvidenceKind.CUSTOMER_MESSAGE)])
        assert codes("S6.C3", told) == ["public-notice-only"]


def _proof_of(fact: Fact) -> dict[str, list[Any]]:
    if fact.verify is Verify.JUDGE:
        return {"judgements": [judged(fact.id)]}
    if fact.verify is Verify.ATTACH:
        return {"evidence": [shown(fact.id)]}
    return {"forms": [replace(meeting(fact.id, form), id=f"{fact.id}-{form}") for form in fact.when]}


def _deal_through(stage: int) -> Deal:
    """A deal in which everything required up to and including the stage is really proven."""
    parts: dict[str, list[Any]] = {"forms": [], "evidence": [], "judgements": []}
    for fact in _FACTS.values():
        if fact.stage <= stage and fact.kind in (FactKind.MILESTONE, FactKind.SUCCESS, FactKind.PROCESS):
            for key, items in _proof_of(fact).items():
                parts[key] += items
    return a_deal(**parts)


def test_withdrawing_the_evidence_moves_the_position_back() -> None:
    deal = _deal_through(4)
    assert position(BOOK.model, standings(deal, BOOK, TODAY)).declared == Reach(4, 4)
    without = tuple(replace(e, withdrawn_at=at(9)) if "S3.M2" in e.of_fact else e for e in deal.evidence)
    assert position(BOOK.model, standings(replace(deal, evidence=without), BOOK, TODAY)).declared == Reach(2, 2)


def test_nothing_is_ticked_by_the_passing_of_time() -> None:
    deal = _deal_through(2)
    for on in (date(2026, 3, 20), date(2031, 3, 20)):
        assert position(BOOK.model, standings(deal, BOOK, on)).declared == Reach(2, 2)
