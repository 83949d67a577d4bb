"""Flow `approve-gate`: waits until those who may decide have decided at a gate, and ends as they decided."""

from __future__ import annotations

from typing import Any

from prefect import State, flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.states import Completed

from bidkit.kernel.language import Language
from bidkit.settings import Settings
from bidkit.usecases.gates import GateReport, show_gate
from flows.approval_pages import AN_APPROVAL, ApprovalForm, both, decided_page, state_name, waiting_page
from flows.doors import artifact_key, opened_store
from flows.sign_off import answer_of, refusal, suspend, turns
from flows.tags import tag_run


@task(task_run_name="Find the gate of {deal}", persist_result=True)
def begin(deal: str, gate: str) -> tuple[str, bool]:
    """The gate this run is about and whether it was decided on before. Kept: the next gate moves on meanwhile."""
    report = look(deal, gate)
    return report.at.gate, report.decision is not None


def look(deal: str, gate: str) -> GateReport:
    """The gate as it stands now; nothing is changed."""
    with opened_store() as store:
        return show_gate(store, deal, gate)


def show(deal: str, page: str) -> None:
    """The page of the wait. Twice is harmless: the same key gets a newer version."""
    create_markdown_artifact(page, key=artifact_key(deal, "sign-off"), description=both("form"))


@flow(
    name="approve-gate",
    flow_run_name="{form.deal} decision {form.gate}",
    description=both("form.help"),
    persist_result=True,
    on_running=[tag_run],
)
def approve_gate(form: ApprovalForm = AN_APPROVAL) -> State[Any]:
    """Suspend until a decision in force is named, however often this run begins anew; end as it says."""
    language, room = Language(form.language), Settings().room_address
    gate, before = begin(form.deal, form.gate)
    report, turn = look(form.deal, gate), turns()
    refused = ("", "") if before and report.decision else refusal(answer_of(turn), report.decision)
    if report.decision is None or any(refused):
        page = waiting_page(report, room, refused if turn else ("", ""), language)
        show(form.deal, page)
        suspend(form.deal, gate, page)
    show(form.deal, decided_page(form.deal, report.decision, room, language))
    return Completed(name=state_name(report.decision), message=report.decision.reason)
