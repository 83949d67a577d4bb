"""A flow that stops for a person: it suspends, for weeks if need be, until our books hold the decision it is told of.

What Prefect's form is given proves nothing: anybody who reaches the page can resume a run. So an answer only names a
decision, and the decision of that number must be the one in force at the gate, signed by the person named.
"""

from __future__ import annotations

from typing import NoReturn

from prefect.client.schemas.objects import FlowRun
from prefect.context import FlowRunContext
from prefect.flow_runs import suspend_flow_run
from prefect.input import RunInput, read_flow_run_input
from pydantic import Field

from bidkit.gates.decisions import Decision
from bidkit.usecases.doorbell import DEAL, GATE, WAITS
from flows.approval_pages import both
from flows.tags import add_tags

_WEEKS = 12
_SECONDS_A_WEEK = 7 * 24 * 3600
_KEY = "decision-{turn}"


class SignOff(RunInput):
    """What a resume has to say. No field has a default: an answer that was never given must not look like one."""

    decision: str = Field(title=both("answer.decision"), description=both("answer.decision.help"), min_length=1)
    signer: str = Field(title=both("answer.signer"), description=both("answer.signer.help"), min_length=1)


def turns() -> int:
    """How often this run has asked so far."""
    used = _run().empirical_policy.pause_keys or set()
    turn = 0
    while _KEY.format(turn=turn + 1) in used:
        turn += 1
    return turn


def answer_of(turn: int) -> SignOff | None:
    """What was answered at that turn; None where nobody answered, as after a crash or a state set by hand."""
    said = read_flow_run_input(f"suspended-{_KEY.format(turn=turn)}-response", flow_run_id=_run().id)
    return SignOff(**said) if isinstance(said, dict) else None


def refusal(answer: SignOff | None, standing: Decision | None) -> tuple[str, str]:
    """Why the answer does not let the run go on, as a row of `approve_gate.csv` and a name; "" where it does.

    `standing` is the decision in force at the gate for what stands there now.
    """
    if answer is None:
        return "refused.nothing", ""
    if standing is None:
        return "refused.missing", ""
    if answer.decision.strip() != standing.id:
        return "refused.other", ""
    signed = [standing.by, *([standing.second] if standing.second else [])]
    if answer.signer.strip() not in {signature.person for signature in signed}:
        return "refused.signer", answer.signer
    return "", ""


def suspend(deal: str, gate: str, page: str) -> NoReturn:
    """End this process until somebody answers; the run then begins from its top. The page stands above the form.

    The tags let those who record decisions find the run.
    """
    add_tags(_run(), frozenset({WAITS, DEAL + deal, GATE + gate}))
    suspend_flow_run(
        wait_for_input=SignOff.with_initial_data(description=page),
        timeout=_WEEKS * _SECONDS_A_WEEK,
        key=_KEY.format(turn=turns() + 1),
    )
    # A key that was never used always suspends; going on here would pass a gate that nobody decided on.
    raise RuntimeError("Prefect did not suspend the run; start it again")


def _run() -> FlowRun:
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        raise RuntimeError("only a flow that runs can wait for a decision")
    return context.flow_run
