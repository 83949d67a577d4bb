from bidkit.kernel.anchor import Anchor
from bidkit.requirements.facts import find_facts
from bidkit.requirements.facts.deadlines import deadline_findings
from bidkit.requirements.model import FactValue
from tests.requirements.facts.builders import a_document


def _moment(value: str) -> FactValue:
    return FactValue(value, value, Anchor("f" * 64, "tender.docx", 0))


def test_questions_after_the_deadline_are_out_of_order() -> None:
    moments = {"question_deadline": _moment("2031-05-21"), "submission_deadline": _moment("2031-05-20T14:00")}
    assert [finding.code for finding in deadline_findings(moments, "")] == ["dates-out-of-order"]


def test_an_opening_on_the_same_day_without_a_time_is_in_order() -> None:
    moments = {"submission_deadline": _moment("2031-05-20T14:00"), "opening_time": _moment("2031-05-20")}
    assert deadline_findings(moments, "") == ()


def test_a_public_tender_needs_twenty_days() -> None:
    short = {"issue_date": _moment("2031-05-01"), "submission_deadline": _moment("2031-05-20T09:00")}
    (finding,) = deadline_findings(short, "public_procurement")
    assert (finding.code, dict(finding.values)["days"], dict(finding.values)["at_least"]) == (
        "submission-period-short",
        "19",
        "20",
    )
    enough = {"issue_date": _moment("2031-05-01"), "submission_deadline": _moment("2031-05-21T09:00")}
    assert deadline_findings(enough, "public_procurement") == ()


def test_a_rule_is_not_tried_without_both_dates_or_under_another_regime() -> None:
    assert deadline_findings({"submission_deadline": _moment("2031-05-20")}, "public_procurement") == ()
    short = {"issue_date": _moment("2031-05-18"), "submission_deadline": _moment("2031-05-20")}
    assert deadline_findings(short, "negotiation") == ()


def test_a_rule_does_not_hold_before_it_took_effect() -> None:
    old = {"issue_date": _moment("2001-05-18"), "submission_deadline": _moment("2001-05-20")}
    assert deadline_findings(old, "public_procurement") == ()


def test_the_issue_date_is_read_from_the_notice() -> None:
    document = a_document(
        "政府采购招标文件",
        "# 第一章 招标公告",
        "招标文件发售时间：2031年5月6日至2031年5月12日",
        "投标截止时间：2031年5月20日9时30分",
    )
    _, findings = find_facts([document])
    assert [(finding.code, dict(finding.values)["days"]) for finding in findings] == [("submission-period-short", "14")]
