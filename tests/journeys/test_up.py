"""One command starts everything; a click is not lost, a stop is clean, a crash is said and a retry finishes."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import yaml

from bidkit.kernel.clock import SystemClock
from bidkit.store import open_store
from flows.choice import gate_choices
from tests.flows.test_parse_tender import TENDER
from tests.journeys.system import System, within
from tests.usecases.deals import hire, submit

pytestmark = [
    pytest.mark.flows,
    pytest.mark.skipif(sys.platform != "linux" or not shutil.which("ps"), reason="looks at processes as Linux does"),
]

CHECKOUT = Path(__file__).resolve().parents[2]
# BIDKIT_CLICKS=200 makes it the measurement of docs/benchmarks.md.
CLICKS = int(os.environ.get("BIDKIT_CLICKS", "60"))
FAR_AHEAD = {"type": "SCHEDULED", "state_details": {"scheduled_time": "2099-01-01T00:00:00Z"}}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A system that has a deal before it is started for the first time."""
    made = System(tmp_path_factory.mktemp("up"))
    made.bidkit("deal", "new", "D-1", "--name", "Masts", "--customer", "Weather Office", "--language", "en")
    (made.home / "inbox").mkdir()
    (made.home / "inbox" / "masts.md").write_text(TENDER, encoding="utf-8")
    yield made
    made.close()


@pytest.fixture
def system(started: System) -> System:
    """The shared system, running."""
    started.ensure_running()
    return started


def reading(deal: str = "D-1 Masts") -> dict[str, str]:
    return {"deal": deal, "package": "masts.md", "language": "en"}


def choices(system: System, name: str) -> list[str]:
    forms = system.deployment(name)["parameter_openapi_schema"]["definitions"].values()
    fields = [field for form in forms for field in form.get("properties", {}).values()]
    return next((list(field.get("enum", [])) for field in fields if field.get("x-choices") == "deals"), [])


def revisions(system: System, deal: str) -> list[int]:
    store = open_store(system.home / "bidkit.db", system.home / "blobs", SystemClock())
    with store.read() as work:
        found = work.solicitations.all(work.deals.get(deal))
    store.close()
    return [revision.number for revision in found]


def test_both_addresses_answer_when_they_are_said(system: System) -> None:
    for port, path in ((system.prefect_port, "/v2/"), (system.room_port, "/health")):
        assert f"http://127.0.0.1:{port}" in system.words()
        assert httpx.get(f"http://127.0.0.1:{port}{path}").status_code == 200
    page = httpx.get(f"http://127.0.0.1:{system.prefect_port}/v2/")
    assert "connect-src 'self'" in page.headers["content-security-policy"]
    assert system.api.get("/admin/settings").json()["server"]["analytics_enabled"] is False


def test_a_second_start_says_where_the_first_one_runs(system: System) -> None:
    said = system.bidkit("up", "--prefect-port", "1", "--room-port", "2", status=5)
    assert "already running" in said
    assert str(system.room_port) in said


def test_every_flow_of_prefect_yaml_is_there_with_the_deals_of_the_store(system: System) -> None:
    listed = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    for item in listed:
        found = system.deployment(item["name"])
        assert (found["entrypoint"], found["tags"]) == (item["entrypoint"], item["tags"])
        asks_for_a_deal = '"deals"' in str(found["parameter_openapi_schema"]).replace("'", '"')
        assert ("D-1 Masts" in within(10, lambda n=item["name"]: choices(system, n))) if asks_for_a_deal else True


def test_a_deal_made_at_the_command_line_becomes_a_choice_and_its_tender_rows(system: System) -> None:
    system.bidkit("deal", "new", "D-2", "--name", "Roads", "--customer", "Town", "--language", "en")
    within(10, lambda: "D-2 Roads" in choices(system, "parse-tender"))
    run = system.run("parse-tender", reading("D-2 Roads"))
    ended = system.ended(run)
    assert ended["type"] == "COMPLETED", (ended, system.logs())
    shown = system.api.get(f"/flow_runs/{run}").json()
    assert (shown["name"], set(shown["tags"])) == ("D-2 read the tender", {"tender", "deal:D-2"})
    assert system.artifact("d-2-progress") == "100"
    assert "Requirement rows:" in system.artifact("d-2-summary")
    assert "spare parts" in system.artifact("d-2-rows")


def test_flows_that_ask_for_nothing_but_a_deal_run_from_their_forms(system: System) -> None:
    within(10, lambda: choices(system, "deal-dossier"))
    form = {"deal": "D-1 Masts", "language": "en"}
    runs = [system.run(name, form) for name in ("evaluate-gate", "deal-dossier")]
    runs.append(system.run("watch-deadlines", {"days": 14, "language": "zh"}))
    assert [system.ended(run)["type"] for run in runs] == ["COMPLETED"] * 3


def test_a_form_for_a_deal_that_is_not_there_is_refused(system: System) -> None:
    within(10, lambda: choices(system, "parse-tender"))
    answer = system.ask("parse-tender", reading("D-404 Nothing"))
    assert answer.status_code == 409
    assert "D-404" in answer.text


def test_no_click_is_lost_while_a_run_is_going(system: System) -> None:
    run = system.run("parse-tender", reading())
    within(30, lambda: system.state(run)["type"] == "RUNNING")
    address = f"/deployments/{system.deployment('parse-tender')['id']}/create_flow_run"
    click = {"parameters": {"form": reading()}, "state": FAR_AHEAD}
    with ThreadPoolExecutor(6) as people:
        answers = list(people.map(lambda _: system.api.post(address, json=click).status_code, range(CLICKS)))
    assert answers == [201] * CLICKS
    assert "database is locked" not in system.logs()
    assert system.ended(run)["type"] == "COMPLETED"


def test_two_readings_of_one_deal_at_once_both_end_well(system: System) -> None:
    runs = [system.run("parse-tender", reading()) for _ in range(2)]
    assert [system.ended(run)["type"] for run in runs] == ["COMPLETED"] * 2
    assert revisions(system, "D-1") == [1]


def test_asked_to_stop_it_stops_everything_in_order(system: System) -> None:
    assert system.terminate() == 0
    assert within(5, lambda: not system.left_over())
    assert "Traceback" not in system.words() + system.logs()


def test_a_part_that_dies_takes_the_others_with_it_and_says_so(system: System) -> None:
    os.kill(system.pid_of("room"), 9)
    assert system.wait() != 0
    assert "room: stopped by itself (status -9)" in system.words()
    assert within(5, lambda: not system.left_over())


def test_after_a_power_cut_a_retry_finishes_the_run_and_a_decision_lets_the_waiting_one_go_on(system: System) -> None:
    waiting = a_run_that_waits_for_a_decision(system, "D-3")
    matrix = system.home / "deals" / "D-1" / "matrix.xlsx"
    matrix.unlink(missing_ok=True)
    read = system.run("parse-tender", reading())
    within(60, matrix.exists)
    system.cut_power()
    system.start()

    state = system.state(read)
    assert (state["type"], "Retry: finished steps are not repeated" in state["message"]) == ("CRASHED", True)
    system.retry(read)
    assert system.ended(read)["type"] == "COMPLETED"
    assert sorted(system.task_states(read, "Read ")) == ["Cached", "Completed"]
    assert revisions(system, "D-1") == [1]

    assert system.resume(waiting, decision="D-1", signer="bo") == "ACCEPT"
    within(60, lambda: "not accepted" in system.artifact("d-3-sign-off"))
    within(30, lambda: system.state(waiting)["type"] == "PAUSED")
    digest = json.loads(system.bidkit("gate", "show", "D-3", "S1.enter", "--format", "json"))["digest"]
    reason = ("--reason", "all is there", "--as", "bo")
    system.bidkit("gate", "decide", "D-3", "S1.enter", "--verdict", "approve", "--digest", digest, *reason)
    assert system.ended(waiting)["name"] == "Approved"


def a_run_that_waits_for_a_decision(system: System, deal: str) -> str:
    system.bidkit("deal", "new", deal, "--name", "Bridge", "--customer", "Town", "--language", "en")
    store = open_store(system.home / "bidkit.db", system.home / "blobs", SystemClock())
    hire(store)
    submit(store, "phone_record", code=deal)
    store.close()
    within(10, lambda: f"{deal} Bridge" in choices(system, "approve-gate"))
    gate = next(choice for choice in gate_choices() if choice.startswith("S1.enter"))
    run = system.run("approve-gate", {"deal": f"{deal} Bridge", "gate": gate, "language": "en"})
    within(60, lambda: system.state(run)["type"] == "PAUSED")
    return run
