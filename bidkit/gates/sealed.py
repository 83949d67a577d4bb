"""What the check before sealing holds against sending a bid in."""

from __future__ import annotations

from bidkit.gates.blockers import blocker
from bidkit.gates.model import Blocker
from bidkit.gates.sealing.model import CheckResult


def blockers_to_submit(open_results: tuple[CheckResult, ...] | None, *, stale: bool = False) -> tuple[Blocker, ...]:
    """A blocker where the bid was never checked (None), was checked before the tender changed, or has points open."""
    if open_results is None:
        return (blocker("bid-not-checked"),)
    if stale:
        return (blocker("bid-check-stale"),)
    if not open_results:
        return ()
    return (blocker("bid-check-open", rule=", ".join(result.rule for result in open_results)),)
