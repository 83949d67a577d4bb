"""The running system: its plan, its lock, drop-downs that follow the store, a server that loses no click."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bidkit.kernel.errors import Conflict
from flows.running.choices import with_choices
from flows.running.lock import running_here
from flows.running.plan import Plan


def test_nobody_s_prefect_settings_leak_in_and_nothing_is_sent_outside(tmp_path: Path) -> None:
    before = {"PATH": "/bin", "PREFECT_API_URL": "http://elsewhere", "PREFECT_PROFILE": "mine"}
    own = Plan(tmp_path, 4300, 4380).environment(before | {"PREFECT_SERVER_API_AUTH_STRING": "a:b"})
    assert own["PREFECT_API_URL"] == "http://127.0.0.1:4300/api"
    assert own["PREFECT_HOME"] == str(tmp_path / "prefect")
    assert own["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert own["PREFECT_SERVER_API_AUTH_STRING"] == "a:b"
    assert "PREFECT_PROFILE" not in own
    assert own["PATH"] == "/bin"


def test_a_folder_runs_one_system_and_says_where(tmp_path: Path) -> None:
    plan = Plan(tmp_path, 4300, 4380)
    with running_here(plan), pytest.raises(Conflict, match="4380"), running_here(plan):
        pass
    with running_here(plan):
        pass


FORM = {"definitions": {"A": {"properties": {"deal": {"type": "string", "x-choices": "deals", "enum": ["old"]}}}}}


def test_a_marked_field_offers_the_choices_of_now() -> None:
    changed = with_choices(FORM, {"deals": ("D-1 Pumps", "D-2 Roads")})
    assert changed["definitions"]["A"]["properties"]["deal"]["enum"] == ["D-1 Pumps", "D-2 Roads"]
    assert FORM["definitions"]["A"]["properties"]["deal"]["enum"] == ["old"]


def test_without_choices_the_field_can_be_typed_into() -> None:
    assert "enum" not in with_choices(FORM, {"deals": ()})["definitions"]["A"]["properties"]["deal"]


def test_a_part_stops_when_the_process_that_started_it_is_gone() -> None:
    code = "from flows.running.leash import hold; import time; hold(); time.sleep(60)"
    part = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    assert part.stdin is not None
    part.stdin.close()
    assert part.wait(20) != 0


@pytest.fixture
def as_shipped() -> Iterator[None]:
    """Prefect's own way to begin a transaction, put back after the test."""
    from prefect.server.database.configurations import AioSqliteConfiguration

    kept = AioSqliteConfiguration.begin_transaction
    yield
    AioSqliteConfiguration.begin_transaction = kept


@pytest.mark.flows
@pytest.mark.usefixtures("prefect_api", "as_shipped")
def test_every_transaction_of_the_server_begins_as_a_writer() -> None:
    import asyncio

    from prefect.server.database.configurations import SQLITE_BEGIN_MODE, AioSqliteConfiguration

    from flows.running.prefect_server import begin_as_writer

    seen: list[str | None] = []

    class Session:
        """Notes the mode in which it is begun."""

        @asynccontextmanager
        async def begin(self):
            seen.append(SQLITE_BEGIN_MODE.get())
            yield self

    async def begin(**how: bool) -> None:
        async with AioSqliteConfiguration("sqlite+aiosqlite:///x.db").begin_transaction(Session(), **how):
            pass

    asyncio.run(begin())
    begin_as_writer()
    asyncio.run(begin())
    asyncio.run(begin(with_for_update=True))
    assert seen == ["DEFERRED", "IMMEDIATE", "IMMEDIATE"]


def test_the_parts_talk_to_each_other_past_any_proxy(tmp_path: Path) -> None:
    own = Plan(tmp_path, 4300, 4380).environment({"no_proxy": "intranet", "https_proxy": "http://proxy:3128"})
    assert (own["no_proxy"], own["NO_PROXY"]) == ("intranet,127.0.0.1,localhost", "127.0.0.1,localhost")
    assert own["BIDKIT_PREFECT_API_URL"] == "http://127.0.0.1:4300/api"


def test_a_chosen_gate_becomes_its_name_and_none_the_next_one() -> None:
    from flows.approval_pages import ApprovalForm
    from flows.choice import NOTHING, gate_choices
    from flows.gate_pages import GateForm

    chosen = next(choice for choice in gate_choices() if choice.startswith("S2.complete"))
    gates = [ApprovalForm(deal="D-1 Pumps", gate=gate, language="en").gate for gate in (chosen, NOTHING)]
    assert gates == ["S2.complete", ""]
    assert ApprovalForm(deal="D-1", language="en").gate == GateForm(deal="D-1", language="en").gate == ""
