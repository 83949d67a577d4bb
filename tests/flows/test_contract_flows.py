"""The flows on contracts against a temporary Prefect API and a store of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.kernel.clock import SystemClock
from bidkit.kernel.language import Language
from bidkit.store import open_store
from bidkit.usecases.deals import new_deal
from tests.contract.contracts import CLEAN_ZH
from tests.flows.test_parse_tender import artifact
from tests.usecases.deals import hire
from tests.usecases.test_contract_review import word_file

pytestmark = [pytest.mark.flows, pytest.mark.usefixtures("prefect_api")]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the deal D-8, two versions of its contract and its bid."""
    monkeypatch.setenv("BIDKIT_HOME", str(tmp_path))
    for name in ("BIDKIT_DATABASE_URL", "BIDKIT_STORAGE_URL"):
        monkeypatch.delenv(name, raising=False)
    store = open_store(tmp_path / "bidkit.db", tmp_path / "blobs", SystemClock())
    hire(store)
    new_deal(store, code="D-8", name="Pumps", customer="Water office", language=Language.ZH, actor="ann")
    store.close()
    word_file(tmp_path / "old.docx", CLEAN_ZH)
    word_file(tmp_path / "new.docx", CLEAN_ZH.replace("24个月", "36个月"))
    (tmp_path / "bid.txt").write_text(CLEAN_ZH, "utf-8")
    return tmp_path


def test_a_contract_is_reviewed_and_waits_for_legal(home: Path) -> None:
    from flows.contract_pages import ReviewForm
    from flows.review_contract import run_review

    form = ReviewForm(deal="D-8", file=str(home / "new.docx"), bid=str(home / "bid.txt"), language="en")
    first = run_review(form, return_state=True)
    second = run_review(form, return_state=True)

    assert (first.name, second.name) == ("Waiting for legal", "Waiting for legal")
    page = artifact("d-8-contract")
    assert "Waiting for legal" in page
    assert "Warranty period" in page
    for ending in ("docx", "xlsx"):
        assert (home / "deals" / "D-8" / f"contract-record.{ending}").stat().st_size > 5000
    store = open_store(home / "bidkit.db", home / "blobs", SystemClock())
    with store.read() as work:
        rounds = [e for e in work.events("D-8") if e.act == "contract_round.saved"]
    store.close()
    assert len(rounds) == 1


def test_two_versions_are_compared_with_the_silent_change_first(home: Path) -> None:
    from flows.compare_contract import run_compare
    from flows.contract_pages import CompareForm

    run_compare(CompareForm(deal="D-8", old=str(home / "old.docx"), new=str(home / "new.docx"), language="en"))

    page = artifact("d-8-contract-changes")
    assert "1 silent changes, 1 in all" in page
    assert (home / "deals" / "D-8" / "contract-redline.docx").read_bytes()[:2] == b"PK"
    assert "36" in (home / "deals" / "D-8" / "contract-changes.html").read_text("utf-8")


def test_a_hand_over_shows_what_has_no_owner_and_is_not_closed(home: Path) -> None:
    from flows.contract_pages import HandoverForm, ReviewForm
    from flows.hand_over import run_handover
    from flows.review_contract import run_review

    run_review(ReviewForm(deal="D-8", file=str(home / "old.docx"), language="zh"), return_state=True)
    ended = run_handover(HandoverForm(deal="D-8", language="en"), return_state=True)

    assert ended.name == "Not closed"
    assert "no hand-over form was begun" in artifact("d-8-handover")
    assert (home / "deals" / "D-8" / "obligations.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
