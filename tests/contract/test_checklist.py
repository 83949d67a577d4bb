from __future__ import annotations

import pytest

from bidkit.contract.parties import Role, Subject, parties_of, subject_of
from bidkit.contract.review import Review
from bidkit.contract.review_model import Outcome, ReviewFinding, Source
from bidkit.kernel.language import Language
from tests.contract.contracts import CLEAN, CLEAN_EN, CLEAN_ZH, reviewed, said, viewed


def of(found: Review, item: str) -> list[ReviewFinding]:
    return [finding for finding in found.findings if finding.item == item and finding.part == "playbook"]


def outcome(text: str, item: str, book: str = "sale") -> set[Outcome]:
    return {finding.outcome for finding in of(reviewed(text, book=book), item)}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("with_sources", [True, False], ids=["with tender", "without"])
def test_a_contract_in_order_has_no_failed_finding(language: Language, with_sources: bool) -> None:
    text = CLEAN[language]
    found = reviewed(text, said(text, Source.TENDER) if with_sources else (), tendered=with_sources)

    assert [(f.item, f.code) for f in found.failed] == []


def test_money_is_never_passed_without_a_person() -> None:
    found = reviewed(CLEAN_ZH, said(CLEAN_ZH, Source.BID))

    passed = [f for f in found.findings if f.money_clause and f.outcome is Outcome.PASSED and f.part == "playbook"]
    assert {f.code for f in passed} <= {"item-absent", "item-not-needed"}
    assert {f.outcome for f in of(found, "price") + of(found, "payment") + of(found, "damages_cap")} == {
        Outcome.CONFIRM
    }


def test_a_label_without_its_value_is_blank_and_not_there() -> None:
    text = CLEAN_ZH.replace("人民币480,000.00元（大写：肆拾捌万元整）", "人民币______元")

    (finding,) = of(reviewed(text), "price")
    assert (finding.outcome, finding.code) == (Outcome.FAILED, "item-blank")


def test_a_missing_clause_is_missing_and_says_what_we_want_instead() -> None:
    text = CLEAN_ZH.replace("第十条 争议解决\n10.1 因本合同发生争议，协商不成的，向甲方所在地人民法院起诉。\n", "")

    (finding,) = of(reviewed(text), "dispute")
    assert (finding.outcome, finding.code) == (Outcome.FAILED, "item-missing")
    assert finding.suggestion
    assert finding.fallbacks
    assert finding.walk_away
    assert finding.basis


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("任何一方因不可抗力不能履行的，不承担违约责任。", set()),
        ("因场地原因造成的损失，甲方不承担任何责任。", {Outcome.FAILED}),
        ("因场地原因造成的损失，乙方不承担任何责任。", set()),
        ("因场地原因造成的损失，不承担任何责任。", {Outcome.CONFIRM}),
        ("乙方应赔偿甲方，双方均不承担间接损失的责任。", set()),
    ],
)
def test_one_sidedness_looks_at_the_subject_first(sentence: str, expected: set[Outcome]) -> None:
    text = CLEAN_ZH.replace("第八条 保密", f"7.4 {sentence}\n第八条 保密")
    extra = (
        [f.outcome for f in of(reviewed(text), "buyer_exempt") if sentence in f.passages[0].text] if expected else []
    )

    assert set(extra) == expected
    if not expected:
        assert outcome(text, "buyer_exempt") == {Outcome.PASSED}


def test_a_contract_may_call_its_supplier_what_others_call_the_buyer() -> None:
    text = "甲方（供方）：远帆智控科技有限公司\n乙方（需方）：青澜市水务局\n第一条 责任\n1.1 甲方不承担任何责任。"
    view = viewed(text)

    assert [party.role for party in view.parties] == [Role.SUPPLIER, Role.BUYER]
    sentence = "1.1 甲方不承担任何责任。"
    assert subject_of(sentence, len(sentence), view.parties, Language.ZH) is Subject.SUPPLIER
    assert outcome(text, "buyer_exempt") == {Outcome.PASSED}


def test_english_parties_are_read_with_their_labels() -> None:
    view = viewed(CLEAN_EN)

    assert [(p.label, p.role, p.name) for p in parties_of(view.reading.document, Language.EN)] == [
        ("Buyer", Role.BUYER, "Harbour City Water Office"),
        ("Supplier", Role.SUPPLIER, "Longsail Controls Ltd"),
    ]


@pytest.mark.parametrize(
    ("clause", "item", "book"),
    [
        ("甲方在收到财政拨款后10日内支付。", "paid_if_paid", "sale"),
        ("甲方有权随时解除本合同。", "buyer_ends_at_will", "sale"),
        ("甲方有权单方面调整采购数量。", "buyer_changes_alone", "sale"),
        ("本合同最终解释权归甲方所有。", "final_word", "sale"),
        ("乙方应赔偿由此造成的一切直接和间接损失。", "unlimited_liability", "sale"),
        ("全部知识产权归甲方所有。", "background_ip", "service"),
    ],
)
def test_what_we_must_not_accept_is_found(clause: str, item: str, book: str) -> None:
    text = CLEAN_ZH.replace("第八条 保密", f"7.4 {clause}\n第八条 保密")

    assert Outcome.FAILED in {f.outcome for f in of(reviewed(text, book=book), item)}
    assert Outcome.FAILED not in {f.outcome for f in of(reviewed(CLEAN_ZH, book=book), item)}


def test_a_value_outside_our_limits_fails_and_one_in_another_unit_is_looked_at() -> None:
    assert outcome(CLEAN_ZH.replace("24个月", "60个月"), "warranty") == {Outcome.FAILED}
    assert outcome(CLEAN_ZH.replace("24个月", "2年"), "warranty") == {Outcome.CONFIRM}
    assert outcome(CLEAN_ZH.replace("24个月", "不少于24个月"), "warranty") == {Outcome.CONFIRM}


def test_the_terms_of_the_playbook_are_held_against_their_sources() -> None:
    longer = CLEAN_ZH.replace("质保期为验收合格之日起24个月", "质保期为验收合格之日起36个月")

    def match(text: str, *sources: str) -> set[Outcome]:
        statements = [one for source in sources for one in said(source, Source.TENDER)]
        return {f.outcome for f in of(reviewed(text, statements), "match_performance")}

    assert match(CLEAN_ZH, CLEAN_ZH) == {Outcome.PASSED}
    # The compared term itself says it, so the item is not repeated.
    assert match(longer, CLEAN_ZH) == set()
    assert match(CLEAN_ZH) == {Outcome.NOT_CHECKED}


def test_a_confidentiality_agreement_is_judged_by_its_statements() -> None:
    text = (
        "CONFIDENTIALITY AGREEMENT\n1. Use\n1.1 The Receiving Party shall use the Confidential Information only for "
        "the Purpose and for no other purpose.\n2. Employees\n2.1 The Receiving Party may disclose Confidential "
        "Information to its employees who need to know it.\n3. Law\n3.1 This Agreement is governed by the laws "
        "of Freeland.\n"
    )
    found = reviewed(text, book="nda")

    assert {f.outcome for f in of(found, "limited_use")} == {Outcome.PASSED}
    assert {f.outcome for f in of(found, "independent")} == {Outcome.FAILED}
    assert {f.outcome for f in of(found, "forum")} == {Outcome.PASSED}


def test_an_unread_contract_passes_no_item() -> None:
    found = reviewed("只有一行标题")

    assert Outcome.PASSED not in {f.outcome for f in found.findings if f.item in ("price", "payment", "delivery")}
