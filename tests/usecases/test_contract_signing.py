from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfWriter

from bidkit.kernel.errors import Conflict, NotFound, UnreadableFile, UsageError
from bidkit.store import Store
from bidkit.usecases.contract_review_signing import (
    SEALED_RECORDS,
    check_signed,
    seal_record,
    sealed_record,
    signed_check,
)
from tests.contract.contracts import CLEAN_ZH
from tests.usecases.deals import DEAL
from tests.usecases.test_contract_review import LONGER, firm, reviewed, settle, word_file

__all__ = ["firm"]


def test_the_record_is_sealed_once_with_every_digest_in_the_audit_chain(firm: Store, tmp_path: Path) -> None:
    work = reviewed(firm, tmp_path, CLEAN_ZH)
    with pytest.raises(Conflict):
        seal_record(firm, code=DEAL, actor="chen")
    settle(firm)

    sealed = seal_record(firm, code=DEAL, actor="chen", path=tmp_path / "record.pdf")
    again = seal_record(firm, code=DEAL, actor="chen")

    assert sealed == again == sealed_record(firm, DEAL)
    assert (sealed.contract, sealed.inputs) == (work.round.contract, work.round.inputs)
    assert firm.blobs.get(sealed.record_sha256) == (tmp_path / "record.pdf").read_bytes()
    with firm.read() as unit:
        acts = [event for event in unit.events(DEAL) if event.act == "contract_sealed.saved"]
        assert len(acts) == 1
        assert unit.verify_audit().broken is None
        form = next(f for f in unit.forms.of(unit.deals.get(DEAL)) if f.document.form == "contract_review")
    assert form.version.values["draft_version"] == work.round.contract.sha256
    assert {row["status"] for row in form.version.values["terms"]} == {"same"}


def test_a_new_round_breaks_the_seal(firm: Store, tmp_path: Path) -> None:
    reviewed(firm, tmp_path, CLEAN_ZH)
    settle(firm)
    seal_record(firm, code=DEAL, actor="chen")
    reviewed(firm, tmp_path, LONGER, "draft2.docx")

    with pytest.raises(NotFound):
        sealed_record(firm, DEAL)


@pytest.fixture
def approved(firm: Store, tmp_path: Path) -> Store:
    """The house with the clean contract sealed."""
    reviewed(firm, tmp_path, CLEAN_ZH)
    settle(firm)
    seal_record(firm, code=DEAL, actor="chen")
    return firm


def test_the_same_file_signed_is_the_approved_one(approved: Store, tmp_path: Path) -> None:
    done = check_signed(approved, code=DEAL, path=tmp_path / "draft.docx", actor="ann")

    assert done.same
    assert done.check is not None
    assert done.check.method == "same_file"
    assert signed_check(approved, DEAL) == done.check


def test_signatures_and_dates_may_differ_and_nothing_else(approved: Store, tmp_path: Path) -> None:
    signed = CLEAN_ZH.replace("甲方（盖章）：青澜市水务局", "甲方（盖章）：青澜市水务局 日期：2026年5月20日")
    done = check_signed(approved, code=DEAL, path=word_file(tmp_path / "signed.docx", signed), actor="ann")
    assert (done.same, done.check is not None and done.check.method) == (True, "text")

    silent = word_file(
        tmp_path / "silent.docx", signed.replace("违约金累计不超过合同总价的5%", "违约金累计不超过合同总价的8%")
    )
    wrong = check_signed(approved, code=DEAL, path=silent, actor="ann")
    assert not wrong.same
    assert len(wrong.changes) == 1
    found = signed_check(approved, DEAL)
    assert found is not None
    assert found.signed.name == "signed.docx"


def test_a_scan_is_compared_by_a_person_page_by_page(approved: Store, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(width=595, height=842)
    writer.write(str(scan))

    with pytest.raises(UnreadableFile):
        check_signed(approved, code=DEAL, path=scan, actor="ann")
    with pytest.raises(UsageError):
        check_signed(approved, code=DEAL, path=scan, actor="ann", pages_seen="1,3", note="seen")
    with pytest.raises(UsageError):
        check_signed(approved, code=DEAL, path=scan, actor="ann", pages_seen="1-3")
    done = check_signed(approved, code=DEAL, path=scan, actor="ann", pages_seen="1-3", note="both originals")
    assert done.check is not None
    assert (done.same, done.check.method, done.check.pages, done.check.by) == (True, "pages", "1-3", "ann")


def test_without_a_seal_nothing_can_be_signed(firm: Store, tmp_path: Path) -> None:
    reviewed(firm, tmp_path, CLEAN_ZH)

    with pytest.raises(NotFound):
        check_signed(firm, code=DEAL, path=tmp_path / "draft.docx", actor="ann")
    with firm.read() as work:
        assert work.of_deal(work.deals.get(DEAL), SEALED_RECORDS).all() == {}
