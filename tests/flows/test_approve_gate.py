"""Flow `approve-gate`: no resume passes a gate by itself, whoever presses it and however often the run begins anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest

from bidkit.gates.decisions import Verdict
from bidkit.kernel.clock import SystemClock
from bidkit.kernel.errors import StoreUnavailable
from bidkit.kernel.language import Language
from bidkit.store import Store, open_store
from bidkit.usecases.deals import new_deal
from bidkit.usecases.decisions import Wanted, decide
from bidkit.usecases.doorbell import Bell, tell_waiting_runs, waiting_runs
from tests.flows.test_parse_tender import artifact
from tests.usecases.deals import hire, submit

pytestmark = [pytest.mark.flows, pytest.mark.usefixtures("prefect_api", "home")]

GATE = "S1.enter"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose deal may enter its first stage."""
    monkeypatch.setenv("BIDKIT_HOME", str(tmp_path))
    monkeypatch.setenv("BIDKIT_ROOM_ADDRESS", "http://room.example")
    store = store_in(tmp_path)
    hire(store)
    new_deal(store, code="D-6", name="Masts", customer="Weather Office", language=Language.EN, actor="ann")
    submit(store, "phone_record", code="D-6")
    store.close()
    return tmp_path


def store_in(home: Path) -> Store:
    return open_store(home / "bidkit.db", home / "blobs", SystemClock())


def bell() -> Bell:
    from prefect.settings import PREFECT_API_URL

    return Bell(PREFECT_API_URL.value() or "")


def approve(home: Path, verdict: Verdict = Verdict.APPROVE) -> str:
    store = store_in(home)
    entry = decide(store, "D-6", Wanted(GATE, verdict, "all is there"), by="bo").entry
    store.close()
    return entry.id


class Run:
    """One run of the flow, begun anew in this process as a runner would begin it in another."""

    def __init__(self) -> None:
        from prefect.client.orchestration import get_client

        from flows.approve_gate import approve_gate
        from flows.choice import gate_choices

        self.client = get_client(sync_client=True).__enter__()
        self.flow = approve_gate
        deployment = approve_gate.to_deployment("waits").apply()
        form = {
            "form": {"deal": "D-6", "gate": next(c for c in gate_choices() if c.startswith(GATE)), "language": "en"}
        }
        self.id: UUID = self.client.create_flow_run_from_deployment(deployment, parameters=form).id

    def go(self) -> str:
        """The name of the state it stops in."""
        from prefect.exceptions import Pause
        from prefect.flow_engine import run_flow

        with suppress(Pause):
            run_flow(self.flow, flow_run=self.client.read_flow_run(self.id), return_type="state")
        return self.state

    @property
    def state(self) -> str:
        found = self.client.read_flow_run(self.id).state
        return found.name or "" if found else ""

    def resume(self, **answer: str) -> str:
        """What the server makes of the answer."""
        done = self.client.request(
            "POST", "/flow_runs/{id}/resume", path_params={"id": self.id}, json={"run_input": answer}
        )
        return str(done.json()["status"])

    def begin_by_hand(self) -> None:
        """What a button of the Prefect UI that sets a state does."""
        from prefect.states import Scheduled

        self.client.set_flow_run_state(self.id, Scheduled(), force=True)


@pytest.fixture
def new_run() -> Iterator[Run]:
    """A run that has not begun."""
    made = Run()
    yield made
    made.client.__exit__(None, None, None)


@pytest.fixture
def run(new_run: Run) -> Run:
    """A run that waits for its decision."""
    assert new_run.go() == "Suspended"
    return new_run


def test_it_waits_under_a_page_that_says_where_to_decide(run: Run) -> None:
    page = artifact("d-6-sign-off")
    assert "http://room.example/deals/D-6/gates/S1.enter" in page
    assert "not accepted" not in page
    assert {"deal:D-6", "gate:S1.enter", "stage:S1", "sign-off"} <= set(run.client.read_flow_run(run.id).tags)


def test_a_bare_resume_is_refused_by_the_server_and_an_invented_decision_by_the_flow(run: Run) -> None:
    assert run.resume() == "REJECT"
    assert run.resume(decision="D-1", signer="bo") == "ACCEPT"
    assert run.go() == "Suspended"
    assert "our books hold no decision in force" in artifact("d-6-sign-off")


def test_the_decision_in_the_books_lets_the_run_go_on_once_it_is_told(run: Run, home: Path) -> None:
    approve(home)
    store = store_in(home)
    assert tell_waiting_runs(store, bell(), "D-6") >= 1  # runs of other tests may wait for D-6 too
    assert tell_waiting_runs(store, bell(), "D-6") == 0
    store.close()
    assert run.go() == "Approved"
    assert "Decided by: bo" in artifact("d-6-sign-off")


def test_nobody_is_told_before_there_is_a_decision(run: Run, home: Path) -> None:
    store = store_in(home)
    assert tell_waiting_runs(store, bell()) == 0
    assert str(run.id) in {waiting.run for waiting in waiting_runs(bell(), "D-6")}
    assert waiting_runs(bell(), "D-66") == ()
    store.close()


def test_a_state_set_by_hand_asks_again_even_when_the_decision_is_there(run: Run, home: Path) -> None:
    decision = approve(home)
    run.begin_by_hand()
    assert run.go() == "Suspended"
    assert "no decision was named" in artifact("d-6-sign-off")
    assert run.resume(decision=decision, signer="ann") == "ACCEPT"
    assert run.go() == "Suspended"
    assert "ann has not signed that decision" in artifact("d-6-sign-off")
    assert run.resume(decision=decision, signer="bo") == "ACCEPT"
    assert run.go() == "Approved"


def test_a_decision_on_what_has_changed_since_passes_nothing(run: Run, home: Path) -> None:
    decision = approve(home)
    store = store_in(home)
    submit(store, "phone_record", code="D-6")
    store.close()
    assert run.resume(decision=decision, signer="bo") == "ACCEPT"
    assert run.go() == "Suspended"


def test_a_rejection_ends_the_run_as_rejected(run: Run, home: Path) -> None:
    assert run.resume(decision=approve(home, Verdict.REJECT), signer="bo") == "ACCEPT"
    assert run.go() == "Rejected"
    assert "The gate is not passed" in artifact("d-6-sign-off")


def test_a_gate_that_is_decided_already_asks_nobody(new_run: Run, home: Path) -> None:
    approve(home)
    assert new_run.go() == "Approved"


def test_a_bell_without_a_server_says_that_the_decision_is_kept() -> None:
    assert waiting_runs(Bell("")) == ()
    with pytest.raises(StoreUnavailable, match="the decision is kept"):
        waiting_runs(Bell("http://127.0.0.1:9/api"))
