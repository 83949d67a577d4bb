from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pytest

from bidkit.contract.law import CHECKS, law_findings
from bidkit.contract.reading import reading_of
from bidkit.contract.review import view_of
from bidkit.contract.review_model import ContractView, Outcome, Weight
from bidkit.ingest.align.versions import version_of
from bidkit.kernel.language import Language
from bidkit.vocabulary.contract_rules import check_rules, checks_for, contract_laws
from bidkit.vocabulary.tables import labels
from tests.contract.contracts import CLEAN, CLEAN_EN, CLEAN_ZH, circumstances, viewed


def outcomes(view: ContractView, check: str, **known: Any) -> set[Outcome]:
    return {f.outcome for f in law_findings(view, circumstances(**known)) if f.item == check}


def without_clauses() -> ContractView:
    """A file in which no clause was read."""
    view = viewed("第一条 标题")
    return replace(view, reading=replace(view.reading, clauses=(), original=()))


@dataclass(frozen=True)
class Case:
    """One check with a text that passes it, texts that fail it, and one in which it cannot be run."""

    check: str
    passes: str
    fails: tuple[str, ...]
    cannot: str = ""
    known: dict[str, Any] = field(default_factory=dict)
    cannot_known: dict[str, Any] | None = None


HEAD = "第一条 约定\n"
GOV: dict[str, Any] = {"regime": "gov_procurement"}
LAW: dict[str, Any] = {"regime": "tendering_law"}
CASES = (
    Case(
        "placeholders",
        HEAD + "1.1 乙方应在30日内交货。\n甲方（盖章）：________ 日期：____年__月__日",
        (
            HEAD + "1.1 乙方应在____日内交货。",
            "1. Delivery\n1.1 The Supplier shall deliver within [●] days of the order.",
        ),
    ),
    Case(
        "amount-words",
        HEAD + "1.1 合同总价为480000元（大写：肆拾捌万元整）。",
        (HEAD + "1.1 合同总价为480000元（大写：肆拾捌万伍仟元整）。",),
        HEAD + "1.1 合同总价为480000元。",
    ),
    Case(
        "payment-shares",
        HEAD + "1.1 付款方式：合同签订后支付合同总价的30%，验收合格后支付合同总价的70%。",
        (
            HEAD + "1.1 付款方式：合同签订后支付合同总价的30%，验收合格后支付合同总价的60%。",
            "1. Payment\n1.1 Payment terms: 30% of the contract price on signature, 60% on acceptance.",
        ),
        HEAD + "1.1 货物由乙方运输。",
    ),
    Case(
        "deposit-cap",
        HEAD + "1.1 甲方支付合同总价20%的定金。定金为合同总价的20%。",
        (HEAD + "1.1 甲方支付定金，定金为合同总价的30%。",),
        HEAD + "1.1 甲方支付定金50000元。",
    ),
    Case(
        "deposit-and-damages",
        HEAD + "1.1 甲方支付定金10000元。",
        (HEAD + "1.1 定金为合同总价的10%。\n1.2 乙方逾期交货的，每逾期一日按合同总价的0.5‰支付违约金。",),
    ),
    Case(
        "security-cap",
        HEAD + "1.1 履约保证金为合同总价的5%。",
        (HEAD + "1.1 履约保证金为合同总价的15%。", HEAD + "1.1 合同总价为100000元。\n1.2 履约保证金为20000元。"),
        HEAD + "1.1 履约保证金为____元。",
        known=LAW,
    ),
    Case(
        "security-cash",
        HEAD + "1.1 乙方以银行保函提交履约保证金。",
        (HEAD + "1.1 乙方以现金形式提交履约保证金。",),
        HEAD + "1.1 乙方运输货物。",
        known=GOV,
    ),
    Case(
        "signing-deadline",
        HEAD + "签订日期：2026年5月8日",
        (HEAD + "签订日期：2026年6月1日",),
        HEAD + "签订日期：2026年5月8日",
        known={**GOV, "awarded_on": date(2026, 4, 20)},
        cannot_known={**GOV, "awarded_on": None},
    ),
    Case(
        "damages-excessive",
        HEAD + "1.1 乙方逾期交货的，每逾期一日按合同总价的0.5‰支付违约金，违约金累计不超过合同总价的5%。",
        (HEAD + "1.1 乙方逾期交货的，每逾期一日按合同总价的1%支付违约金，违约金累计不超过合同总价的40%。",),
        HEAD + "1.1 乙方运输货物。",
    ),
    Case(
        "damages-uncapped",
        HEAD + "1.1 乙方逾期交货的，每逾期一日按合同总价的0.5‰支付违约金，违约金累计不超过合同总价的5%。",
        (
            HEAD + "1.1 乙方逾期交货的，每逾期一日按合同总价的0.5‰支付违约金。",
            "1. Delay\n1.1 For each day of delay the Supplier shall pay liquidated damages of 0.5% of the price.",
        ),
        HEAD + "1.1 乙方运输货物。",
    ),
    Case(
        "repealed-law",
        HEAD + "1.1 根据《中华人民共和国民法典》订立本合同。",
        (HEAD + "1.1 根据《中华人民共和国合同法》订立本合同。",),
    ),
    Case(
        "tax-rate",
        HEAD + "1.1 合同总价含13%增值税。",
        (HEAD + "1.1 合同总价含17%增值税。",),
        HEAD + "1.1 乙方运输货物。",
    ),
    Case(
        "two-forums",
        HEAD + "1.1 发生争议的，提交青澜仲裁委员会仲裁。当事人可申请法院强制执行仲裁裁决。",
        (
            HEAD + "1.1 发生争议的，提交青澜仲裁委员会仲裁，或向甲方所在地人民法院起诉。",
            "1. Disputes\n1.1 They are settled by arbitration.\n1.2 The courts of Freeland shall have jurisdiction.",
        ),
        HEAD + "1.1 乙方运输货物。",
    ),
    Case(
        "void-exemption",
        HEAD + "1.1 甲方因不可抗力不承担责任。",
        (
            HEAD + "1.1 造成人身损害的，甲方不承担任何责任。",
            "1. Liability\n1.1 The Buyer shall not be liable for death or personal injury on the site.",
        ),
    ),
    Case(
        "cross-references",
        HEAD + "1.1 违约金按第1.2条计算。\n1.2 每日0.5‰。依照《中华人民共和国民法典》第五百八十五条。",
        (
            HEAD + "1.1 违约金按第9.2条计算。\n1.2 每日0.5‰。",
            "1. Price\n1.1 Damages are those of Clause 8.3.\n1.2 They are capped.",
        ),
        "乙方应交货。甲方应付款。",
    ),
    Case(
        "annexes",
        HEAD + "1.1 货物见附件1。\n附件1 货物清单",
        (HEAD + "1.1 货物见附件2。\n附件1 货物清单", "1. Goods\n1.1 The goods are listed in Annex 3."),
        HEAD + "1.1 乙方运输货物。",
    ),
    Case(
        "dates-order",
        HEAD + "1.1 服务期自2026年5月1日至2027年4月30日。",
        (
            HEAD + "1.1 服务期自2027年5月1日至2026年4月30日。",
            HEAD + "签订日期：2026年5月8日\n1.1 交货日期为2026年4月1日。",
        ),
        HEAD + "1.1 乙方运输货物。",
    ),
    Case(
        "party-names",
        "甲方：青澜市水务局\n" + HEAD + "甲方：青澜市水务局",
        ("甲方：青澜市水务局\n" + HEAD + "甲方：青澜市水利局",),
        HEAD + "1.1 乙方运输货物。",
    ),
    Case(
        "supplementary-purchase",
        HEAD + "1.1 追加采购金额不超过原合同金额的10%。",
        (HEAD + "1.1 追加采购金额不超过原合同金额的30%。",),
        HEAD + "1.1 乙方运输货物。",
        known=GOV,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.check)
def test_a_contract_in_order_passes(case: Case) -> None:
    assert outcomes(viewed(case.passes), case.check, **case.known) == {Outcome.PASSED}


@pytest.mark.parametrize(
    ("case", "text"), [(c, t) for c in CASES for t in c.fails], ids=lambda x: x.check if isinstance(x, Case) else ""
)
def test_a_contract_that_breaks_the_rule_fails_and_shows_where(case: Case, text: str) -> None:
    found = [f for f in law_findings(viewed(text), circumstances(**case.known)) if f.item == case.check]

    assert {f.outcome for f in found} == {Outcome.FAILED}
    assert case.check == "signing-deadline" or all(f.passages for f in found)
    assert all(f.suggestion and f.code in labels("contract_findings") for f in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.check)
def test_what_cannot_be_checked_is_never_passed(case: Case) -> None:
    known = case.known if case.cannot_known is None else case.cannot_known
    view = viewed(case.cannot) if case.cannot else without_clauses()

    assert outcomes(view, case.check, **known) == {Outcome.NOT_CHECKED}


def _paper(*paragraphs: str) -> Any:
    paper = docx.Document()
    for text in paragraphs:
        paper.add_paragraph(text)
    return paper


def _seen(paper: Any) -> ContractView:
    stored = io.BytesIO()
    paper.save(stored)
    return view_of(reading_of(version_of(stored.getvalue(), "contract.docx")))


def test_hidden_text_and_comments_of_a_word_file_fail_and_a_clean_one_passes() -> None:
    clean, dirty = (_paper("第一条 约定", "1.1 乙方应交货。", "1.2 乙方放弃索赔。") for _ in range(2))
    dirty.paragraphs[2].runs[0].font.hidden = True
    dirty.add_comment(dirty.paragraphs[1].runs, text="请确认", author="Wei", initials="W")

    for check in ("hidden", "comments"):
        assert outcomes(_seen(clean), check) == {Outcome.PASSED}
        assert outcomes(_seen(dirty), check) == {Outcome.FAILED}
        assert outcomes(viewed(CLEAN_ZH), check) == {Outcome.NOT_CHECKED}


def test_line_items_are_added_up_where_there_is_a_price_table() -> None:
    def table(total: str) -> ContractView:
        paper = _paper("第一条 价格")
        grid = paper.add_table(rows=0, cols=3)
        for row in (("名称", "数量", "金额（元）"), ("终端", "40", "400,000.00"), ("网关", "6", "80,000.00")):
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
        for cell, text in zip(grid.add_row().cells, ("合计", "", total), strict=True):
            cell.text = text
        return _seen(paper)

    assert outcomes(table("480,000.00"), "price-sum") == {Outcome.PASSED}
    assert outcomes(table("490,000.00"), "price-sum") == {Outcome.FAILED}
    assert outcomes(viewed(CLEAN_ZH), "price-sum") == {Outcome.NOT_CHECKED}


@pytest.mark.parametrize("language", Language)
def test_a_contract_in_order_has_no_failed_finding(language: Language) -> None:
    found = law_findings(viewed(CLEAN[language]), circumstances(price=Decimal(480000)))

    assert [f.item for f in found if f.outcome is Outcome.FAILED] == []


def test_a_repealed_law_counts_only_from_the_day_of_its_repeal() -> None:
    view = viewed(HEAD + "1.1 根据《中华人民共和国合同法》订立本合同。")

    assert outcomes(view, "repealed-law", on=date(2026, 5, 10)) == {Outcome.FAILED}
    assert outcomes(view, "repealed-law", on=date(2020, 5, 10)) == set()


def test_the_regime_decides_which_article_limits_the_security() -> None:
    view = viewed(HEAD + "1.1 履约保证金为合同总价的15%。")

    for regime, law in (("tendering_law", "tendering_regulation"), ("gov_procurement", "procurement_regulation")):
        found = [f for f in law_findings(view, circumstances(regime=regime)) if f.item == "security-cap"]
        assert [one.basis[0].law for one in found] == [law]
    assert outcomes(view, "security-cap", regime="enterprise_rules") == set()


def test_an_empty_contract_passes_nothing() -> None:
    found = law_findings(without_clauses(), circumstances(regime="gov_procurement"))

    assert {f.outcome for f in found} == {Outcome.NOT_CHECKED}
    assert all(f.weight is not Weight.FATAL for f in found)


def test_every_check_of_the_table_exists_and_every_law_is_in_force_when_the_check_is() -> None:
    assert {rule.check for rule in check_rules()} == set(CHECKS)
    for rule in check_rules():
        for law, _ in rule.basis:
            assert rule.since is None or law in contract_laws()
    assert checks_for(language="en", regime="any", on=date(2026, 1, 1))


def test_english_exceptions_are_kept_apart_from_the_forum() -> None:
    text = CLEAN_EN + "11. Relief\n11.1 Either party may seek injunctive relief in the courts of Freeland.\n"

    assert outcomes(viewed(text), "two-forums") == {Outcome.PASSED}
