"""The flows on negotiations: papers written, nothing of our limits shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.kernel.language import Language
from bidkit.usecases.deals import new_deal
from bidkit.usecases.negotiation import record_round, save_plan
from bidkit.usecases.people import save_person
from tests.usecases.conftest import opened
from tests.usecases.test_negotiation import PLAN, ROUND, SENTINEL

pytestmark = [pytest.mark.flows, pytest.mark.usefixtures("prefect_api")]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a deal, a plan and a round."""
    monkeypatch.setenv("BIDKIT_HOME", str(tmp_path))
    store = opened(tmp_path)
    new_deal(store, code="D-1", name="Pumps", customer="Water office", language=Language.EN, actor="fay")
    save_person(store, login="fay", name="Fay", roles=["finance"], actor="fay")
    save_plan(store, code="D-1", content=PLAN, actor="fay")
    record_round(store, code="D-1", content=ROUND, actor="fay")
    store.close()
    return tmp_path


def artifacts() -> list[str]:
    """Every artifact there is, as text."""
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        answer = client._client.post("/artifacts/filter", json={})
    return [str(found["data"]) for found in answer.json()]


def test_the_plan_is_written_for_few_and_summed_up_for_all(home: Path) -> None:
    from flows.negotiation_pages import PlanForm
    from flows.plan_negotiation import plan_negotiation

    plan_negotiation(PlanForm(deal="D-1 Pumps", person="fay", language="en"))
    plan_negotiation(PlanForm(deal="D-1", person="fay", language="zh"))
    assert (home / "deals" / "D-1" / "negotiation-plan-internal.pdf").read_bytes().startswith(b"%PDF")
    assert any("D-1" in text for text in artifacts())
    assert not [t for t in artifacts() if str(SENTINEL) in t or f"{SENTINEL:,}" in t]


def test_minutes_of_a_kept_round_are_written(home: Path) -> None:
    from flows.negotiation_pages import RoundForm
    from flows.record_round import record_round as flow

    flow(RoundForm(deal="D-1", number=1, language="en"))
    assert (home / "deals" / "D-1" / "minutes-1.docx").read_bytes().startswith(b"PK")
