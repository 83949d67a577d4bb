"""The flows on deals against a temporary Prefect API and a store of their own."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from bidkit.kernel.clock import SystemClock
from bidkit.kernel.errors import NotFound
from bidkit.kernel.language import Language
from bidkit.store import open_store
from bidkit.usecases.deal_file import today
from bidkit.usecases.deals import new_deal
from bidkit.usecases.profile import describe_deal
from tests.flows.test_parse_tender import artifact

pytestmark = [pytest.mark.flows, pytest.mark.usefixtures("prefect_api")]

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the deal D-7, whose customer is visited in three days."""
    monkeypatch.setenv("BIDKIT_HOME", str(tmp_path))
    for name in ("BIDKIT_DATABASE_URL", "BIDKIT_STORAGE_URL"):
        monkeypatch.delenv(name, raising=False)
    store = open_store(tmp_path / "bidkit.db", tmp_path / "blobs", SystemClock())
    new_deal(store, code="D-7", name="Masts | *tall*", customer="Weather Office", language=Language.EN, actor="li.na")
    visit = {"next_on": today(store) + timedelta(days=3), "next_what": "visit"}
    describe_deal(store, code="D-7", changes=visit, actor="li.na")
    store.close()
    return tmp_path


def dossier(deal: str) -> None:
    from flows.deal_dossier import deal_dossier
    from flows.report_pages import DossierForm

    deal_dossier(DossierForm(deal=deal, language="en"))


def watch(days: int) -> str:
    from flows.report_pages import WatchForm
    from flows.watch_deadlines import watch_deadlines

    watch_deadlines(WatchForm(days=days, language="en"))
    return artifact("deadlines")


def test_a_dossier_becomes_a_file_and_a_summary(home: Path) -> None:
    dossier("D-7")
    path = home / "deals" / "D-7" / "dossier.pdf"
    assert path.read_bytes().startswith(b"%PDF")
    page = artifact("d-7-dossier")
    assert "- Our position: stage 1 not entered" in page
    assert str(path) in page


def test_a_dossier_of_an_unknown_deal_fails_and_leaves_no_summary(home: Path) -> None:
    with pytest.raises(NotFound, match="D-404"):
        dossier("D-404")
    assert not list((home / "deals").rglob("*.pdf"))


def test_what_falls_due_stands_in_one_table_with_the_deals_folder(home: Path) -> None:
    line = next(line for line in watch(7).splitlines() if "visit" in line)
    assert "in 3 days" in line
    assert f"`{home / 'deals' / 'D-7'}`" in line
    assert "Masts \\| \\*tall\\*" in line


def test_nothing_due_is_said_and_a_second_run_gives_the_same(home: Path) -> None:  # noqa: ARG001
    first = watch(1)
    assert "Nothing falls due within 1 days" in first
    assert watch(1) == first


def test_the_schedule_has_a_time_zone_and_is_off_until_somebody_turns_it_on() -> None:
    deployments = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    (watching,) = [d for d in deployments if d["name"] == "watch-deadlines"]
    (schedule,) = watching["schedules"]
    assert (schedule["timezone"], schedule["active"]) == ("Asia/Shanghai", False)


def test_the_forms_have_titles_and_help_in_both_languages() -> None:
    from flows.deal_dossier import deal_dossier
    from flows.watch_deadlines import watch_deadlines

    for flow, form in ((deal_dossier, "DossierForm"), (watch_deadlines, "WatchForm")):
        schema = flow.parameters.model_dump()
        shown = [schema["properties"]["form"], *schema["definitions"][form]["properties"].values()]
        assert all(re.search("[\u4e00-\u9fff].* / .*[A-Za-z]", field["title"]) for field in shown)
        assert all(re.search("[\u4e00-\u9fff].* / .*[A-Za-z]", field["description"]) for field in shown)
