"""The flows on the bid: papers written, gates kept, nothing done twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bidkit.kernel.language import Language
from bidkit.usecases.deals import new_deal
from bidkit.usecases.gates import GateClosed
from bidkit.usecases.tenders import add_tender
from tests.flows.test_parse_tender import artifact
from tests.usecases.conftest import opened

pytestmark = [pytest.mark.flows, pytest.mark.usefixtures("prefect_api")]

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tender_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with our English sample tender in a deal, read once for all tests here."""
    folder = tmp_path_factory.mktemp("bids") / "home"
    store = opened(folder)
    new_deal(store, code="D-1", name="Fares", customer="Transport office", language=Language.EN, actor="li")
    add_tender(store, code="D-1", paths=[CHECKOUT / "samples" / "en" / "RFP HRTA-2027-014.pdf"], actor="li")
    store.close()
    return folder


@pytest.fixture
def home(tender_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, in force."""
    shutil.copytree(tender_home, tmp_path / "home")
    monkeypatch.setenv("BIDKIT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_deviation_tables_are_written_and_the_run_says_whether_they_may_go(home: Path) -> None:
    from flows.bid_pages import DeviationForm
    from flows.build_deviation_table import run_build_deviations

    state = run_build_deviations(DeviationForm(deal="D-1 Fares", bidder="Us", language="en"), return_state=True)
    assert state.name in ("Open", "Closed")
    assert (home / "deals" / "D-1" / "deviations" / "deviation.xlsx").read_bytes().startswith(b"PK")
    assert "deviation.xlsx" in artifact("d-1-deviations")


def test_an_addendum_is_taken_in_once_and_reported(home: Path) -> None:
    from flows.amend_tender import run_amend_tender
    from flows.bid_pages import AmendForm

    (home / "inbox").mkdir()
    shutil.copy(CHECKOUT / "samples" / "en" / "Addendum 1.docx", home / "inbox" / "addendum.docx")
    form = AmendForm(deal="D-1", package="addendum.docx", language="en")
    run_amend_tender(form)
    assert (home / "deals" / "D-1" / "changes-1.xlsx").read_bytes().startswith(b"PK")
    assert "changes-1.xlsx" in artifact("d-1-amendment")
    run_amend_tender(form)
    assert "nothing changed" in artifact("d-1-amendment")


def test_a_bid_is_not_built_while_its_gate_is_shut(home: Path) -> None:
    from flows.bid_pages import BidForm
    from flows.build_bid import run_build_bid
    from flows.build_proposal import run_build_proposal

    for flow in (run_build_bid, run_build_proposal):
        with pytest.raises(GateClosed):
            flow(BidForm(deal="D-1"))
    assert not list((home / "deals").rglob("*.docx"))


def test_a_form_without_files_is_refused() -> None:
    from pydantic import ValidationError

    from flows.bid_pages import AmendForm

    with pytest.raises(ValidationError):
        AmendForm(deal="D-1", language="en")
