"""Tags by which people find runs: the deal and, where the form names one, the stage of the gate."""

from __future__ import annotations

import re
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, State
from prefect.flows import Flow

from bidkit.usecases.doorbell import DEAL

_STAGE = re.compile(r"S[1-9](?=\.)")


def tags_of(form: object) -> frozenset[str]:
    """The tags of a run that was started with this form, as it was filled in or as a model."""
    values = form if isinstance(form, dict) else getattr(form, "__dict__", {})
    deal = str(values.get("deal") or "").split(maxsplit=1)[:1]
    stage = _STAGE.match(str(values.get("gate") or ""))
    return frozenset([f"{DEAL}{code}" for code in deal] + ([f"stage:{stage[0]}"] if stage else []))


def tag_run(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001 - Prefect asks so
    """Put the tags on a run that begins; twice is harmless."""
    add_tags(flow_run, tags_of(flow_run.parameters.get("form")))


def add_tags(run: FlowRun, tags: frozenset[str]) -> None:
    """The run with these tags beside those it has."""
    with get_client(sync_client=True) as client:
        kept = frozenset(client.read_flow_run(run.id).tags)
        if not tags <= kept:
            client.update_flow_run(run.id, tags=sorted(kept | tags))
