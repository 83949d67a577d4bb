from __future__ import annotations

from decimal import Decimal

import pytest

from bidkit.contract.review_model import Source
from bidkit.contract.stated_terms import stated_terms
from bidkit.contract.three_way import Standing, Statement, TermLine, compare_terms
from bidkit.ingest.align.versions import version_of
from tests.contract.contracts import CLEAN_EN, CLEAN_ZH, said


def lines(contract: str, *sources: Statement, money: bool = True) -> dict[str, list[TermLine]]:
    readings = stated_terms(version_of(contract.encode(), "contract.txt").accepted)
    assumptions = {"price": Decimal(480000), "interest": Decimal("0.06")} if money else {}
    found: dict[str, list[TermLine]] = {}
    for line in compare_terms(readings, sources, assumptions):
        found.setdefault(line.term, []).append(line)
    return found


@pytest.mark.parametrize("text", [CLEAN_ZH, CLEAN_EN], ids=["zh", "en"])
def test_a_contract_that_repeats_the_tender_is_equal_in_every_term(text: str) -> None:
    found = lines(text, *said(text, Source.TENDER))

    assert {line.standing for of_term in found.values() for line in of_term} == {Standing.EQUAL}
    assert not any(line.departs for of_term in found.values() for line in of_term)


@pytest.mark.parametrize(
    ("old", "new", "term", "standing"),
    [
        ("质保期为验收合格之日起24个月", "质保期为验收合格之日起36个月", "warranty", Standing.WORSE),
        ("质保期为验收合格之日起24个月", "质保期为验收合格之日起12个月", "warranty", Standing.BETTER),
        ("合同签订后60日内将货物", "合同签订后45日内将货物", "delivery", Standing.WORSE),
        ("480,000.00元（大写：肆拾捌万元整）", "470,000.00元", "price", Standing.WORSE),
        ("迟交部分价款的0.5‰", "迟交部分价款的5‰", "ld_supplier", Standing.WORSE),
        ("累计不超过合同总价的5%", "累计不超过合同总价的10%", "ld_cap", Standing.WORSE),
        ("向甲方所在地人民法院起诉", "向乙方所在地人民法院起诉", "law_venue", Standing.WORSE),
        ("质保期为验收合格之日起24个月", "质保期为验收合格之日起____个月", "warranty", Standing.BLANK),
        ("，违约金累计不超过合同总价的5%", "", "ld_cap", Standing.MISSING),
        ("合同签订后60日内将货物", "收到预付款后60日内将货物", "delivery", Standing.CANNOT_TELL),
    ],
)
def test_a_changed_term_is_seen_from_our_side(old: str, new: str, term: str, standing: Standing) -> None:
    assert old in CLEAN_ZH
    found = lines(CLEAN_ZH.replace(old, new), *said(CLEAN_ZH, Source.BID))

    assert [line.standing for line in found[term]] == [standing]
    others = {line.standing for other, of_term in found.items() if other != term for line in of_term}
    assert others == {Standing.EQUAL}


def test_what_was_negotiated_comes_before_the_bid_and_the_bid_before_the_tender() -> None:
    tender = said("质保期为验收合格之日起12个月。", Source.TENDER)
    bid = said("质保期为验收合格之日起24个月。", Source.BID)
    minutes = said("质保期为验收合格之日起36个月。", Source.NEGOTIATED)
    contract = "1.1 质保期为验收合格之日起36个月。"

    assert [one.standing for one in lines(contract, *tender)["warranty"]] == [Standing.WORSE]
    assert [one.standing for one in lines(contract, *tender, *bid)["warranty"]] == [Standing.WORSE]
    (line,) = lines(contract, *tender, *bid, *minutes)["warranty"]
    assert line.standing is Standing.EQUAL
    assert (line.tender, line.bid, line.negotiated) == (tender[0], bid[0], minutes[0])


def test_a_value_that_is_neither_the_tenders_nor_the_bids_departs() -> None:
    tender = said("质保期为验收合格之日起12个月。", Source.TENDER)
    bid = said("质保期为验收合格之日起24个月。", Source.BID)

    assert lines("质保期为验收合格之日起36个月。", *tender, *bid)["warranty"][0].departs
    # The tender's own value departs from nothing, though it is not what we offered.
    assert not lines("质保期为验收合格之日起12个月。", *tender, *bid)["warranty"][0].departs


def test_the_money_impact_is_what_the_contract_costs_us_more() -> None:
    bid = said(CLEAN_ZH, Source.BID)
    changed = CLEAN_ZH.replace("480,000.00元", "470,000.00元")

    assert lines(changed, *bid)["price"][0].money == Decimal(10000)
    assert lines(CLEAN_ZH, *bid)["price"][0].money is None


def test_a_term_nobody_spoke_of_before_is_new_and_what_ends_with_the_award_is_left_out() -> None:
    found = lines("质保期为验收合格之日起36个月。", *said("交货期为合同签订后30日。投标有效期90天。", Source.TENDER))

    assert [line.standing for line in found["warranty"]] == [Standing.NEW]
    assert [line.standing for line in found["delivery"]] == [Standing.MISSING]
    assert "bid_validity" not in found


def test_every_offered_piece_has_to_be_found_again() -> None:
    bid = said("7.1 乙方应在接到报修后2小时内响应。\n质保期为验收合格之日起24个月。", Source.BID)

    assert [one.standing for one in lines("质保期为验收合格之日起24个月。", *bid)["response_time"]] == [
        Standing.MISSING
    ]
