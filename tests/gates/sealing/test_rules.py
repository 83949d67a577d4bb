"""Every rule over an invented bid: in order, spoiled, and starved of what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from bidkit.gates.sealing.model import Outcome, OwnNames, Properties, Situation
from bidkit.gates.sealing.rules import sealing_rules
from bidkit.gates.sealing.run import CHECKS, look, weigh
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding, Severity
from bidkit.respond.response import Compliance
from bidkit.vocabulary.tables import labels
from tests.gates.sealing.builders import (
    BIDDER,
    COMMERCIAL_PAGES,
    LICENCE,
    NUMBER,
    PRICES,
    ROWS,
    a_change,
    a_finding,
    a_situation,
    a_tender,
    answered,
    no_bid,
    priced,
    unread,
    with_commercial,
    with_prices,
    with_technical,
)

Make = Callable[[], Situation]


@dataclass(frozen=True)
class Case:
    """A rule with a spoiled bid and the reason it must give, and a starved one with the reason it cannot run."""

    spoiled: Make
    reason: str
    starved: Make | None
    why: str = ""


def spoiled_row(number: int, **changes: object) -> Situation:
    responses = {row.id: answered() for row in ROWS}
    return a_situation(responses={**responses, ROWS[number].id: answered(**changes)})


def without_response(number: int) -> Situation:
    return a_situation(responses={row.id: answered() for row in ROWS if row is not ROWS[number]})


def expired() -> Situation:
    return a_situation(facts={LICENCE.id: replace(LICENCE, valid_to=date(2027, 1, 1))})


def ending_soon() -> Situation:
    return a_situation(facts={LICENCE.id: replace(LICENCE, valid_to=date(2027, 4, 30))})


def twice_promised() -> Situation:
    here = a_situation().assignments[0]
    return a_situation(assignments=(here, replace(here, project="西山门站", role="总工")))


def altered(**changes: object) -> Situation:
    form = a_situation().forms or ()
    return a_situation(forms=(replace(form[0], **changes),))


def properties(**said: str) -> Situation:
    return with_commercial(properties=Properties(**said))


def at(hour: int, day: int = 8) -> Situation:
    return a_situation(now=datetime(2027, 4, day, hour, 0, tzinfo=UTC))


def unnamed() -> Situation:
    return a_situation(own=OwnNames())


HIDDEN = Finding("hidden-text", Severity.WARN, (("count", "2"),), (Anchor("1" * 64, "commercial.docx", 0),))
CASES: dict[str, Case] = {
    "knockouts-answered": Case(lambda: without_response(0), "not-answered", None),
    "substantive-met": Case(lambda: spoiled_row(0, compliance=Compliance.PARTIAL), "met-partial", None),
    "proof-pages": Case(lambda: spoiled_row(0, proof="检测报告"), "no-page", None),
    "deviations-settled": Case(
        lambda: a_situation(deviation_blockers=(a_finding("deviation-unanswered", table="t", clause="1", row="r"),)),
        "finding:deviation-unanswered",
        lambda: a_situation(deviation_blockers=None),
        "no-deviation-tables",
    ),
    "values-support-answers": Case(
        lambda: a_situation(value_findings=(a_finding("deviation-values-disagree", clause="1", row="r", why="w"),)),
        "finding:deviation-values-disagree",
        lambda: a_situation(value_findings=None),
        "no-deviation-tables",
    ),
    "scored-rows": Case(lambda: without_response(2), "scored-not-answered", None),
    "commitments-owned": Case(lambda: spoiled_row(0, owner=""), "promise-without-owner", None),
    "forms-complete": Case(lambda: altered(volume=""), "form-missing", lambda: a_situation(forms=None), "no-forms"),
    "forms-unaltered": Case(
        lambda: altered(altered=(a_finding("buyer-form-altered", form="投标函", text="a", found="b"),)),
        "finding:buyer-form-altered",
        lambda: altered(altered=None),
        "forms-not-comparable",
    ),
    "bid-validity": Case(
        lambda: with_commercial("本投标有效期为60日历天。"),
        "validity-short",
        lambda: a_situation(tender=a_tender(bid_validity_days=None)),
        "fact-not-stated",
    ),
    "bid-security": Case(
        lambda: with_commercial("投标保证金：人民币1800元。"),
        "security-differs",
        lambda: a_situation(tender=a_tender(bid_security="2%")),
        "fact-not-a-number",
    ),
    "price-ceiling": Case(
        lambda: a_situation(tender=a_tender(price_ceiling=800000)),
        "above-limit",
        lambda: a_situation(tender=a_tender(price_ceiling=None)),
        "no-limit-stated",
    ),
    "price-very-low": Case(
        lambda: a_situation(tender=a_tender(price_ceiling=1800000)),
        "far-below-limit",
        lambda: a_situation(tender=a_tender(price_ceiling=None)),
        "no-limit-stated",
    ),
    "price-rows": Case(lambda: with_prices(priced(监测终端="400010.00")), "row-wrong", no_bid, "no-bid"),
    "price-sums": Case(lambda: with_prices(priced(合计="800100.00")), "sum-wrong", no_bid, "no-bid"),
    "price-tax": Case(lambda: with_prices(priced(价税合计="856001.00")), "gross-wrong", unread, "unread-volume"),
    "words-equal-figures": Case(
        lambda: with_commercial("投标总价（大写）捌拾伍万陆仟伍佰元整（小写：856000.00元）"),
        "words-differ",
        lambda: with_commercial("投标总价：856000.00元", without="捌拾伍万"),
        "no-words-found",
    ),
    "one-total": Case(
        lambda: with_prices(PRICES, "投标总价：866000.00元"),
        "totals-differ",
        lambda: a_situation(tender=a_tender(lots=2)),
        "several-lots",
    ),
    "price-elsewhere": Case(lambda: with_technical("监测终端单价20000元。"), "price-in-technical", no_bid, "no-bid"),
    "other-names": Case(
        lambda: with_commercial("^ 西山市燃气集团投标文件"),
        "foreign-name",
        lambda: a_situation(strangers=()),
        "no-other-names",
    ),
    "own-names": Case(lambda: with_commercial(f"项目编号：{NUMBER[:-1]}9"), "near-miss", unnamed, "own-name-unknown"),
    "placeholders": Case(lambda: with_commercial("交货地点：待定"), "placeholder", unread, "unread-volume"),
    "broken-references": Case(
        lambda: with_commercial("见错误!未找到引用源。"), "broken-reference", unread, "unread-volume"
    ),
    "tracked-changes": Case(lambda: with_commercial(changes=(a_change(),)), "tracked-change", unread, "unread-volume"),
    "comments": Case(lambda: with_commercial("~ 这里再核对一下"), "comment-left", unread, "unread-volume"),
    "hidden-text": Case(lambda: with_commercial(findings=(HIDDEN,)), "hidden-text", unread, "unread-volume"),
    "metadata": Case(lambda: properties(company="西山市燃气集团"), "property-of-other", unread, "properties-unknown"),
    "metadata-tools": Case(lambda: properties(author="python-docx"), "property-default", unread, "properties-unknown"),
    "certificates-valid": Case(expired, "finding:fact-not-valid", lambda: a_situation(responses={}), "no-facts-named"),
    "certificates-lasting": Case(
        ending_soon,
        "finding:fact-ends-early",
        lambda: a_situation(tender=a_tender(submission_deadline=None)),
        "no-deadline",
    ),
    "people-free": Case(
        twice_promised, "finding:person-double-booked", lambda: a_situation(assignments=()), "no-assignments"
    ),
    "index-pages": Case(
        lambda: with_commercial(
            [["材料名称", "页码"], ["资格声明函", "2"], ["财务报表", "2"]],
            pages=(*COMMERCIAL_PAGES, "资格声明函全文", "财务报表全文"),
        ),
        "page-wrong",
        lambda: with_commercial(pages=None),
        "pages-unknown",
    ),
    "addenda-acknowledged": Case(
        lambda: with_commercial(without="收悉"), "", lambda: a_situation(addenda=None), "revisions-unknown"
    ),
    "anonymous-volume": Case(
        lambda: with_technical(f"{BIDDER}自主研发。"), "identity-told", unnamed, "own-name-unknown"
    ),
    "conditions": Case(
        lambda: with_commercial("本报价以采购人预付五成款项为前提。"),
        "condition-attached",
        lambda: a_situation(tender_text=""),
        "tender-text-unknown",
    ),
    "reservations": Case(
        lambda: with_commercial("以上方案仅供参考。"),
        "reserving-words",
        lambda: a_situation(tender_text=""),
        "tender-text-unknown",
    ),
    "deadline-open": Case(
        lambda: at(2), "deadline-passed", lambda: a_situation(tender=a_tender(submission_deadline=None)), "no-deadline"
    ),
    "deadline-buffer": Case(
        lambda: at(0),
        "deadline-near",
        lambda: a_situation(tender=a_tender(submission_deadline="2027-04-08")),
        "no-deadline",
    ),
    "seal-and-sign": Case(a_situation, "", unread, "unread-volume"),
}


def outcome(situation: Situation, rule: str) -> Outcome:
    results = weigh(look(situation, sealing_rules()), sealing_rules(), ())
    return next(result.outcome for result in results if result.rule == rule)


def test_every_rule_in_code_has_a_case() -> None:
    assert set(CASES) == set(CHECKS)


@pytest.mark.parametrize("rule", CHECKS)
def test_a_bid_in_order_gives_the_rule_nothing_to_say(rule: str) -> None:
    looked = CHECKS[rule](a_situation())
    assert looked.faults == ()
    assert looked.hindrance == ""
    assert looked.count > 0


@pytest.mark.parametrize(("rule", "case"), CASES.items(), ids=CASES)
def test_a_spoiled_bid_fails_the_rule_and_says_why(rule: str, case: Case) -> None:
    looked = CHECKS[rule](case.spoiled())
    if not case.reason:
        assert looked.questions
        assert outcome(case.spoiled(), rule) is Outcome.ASK
        return
    assert case.reason in [fault.reason for fault in looked.faults]
    assert outcome(case.spoiled(), rule) is Outcome.FAILED
    assert all(fault.rule == rule for fault in looked.faults)


@pytest.mark.parametrize(
    ("rule", "case"), [(r, c) for r, c in CASES.items() if c.starved], ids=[r for r, c in CASES.items() if c.starved]
)
def test_what_cannot_run_says_not_checked_and_never_passed(rule: str, case: Case) -> None:
    assert case.starved is not None
    looked = CHECKS[rule](case.starved())
    assert looked.hindrance == case.why
    assert outcome(case.starved(), rule) is Outcome.NOT_CHECKED


def test_no_rule_over_texts_passes_without_a_bid() -> None:
    over_rows = {"knockouts-answered", "substantive-met", "proof-pages", "scored-rows", "commitments-owned"}
    over_rows |= {"deviations-settled", "values-support-answers", "people-free", "deadline-open", "deadline-buffer"}
    over_rows |= {"certificates-valid", "certificates-lasting", "forms-complete", "forms-unaltered"}
    passed = [rule for rule in CHECKS if rule not in over_rows and outcome(no_bid(), rule) is Outcome.PASSED]
    assert passed == []


def test_a_bid_in_order_has_no_fault_and_asks_people() -> None:
    results = weigh(look(a_situation(), sealing_rules()), sealing_rules(), ())
    assert {result.outcome for result in results} <= {Outcome.PASSED, Outcome.ASK}


def test_every_reason_why_and_question_has_its_words() -> None:
    known = labels("sealing")
    spoiled = [CHECKS[rule](case.spoiled()) for rule, case in CASES.items()]
    starved = [CHECKS[rule](case.starved()) for rule, case in CASES.items() if case.starved]
    reasons = {f"reason.{f.reason}" for looked in spoiled for f in looked.faults if ":" not in f.reason}
    whys = {f"why.{looked.hindrance or looked.idle}" for looked in starved}
    asks = {question.ask for looked in spoiled for question in looked.questions}
    assert (reasons | whys | asks) - set(known) == set()


def test_a_form_that_only_gained_rows_is_unaltered() -> None:
    added = Finding("buyer-form-added", Severity.WARN, (("form", "投标函"), ("text", "x")))
    assert CHECKS["forms-unaltered"](altered(altered=(added,))).faults == ()
