from __future__ import annotations

from datetime import date

from bidkit.contract.obligations import Kind, Milestones, Obligation, legal_clocks, obligations_of
from bidkit.kernel.language import Language
from bidkit.respond.calendar import calendar_of
from tests.contract.contracts import CLEAN_EN, CLEAN_ZH, viewed

SIGNED = Milestones({"contract_signing": date(2026, 5, 8), "award": date(2026, 4, 20)})


def duties(text: str, known: Milestones = SIGNED) -> list[Obligation]:
    view = viewed(text)
    return list(obligations_of(view, known, calendar_of(view.language)))


def test_payments_come_stage_by_stage_and_deliveries_with_their_day() -> None:
    found = duties(CLEAN_ZH)

    payments = [one for one in found if one.kind is Kind.PAYMENT]
    assert [(one.due_on, one.number) for one in payments] == [(date(2026, 5, 18), "3.1"), (None, "3.1"), (None, "3.1")]
    delivery = next(one for one in found if one.kind is Kind.DELIVERY)
    assert (delivery.who, delivery.due_on) == ("us", date(2026, 7, 7))
    acceptance = next(one for one in found if one.kind is Kind.ACCEPTANCE)
    assert (acceptance.who, acceptance.due_on) == ("them", None)
    warranty = next(one for one in found if one.kind is Kind.WARRANTY)
    assert warranty.due_on is None


def test_a_day_becomes_known_once_its_event_is() -> None:
    known = Milestones({**SIGNED.days, "acceptance": date(2026, 7, 31)})
    found = {(one.kind, one.rule): one.due_on for one in duties(CLEAN_ZH, known)}

    assert date(2028, 7, 31) in found.values()
    assert date(2026, 8, 30) in found.values()


def test_english_duties_are_read_too() -> None:
    found = duties(CLEAN_EN)

    assert {(one.kind, one.who) for one in found} >= {(Kind.DELIVERY, "us"), (Kind.ACCEPTANCE, "them")}
    assert any(one.due_on == date(2026, 7, 7) for one in found)


def test_a_sentence_without_time_or_duty_is_no_obligation() -> None:
    assert duties("第一条 定义\n1.1 本合同所称货物指附件1所列设备。\n1.2 双方应友好协商。") == []


def test_working_days_are_counted_without_holidays() -> None:
    (found,) = duties("第一条 付款\n1.1 甲方应在合同签订后5个工作日内支付预付款。")

    # 8 May 2026 is a Friday; 9 May is a working Saturday in the published calendar.
    assert found.due_on == calendar_of(Language.ZH).after(date(2026, 5, 8), 5)


def test_the_clocks_of_the_law_follow_the_regime_and_its_dates() -> None:
    calendar = calendar_of(Language.ZH)

    def clocks(regime: str, known: Milestones = SIGNED) -> dict[str, date | None]:
        found = legal_clocks(regime, known, calendar, Language.ZH, date(2026, 5, 10))
        return {one.basis[0][0] + " " + one.basis[0][1]: one.due_on for one in found}

    assert clocks("gov_procurement") == {
        "procurement_law 46": date(2026, 5, 20),
        "procurement_regulation 50": calendar.after(date(2026, 5, 8), 2),
        "procurement_law 47": calendar.after(date(2026, 5, 8), 7),
        "procurement_regulation 33": calendar.after(date(2026, 5, 8), 5),
    }
    assert clocks("tendering_law")["tendering_regulation 57"] == date(2026, 5, 13)
    assert clocks("enterprise_rules") == {}
    assert set(clocks("gov_procurement", Milestones({})).values()) == {None}
