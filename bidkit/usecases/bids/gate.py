"""May the bid, or the preliminary proposal, be written now."""

from __future__ import annotations

from bidkit.store import Store
from bidkit.usecases.decisions import override as override_gate
from bidkit.usecases.gates import GateClosed, require_open, show_gate

_BID, _PROPOSAL = "write_bid", "S2.complete"


def gate_of(*, proposal: bool) -> str:
    """The gate in front of the work: writing the bid, or for the preliminary proposal the end of the stage before."""
    return _PROPOSAL if proposal else _BID


def open_gate(store: Store, *, code: str, proposal: bool, actor: str, override: str = "") -> None:
    """Nothing where the gate is open; raises GateClosed naming the blockers.

    `override` is the actor's reason to go on all the same: it is a decision of its own, which a second person must
    sign before it counts. What the law blocks stays blocked. Running it twice makes no second decision.
    """
    gate = gate_of(proposal=proposal)
    if not override or not show_gate(store, code, gate).remaining:
        require_open(store, code, gate)
        return
    decided = override_gate(store, code, gate, by=actor, reason=override)
    if not decided.complete:
        raise GateClosed(
            (),
            what="the override waits for a second person",
            where=f"{code}, {gate}",
            next_step=f"sign it: bidkit gate sign {code} {decided.entry.id}",
        )
    require_open(store, code, gate)
