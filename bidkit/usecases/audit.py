"""Proving that the audit chain is whole."""

from __future__ import annotations

from bidkit.kernel.errors import BidkitError
from bidkit.store import Store


class BrokenChain(BidkitError):
    """The audit chain was tampered with or damaged."""

    code = "audit-broken"
    exit_status = 9


def verify_audit(store: Store) -> int:
    """How many events the chain holds, every one of them checked; raises BrokenChain naming the first that is wrong."""
    with store.read() as work:
        report = work.verify_audit()
    if report.broken:
        raise BrokenChain(
            f"the chain is broken at event {report.broken.seq}: {report.broken.why}",
            where="audit",
            next_step=f"compare it with a backup; the {report.events} events before it are whole",
        )
    return report.events
