"""Flow `evaluate-gate` against a temporary Prefect API and a store of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bidkit.kernel.clock import SystemClock
from bidkit.kernel.errors import NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.store import open_store
from bidkit.usecases.deals import new_deal
from tests.flows.test_parse_tender import artifact
from tests.usecases.deals import submit

pytestmark = [pytest.mark.flows, pytest.mark.usefixtures("prefect_api")]

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the deal D-8, of which nothing is known yet."""
    monkeypatch.setenv("BIDKIT_HOME", str(tmp_path))
    for name in ("BIDKIT_DATABASE_URL", "BIDKIT_STORAGE_URL"):
        monkeypatch.delenv(name, raising=False)
    store = open_store(tmp_path / "bidkit.db", tmp_path / "blobs", SystemClock())
    new_deal(store, code="D-8", name="Masts", customer="Weather Office", language=Language.EN, actor="li.na")
    store.close()
    return tmp_path


def evaluate(deal: str, gate: str = "", language: Any = "en") -> Any:
    """The state the run ended in."""
    from flows.evaluate_gate import evaluate_gate
    from flows.gate_pages import GateForm

    return evaluate_gate(GateForm(deal=deal, gate=gate, language=language), return_state=True)


@pytest.mark.usefixtures("home")
def test_a_shut_gate_ends_the_run_with_its_blockers_and_shows_them() -> None:
    ended = evaluate("D-8")
    assert (ended.name, ended.is_completed()) == ("Closed", True)
    assert "S1.M1 Form Call record (phone_record) is missing (Fill in and submit the form: Sales)" in ended.message
    page = artifact("d-8-gate")
    assert page.startswith("# Gate check of D-8")
    assert "bidkit gate override D-8 S1.enter" in page
    assert "S1.M1" in artifact("d-8-blockers")


def test_an_open_gate_says_so_and_a_second_run_is_harmless(home: Path) -> None:
    store = open_store(home / "bidkit.db", home / "blobs", SystemClock())
    submit(store, "phone_record", code="D-8")
    store.close()
    states = [evaluate("D-8", "S1.enter", "zh") for _ in range(2)]
    assert [state.name for state in states] == ["Open", "Open"]
    assert "没有障碍" in artifact("d-8-gate")


@pytest.mark.parametrize(("deal", "gate", "error"), [("D-9", "", NotFound), ("D-8", "S9.enter", UsageError)])
def test_an_unknown_deal_or_gate_fails_the_run(home: Path, deal: str, gate: str, error: type[Exception]) -> None:
    assert home.is_dir()
    ended = evaluate(deal, gate)
    assert ended.is_failed()
    with pytest.raises(error):
        ended.result(raise_on_failure=True)


def test_the_flow_is_deployed_and_thin() -> None:
    deployed = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert "flows.evaluate_gate.evaluate_gate" in {deployment["entrypoint"] for deployment in deployed}
    lines = (CHECKOUT / "flows" / "evaluate_gate.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 60
