"""The part that runs the flows: deployments registered, drop-downs kept fresh, left-behind runs marked."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Mapping, Sequence
from uuid import UUID

import httpx
from prefect.client.orchestration import PrefectClient, get_client
from prefect.runner import Runner

from bidkit.cli.options import opened_store
from bidkit.kernel.errors import BidkitError
from bidkit.settings import Settings
from bidkit.usecases.deals import list_deals
from bidkit.usecases.doorbell import Bell, tell_waiting_runs
from flows.choice import NOTHING
from flows.running.choices import with_choices
from flows.running.deployments import as_runner_deployment, listed_deployments
from flows.running.leash import hold
from flows.running.plan import run_limit
from flows.running.stale import mark_left_behind

_LOOK_SECONDS = 3.0
_RETRY_SECONDS = 0.2
_log = logging.getLogger("bidkit.runner")


def current_choices() -> dict[str, tuple[str, ...]]:
    """What the drop-downs offer now: "CODE name" of every deal, and the entries of the inbox by name."""
    with opened_store() as store:
        deals = tuple(f"{state.deal.code} {state.deal.name}" for state in list_deals(store))
    inbox = Settings().home / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    return {"deals": deals, "inbox": (NOTHING, *sorted(p.name for p in inbox.iterdir() if not p.name.startswith(".")))}


async def offer(client: PrefectClient, deployments: Sequence[UUID], choices: Mapping[str, Sequence[str]]) -> None:
    """Put the choices into the run form of every deployment; fields not named here stay as they are."""
    for deployment in deployments:
        found = await client.read_deployment(deployment)
        schema = found.parameter_openapi_schema or {}
        changed = with_choices(schema, choices)
        if changed != schema:
            # The typed update would reset tags and schedules to its defaults.
            answer = await client._client.patch(
                f"/deployments/{deployment}", json={"parameter_openapi_schema": changed}
            )
            answer.raise_for_status()


async def keep_offering(client: PrefectClient, deployments: Sequence[UUID]) -> None:
    """Follow the store for as long as the system runs."""
    shown: Mapping[str, Sequence[str]] | None = None
    while True:
        try:
            choices = await asyncio.to_thread(current_choices)
            if choices != shown:
                await offer(client, deployments, choices)
                shown = choices
        except (BidkitError, httpx.HTTPError) as error:
            # The drop-downs stay as they are until store and server answer again.
            _log.warning("the choices of the run forms were not refreshed: %s", error)
        await asyncio.sleep(_LOOK_SECONDS)


async def keep_telling() -> None:
    """Tell runs that wait for a decision as soon as our books hold it, wherever it was recorded."""
    settings = Settings()
    bell = Bell(settings.prefect_api_url, settings.prefect_api_auth)
    while True:
        try:
            await asyncio.to_thread(_tell, bell)
        except BidkitError as error:
            _log.warning("runs that wait for a decision were not told: %s", error)
        await asyncio.sleep(_LOOK_SECONDS)


def _tell(bell: Bell) -> None:
    with opened_store() as store:
        tell_waiting_runs(store, bell)


async def wait_for_server(client: PrefectClient) -> None:
    """Return once the server answers; whoever started us ends the wait."""
    while await client.api_healthcheck() is not None:
        await asyncio.sleep(_RETRY_SECONDS)


async def run() -> None:
    """Register and run everything until asked to stop."""
    runner = Runner(name="bidkit", query_seconds=1, limit=run_limit(), pause_on_shutdown=False)
    async with get_client() as client:
        await wait_for_server(client)
        marked = await mark_left_behind(client)
        if marked:
            _log.warning("%d runs were left behind by a stop without warning; they can be retried", marked)
        ids = [await runner.aadd_deployment(await as_runner_deployment(listed)) for listed in listed_deployments()]
        followers = [asyncio.create_task(keep_offering(client, ids)), asyncio.create_task(keep_telling())]
        print("ready", flush=True)  # noqa: T201 - the parent reads it from our log
        try:
            await run_until_asked(runner)
        finally:
            for follower in followers:
                follower.cancel()


async def run_until_asked(runner: Runner) -> None:
    """Run the flows until SIGTERM; those that are running are then cancelled and say so."""
    asked = asyncio.Event()
    running = asyncio.create_task(runner.start())
    while not runner.started and not running.done():
        await asyncio.sleep(_RETRY_SECONDS)
    # Prefect's own handler, set by start, calls a coroutine without awaiting it: nothing would be stopped in order.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asked.set)
    stopping = asyncio.create_task(asked.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not running.done():
        await runner.astop()
    stopping.cancel()
    await running


def main() -> None:
    """Run until asked to stop."""
    hold()
    asyncio.run(run())


if __name__ == "__main__":
    main()
