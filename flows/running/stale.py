"""Runs that a power cut or a kill left behind: no process of theirs can be alive when the system starts."""

from __future__ import annotations

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import State, StateType
from prefect.states import Crashed

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import labels

# A suspended run has no process and waits for a person; it is left alone, as is what has not begun.
_HAD_A_PROCESS = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
_BATCH = 200


async def mark_left_behind(client: PrefectClient) -> int:
    """How many runs were marked crashed, with a sentence that tells people to retry. Twice is harmless."""
    words = labels("running")["left_behind"]
    state: State[None] = Crashed(message=f"{words[Language.ZH]} / {words[Language.EN]}")
    wanted = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_HAD_A_PROCESS)))
    marked = 0
    while True:
        runs = await client.read_flow_runs(flow_run_filter=wanted, limit=_BATCH)
        for run in runs:
            await client.set_flow_run_state(run.id, state, force=True)
        marked += len(runs)
        if len(runs) < _BATCH:
            return marked
