"""Flow `check-bid` against a temporary Prefect API and a store of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bidkit.kernel.clock import SystemClock
from bidkit.kernel.errors import NotFound
from bidkit.kernel.language import Language
from bidkit.store import open_store
from bidkit.usecases.deals import new_deal
from bidkit.usecases.tenders import add_tender
from tests.flows.test_parse_tender import artifact
from tests.usecases.sealing_bid import BUYER, PROJECT, clean_bid, tender

pytestmark = [pytest.mark.flows, pytest.mark.usefixtures("prefect_api")]

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the deal D-6 and its tender."""
    monkeypatch.setenv("BIDKIT_HOME", str(tmp_path))
    for name in ("BIDKIT_DATABASE_URL", "BIDKIT_STORAGE_URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "招标文件.docx").write_bytes(tender())
    store = open_store(tmp_path / "bidkit.db", tmp_path / "blobs", SystemClock())
    new_deal(store, code="D-6", name=PROJECT, customer=BUYER, language=Language.ZH, actor="li.na")
    add_tender(store, code="D-6", paths=[tmp_path / "招标文件.docx"], actor="li.na")
    store.close()
    return tmp_path


def check(deal: str, paths: list[Path]) -> Any:
    from flows.check_bid import check_bid
    from flows.check_pages import CheckForm

    form = CheckForm(deal=deal, bid="\n".join(map(str, paths)), language="zh")
    return check_bid(form, return_state=True)


def test_an_unfinished_bid_ends_the_run_closed_with_papers_and_a_page(home: Path) -> None:
    ended = check("D-6", clean_bid(home / "bid"))
    assert (ended.name, ended.is_completed()) == ("Closed", True)
    assert (home / "deals" / "D-6" / "check.xlsx").is_file()
    assert (home / "deals" / "D-6" / "check" / "self-check.pdf").read_bytes().startswith(b"%PDF")
    page = artifact("d-6-check")
    assert "没有响应" in page
    assert "未检查" in page
    assert "check.xlsx" in page


def test_a_deal_without_files_and_without_a_check_fails_the_run(home: Path) -> None:
    assert home.is_dir()
    ended = check("D-6", [])
    assert ended.is_failed()
    with pytest.raises(NotFound, match="not checked yet"):
        ended.result(raise_on_failure=True)


def test_the_flow_is_deployed_and_thin() -> None:
    deployed = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert "flows.check_bid.check_bid" in {deployment["entrypoint"] for deployment in deployed}
    lines = (CHECKOUT / "flows" / "check_bid.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 60
