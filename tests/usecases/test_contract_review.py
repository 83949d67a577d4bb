from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pytest

from bidkit.contract.record import asked_departments
from bidkit.contract.review_model import Outcome
from bidkit.contract.verdicts import OpinionKind, VerdictKind
from bidkit.kernel.errors import Conflict, NotFound, UnreadableFile, UsageError
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.contract_review import (
    CONTRACT_VERDICTS,
    ReviewWork,
    give_opinion,
    give_verdict,
    load_review,
    review_contract,
    rounds_of,
)
from bidkit.usecases.contract_review_files import conclusion_of, pull_record, write_record
from bidkit.usecases.negotiation import AgreedTerm, agree
from bidkit.usecases.people import save_person
from bidkit.usecases.profile import describe_deal
from bidkit.usecases.tenders import add_tender
from tests.contract.contracts import CLEAN_ZH
from tests.usecases.deals import DEAL

LONGER = CLEAN_ZH.replace("质保期为验收合格之日起24个月", "质保期为验收合格之日起36个月")
CAPLESS = CLEAN_ZH.replace("，违约金累计不超过合同总价的5%", "")


def word_file(path: Path, text: str, **changes: str) -> Path:
    """The contract as a Word file."""
    paper = docx.Document()
    for line in text.splitlines():
        paper.add_paragraph(changes.get(line, line))
    paper.save(str(path))
    return path


@pytest.fixture
def firm(house: Store) -> Store:
    """The house with people for every department."""
    for login, role in (("dora", "delivery"), ("lee", "legal"), ("pat", "presales"), ("sam", "sales")):
        save_person(house, login=login, name=login.title(), roles=(role,), actor="root")
    return house


def reviewed(store: Store, folder: Path, text: str, name: str = "draft.docx") -> ReviewWork:
    bid = folder / "bid.txt"
    bid.write_text(CLEAN_ZH, "utf-8")
    return review_contract(store, code=DEAL, path=word_file(folder / name, text), bids=(bid,), actor="ann")


def settle(store: Store, *, but: str = "") -> ReviewWork:
    """Everything accepted and agreed, but for one finding."""
    work = load_review(store, DEAL)
    for finding in work.round.findings:
        if finding.needs_a_verdict and finding.id != but:
            give_verdict(store, code=DEAL, finding=finding.id, kind=VerdictKind.ACCEPT, reason="looked at", actor="lee")
    people = {"finance": "fay", "commercial": "fay", "legal": "lee", "delivery": "dora", "presales": "pat"}
    for department in asked_departments(work.round):
        give_opinion(store, code=DEAL, department=department, kind=OpinionKind.AGREE, actor=people[department])
    return load_review(store, DEAL)


def the(work: ReviewWork, item: str, outcome: Outcome = Outcome.FAILED) -> str:
    return next(f.id for f in work.round.findings if f.item == item and f.outcome is outcome)


def test_a_review_is_kept_with_the_digests_of_everything_it_looked_at(firm: Store, tmp_path: Path) -> None:
    work = reviewed(firm, tmp_path, LONGER)

    assert work.created
    assert (work.round.number, work.round.contract.name) == (1, "draft.docx")
    assert [one.part for one in work.round.inputs] == ["bid"]
    assert all(len(one.sha256) == 64 for one in (work.round.contract, *work.round.inputs))
    assert firm.blobs.holds(work.round.contract.sha256)
    warranty = next(row for row in work.round.terms if row.term == "warranty")
    assert (warranty.bid, warranty.contract, warranty.standing.value) == ("24个月", "36个月", "worse")


def test_reviewing_the_same_file_twice_changes_nothing(firm: Store, tmp_path: Path) -> None:
    first = reviewed(firm, tmp_path, LONGER)
    second = review_contract(firm, code=DEAL, path=tmp_path / "draft.docx", bids=(tmp_path / "bid.txt",), actor="ann")

    assert (first.created, second.created) == (True, False)
    assert first.round == second.round
    assert len(rounds_of(firm, DEAL)) == 1


def test_agreed_terms_come_before_the_bid(firm: Store, tmp_path: Path) -> None:
    agree(firm, code=DEAL, term=AgreedTerm("warranty", "质保期36个月", 1, confirmed=True), actor="ann")
    agree(firm, code=DEAL, term=AgreedTerm("delivery", "交货期30日", 1, confirmed=False), actor="ann")

    found = {row.term: row for row in reviewed(firm, tmp_path, LONGER).round.terms}
    assert (found["warranty"].negotiated, found["warranty"].standing.value) == ("36个月", "equal")
    assert found["delivery"].negotiated == ""


def test_a_verdict_holds_in_the_next_round_only_where_the_text_is_the_same(firm: Store, tmp_path: Path) -> None:
    first = reviewed(firm, tmp_path, LONGER)
    for item in ("warranty", "price"):
        outcome = Outcome.FAILED if item == "warranty" else Outcome.CONFIRM
        give_verdict(
            firm, code=DEAL, finding=the(first, item, outcome), kind=VerdictKind.ACCEPT, reason="priced in", actor="lee"
        )
    second = reviewed(firm, tmp_path, CLEAN_ZH.replace("24个月", "48个月"), "draft2.docx")

    assert second.round.number == 2
    assert the(first, "price", Outcome.CONFIRM) in second.verdicts
    assert the(second, "warranty") not in second.verdicts


def test_verdicts_are_append_only_and_twice_is_harmless(firm: Store, tmp_path: Path) -> None:
    finding = the(reviewed(firm, tmp_path, LONGER), "warranty")
    for kind, reason, text in (
        (VerdictKind.CHANGE, "too long", "24 months"),
        (VerdictKind.CHANGE, "too long", "24 months"),
        (VerdictKind.ACCEPT, "priced in", ""),
    ):
        give_verdict(firm, code=DEAL, finding=finding, kind=kind, reason=reason, text=text, actor="lee")

    with firm.read() as work:
        history = work.of_deal(work.deals.get(DEAL), CONTRACT_VERDICTS).history(finding)
    assert [one.value.kind for one in history] == [VerdictKind.CHANGE, VerdictKind.ACCEPT]


def test_a_verdict_needs_a_reason_a_role_and_for_a_change_a_text(firm: Store, tmp_path: Path) -> None:
    finding = the(reviewed(firm, tmp_path, LONGER), "warranty")

    with pytest.raises(UsageError):
        give_verdict(firm, code=DEAL, finding=finding, kind=VerdictKind.ACCEPT, reason=" ", actor="lee")
    with pytest.raises(UsageError):
        give_verdict(firm, code=DEAL, finding=finding, kind=VerdictKind.CHANGE, reason="no", actor="lee")
    with pytest.raises(Conflict):
        give_verdict(firm, code=DEAL, finding=finding, kind=VerdictKind.ACCEPT, reason="ok", actor="sam")
    with pytest.raises(NotFound):
        give_verdict(firm, code=DEAL, finding="cf-000000000000", kind=VerdictKind.ACCEPT, reason="ok", actor="lee")


def test_a_blank_cannot_be_accepted(firm: Store, tmp_path: Path) -> None:
    blank = CLEAN_ZH.replace("合同签订后60日内将货物", "合同签订后____日内将货物")
    work = reviewed(firm, tmp_path, blank)

    with pytest.raises(Conflict):
        give_verdict(
            firm, code=DEAL, finding=the(work, "delivery"), kind=VerdictKind.ACCEPT, reason="later", actor="lee"
        )


def test_what_is_fatal_is_escalated_by_one_and_accepted_by_another(firm: Store, tmp_path: Path) -> None:
    worded = CLEAN_ZH.replace("肆拾捌万元整", "肆拾玖万元整")
    finding = the(reviewed(firm, tmp_path, worded), "amount-words")

    def say(kind: VerdictKind, actor: str) -> None:
        give_verdict(firm, code=DEAL, finding=finding, kind=kind, reason="decided", actor=actor, role="")

    with pytest.raises(Conflict):
        say(VerdictKind.ACCEPT, "lee")
    with pytest.raises(Conflict):
        say(VerdictKind.ACCEPT, "chen")
    say(VerdictKind.ESCALATE, "lee")
    with pytest.raises(Conflict):
        say(VerdictKind.ACCEPT, "lee")
    say(VerdictKind.ACCEPT, "chen")


def test_there_is_no_conclusion_while_anything_grave_is_open(firm: Store, tmp_path: Path) -> None:
    work = reviewed(firm, tmp_path, CAPLESS)
    uncapped = the(work, "damages-uncapped")

    assert conclusion_of(work) == "open"
    assert conclusion_of(settle(firm, but=uncapped)) == "open"
    give_verdict(firm, code=DEAL, finding=uncapped, kind=VerdictKind.CHANGE, reason="cap", text="5 %", actor="lee")
    assert conclusion_of(load_review(firm, DEAL)) == "open"
    give_verdict(firm, code=DEAL, finding=uncapped, kind=VerdictKind.REFUSE, reason="no", actor="lee")
    assert conclusion_of(load_review(firm, DEAL)) == "rejected"
    give_verdict(firm, code=DEAL, finding=uncapped, kind=VerdictKind.ACCEPT, reason="insured", actor="lee")
    assert conclusion_of(load_review(firm, DEAL)) == "approved_with_conditions"


def test_a_departments_objection_keeps_it_open_until_it_is_closed(firm: Store, tmp_path: Path) -> None:
    reviewed(firm, tmp_path, CLEAN_ZH)
    settle(firm)

    give_opinion(
        firm, code=DEAL, department="finance", kind=OpinionKind.CONDITIONAL, issues="guarantee first", actor="fay"
    )
    assert conclusion_of(load_review(firm, DEAL)) == "open"
    give_opinion(
        firm,
        code=DEAL,
        department="finance",
        kind=OpinionKind.CONDITIONAL,
        issues="guarantee first",
        closed=True,
        actor="fay",
    )
    assert conclusion_of(load_review(firm, DEAL)) == "approved_with_conditions"
    with pytest.raises(Conflict):
        give_opinion(firm, code=DEAL, department="legal", kind=OpinionKind.AGREE, actor="sam")


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_verdicts_typed_into_a_record_come_back_once(firm: Store, tmp_path: Path, ending: str) -> None:
    finding = the(reviewed(firm, tmp_path, LONGER), "warranty")
    path = tmp_path / f"record.{ending}"
    write_record(firm, code=DEAL, path=path, language=Language.ZH)
    fill(path, finding, "接受", "已计入报价")

    taken = pull_record(firm, code=DEAL, path=path, actor="lee")
    again = pull_record(firm, code=DEAL, path=path, actor="lee")

    assert (taken.changed, taken.findings) == (1, ())
    assert (again.changed, again.findings) == (0, ())
    verdict = load_review(firm, DEAL).verdicts[finding]
    assert (verdict.kind, verdict.reason, verdict.by) == (VerdictKind.ACCEPT, "已计入报价", "lee")


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_what_others_decided_meanwhile_stays_and_unknown_words_are_named(
    firm: Store, tmp_path: Path, ending: str
) -> None:
    work = reviewed(firm, tmp_path, LONGER)
    warranty, price = the(work, "warranty"), the(work, "price", Outcome.CONFIRM)
    path = tmp_path / f"record.{ending}"
    write_record(firm, code=DEAL, path=path, language=Language.EN)
    give_verdict(firm, code=DEAL, finding=warranty, kind=VerdictKind.REFUSE, reason="too long", actor="zhou")
    fill(path, warranty, "Accept", "fine")
    fill(path, price, "Perhaps", "hm")

    taken = pull_record(firm, code=DEAL, path=path, actor="lee")

    assert taken.changed == 0
    assert {f.code for f in taken.findings} == {"contract-file-verdict-clash", "contract-file-unknown-verdict"}
    assert load_review(firm, DEAL).verdicts[warranty].kind is VerdictKind.REFUSE


def test_a_stranger_among_the_files_is_refused(firm: Store, tmp_path: Path) -> None:
    reviewed(firm, tmp_path, CLEAN_ZH)
    for name in ("other.docx", "other.xlsx"):
        path = tmp_path / name
        if name.endswith("docx"):
            docx.Document().save(str(path))
        else:
            openpyxl.Workbook().save(path)
        with pytest.raises(UnreadableFile):
            pull_record(firm, code=DEAL, path=path, actor="lee")


def fill(path: Path, finding: str, verdict: str, reason: str) -> None:
    """Type a verdict and its reason into the record."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            head = [cell.value for cell in sheet[1]]
            for names in (("编号", "法务结论", "理由"), ("Id", "Legal's verdict", "Reason")):
                if set(names) <= set(head):
                    at = [head.index(name) + 1 for name in names]
                    for row in sheet.iter_rows(min_row=2):
                        if row[at[0] - 1].value == finding:
                            row[at[1] - 1].value, row[at[2] - 1].value = verdict, reason
        book.save(path)
        return
    paper = docx.Document(str(path))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for control in paper.element.body.iter(f"{space}sdt"):
        tag = control.find(f"{space}sdtPr/{space}tag").get(f"{space}val")
        for field, text in (("verdict", verdict), ("reason", reason)):
            if tag == f"review:{finding}:{field}":
                next(control.iter(f"{space}t")).text = text
    stored = io.BytesIO()
    paper.save(stored)
    path.write_bytes(stored.getvalue())


TENDER = """# 水位监测设备采购招标文件

## 第一章 投标人须知

投标人应当在投标截止时间前递交投标文件。

## 第二章 商务要求

2.1 交货期：合同签订后60日内交货。

2.2 ★质保期：验收合格之日起不少于24个月。

2.3 付款方式：合同签订后10日内支付合同总价的30%，验收合格后30日内支付合同总价的65%，质保期满后10日内支付合同总价的5%。
"""


def test_a_contract_after_a_tender_may_not_depart_from_it_in_substance(firm: Store, tmp_path: Path) -> None:
    package = tmp_path / "tender.md"
    package.write_text(TENDER, "utf-8")
    add_tender(firm, code=DEAL, paths=[package], actor="ann")
    changes = {"method": "open_tender", "regime": "gov_procurement"}
    describe_deal(firm, code=DEAL, changes=changes, actor="ann")

    worse = CLEAN_ZH.replace("质保期为验收合格之日起24个月", "质保期为验收合格之日起12个月")
    work = review_contract(firm, code=DEAL, path=word_file(tmp_path / "draft.docx", worse), actor="ann")

    assert work.round.tendered
    assert [(one.part, one.name) for one in work.round.inputs] == [("tender", "tender.md")]
    first = work.round.findings[0]
    assert (first.item, first.code, first.basis[0].law) == ("warranty", "term-departs", "procurement_law")
    assert next(row for row in work.round.terms if row.term == "delivery").standing.value == "equal"
