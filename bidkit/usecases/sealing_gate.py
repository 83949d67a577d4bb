"""What the check before sealing says at the gate in front of sending the bid in."""

from __future__ import annotations

from bidkit.gates.model import Blocker
from bidkit.gates.sealed import blockers_to_submit
from bidkit.gates.sealing.rules import sealing_rules
from bidkit.gates.sealing.run import blocking, weigh
from bidkit.store import Work
from bidkit.usecases.kinds import SEALING_ANSWERS, SEALING_CHECKS, SEALING_WAIVERS

SUBMIT = "submit_bid"
LATEST = "latest"


def sealing_blockers(work: Work, code: str) -> tuple[Blocker, ...]:
    """What the last check holds against sending the bid in; empty where nothing is open, or there is no tender.

    A bid nobody checked, and one checked against an earlier state of the tender, may not go. Raises NotFound.
    """
    deal = work.deals.get(code)
    tender = work.solicitations.latest(deal)
    if tender is None:
        return ()
    kept = work.of_deal(deal, SEALING_CHECKS).find(LATEST)
    if kept is None:
        return blockers_to_submit(None)
    rules = sealing_rules()
    answers = [stored.value for stored in work.of_deal(deal, SEALING_ANSWERS).all().values()]
    waivers = [stored.value for stored in work.of_deal(deal, SEALING_WAIVERS).all().values()]
    results = weigh(kept.value.looked, rules, (file.sha256 for file in kept.value.files), answers, waivers)
    return blockers_to_submit(blocking(results, rules), stale=kept.value.rows_digest != tender.rows_digest)
