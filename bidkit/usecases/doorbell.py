"""Runs that wait for a person's decision hear of it once it stands in our books.

The decision row is what counts, the run only waits for it. Telling is harmless to repeat: a run that goes on waits no
more. Whoever records a decision may tell at once; the running system also looks by itself, so no decision is missed.
"""

from __future__ import annotations

import base64
import http.client
import json
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from typing import Any

from bidkit.kernel.errors import NotFound, StoreUnavailable
from bidkit.store import Store
from bidkit.usecases.gates import show_gate

WAITS = "sign-off"
DEAL, GATE = "deal:", "gate:"
_SECONDS = 5
_MOST = 200


@dataclass(frozen=True, slots=True)
class Bell:
    """Where the Prefect API answers, "" where there is none to tell; `auth` is its "user:password" where it has one."""

    address: str
    auth: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A run that waits for a decision at the gate of a deal."""

    run: str
    deal: str
    gate: str


def waiting_runs(bell: Bell, deal: str = "") -> tuple[Waiting, ...]:
    """The runs that wait for a decision, on this deal or on any; raises StoreUnavailable where Prefect is away."""
    if not bell.address:
        return ()
    tags = [WAITS, *([DEAL + deal] if deal else [])]
    wanted = {"flow_runs": {"tags": {"all_": tags}, "state": {"type": {"any_": ["PAUSED"]}}}, "limit": _MOST}
    found = (
        Waiting(run["id"], _tagged(run, DEAL), _tagged(run, GATE)) for run in _ask(bell, "flow_runs/filter", wanted)
    )
    return tuple(run for run in found if run.deal and run.gate)


def tell_waiting_runs(store: Store, bell: Bell, deal: str = "") -> int:
    """How many waiting runs were told of the decision in force at their gate; the others wait on.

    Raises StoreUnavailable where Prefect is away: the decision is on record all the same and is told later.
    """
    told = 0
    for run in waiting_runs(bell, deal):
        try:
            decision = show_gate(store, run.deal, run.gate).decision
        except NotFound:
            continue
        if decision:
            answer = {"decision": decision.id, "signer": decision.by.person}
            told += _ask(bell, f"flow_runs/{run.run}/resume", {"run_input": answer})["status"] == "ACCEPT"
    return told


def _tagged(run: dict[str, Any], head: str) -> str:
    return next((str(tag).removeprefix(head) for tag in run["tags"] if str(tag).startswith(head)), "")


def _ask(bell: Bell, path: str, body: dict[str, Any]) -> Any:
    headers = {"Content-Type": "application/json"}
    if bell.auth:
        headers["Authorization"] = "Basic " + base64.b64encode(bell.auth.encode()).decode()
    address = f"{bell.address.rstrip('/')}/{path}"
    try:
        try:
            return _answer(address, headers, json.dumps(body).encode())
        except urllib.error.HTTPError as error:
            if error.code != http.client.FORBIDDEN:
                raise
        # The server guards against forged requests and wants a token of its own first.
        client = str(uuid.uuid4())
        token = _answer(f"{bell.address.rstrip('/')}/csrf-token?client={client}", headers)["token"]
        guarded = {**headers, "Prefect-Csrf-Token": token, "Prefect-Csrf-Client": client}
        return _answer(address, guarded, json.dumps(body).encode())
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise StoreUnavailable(
            f"Prefect does not answer ({error})", where=bell.address, next_step="the decision is kept; start bidkit up"
        ) from error


def _answer(address: str, headers: dict[str, str], body: bytes | None = None) -> Any:
    with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=_SECONDS) as answer:
        return json.load(answer)
