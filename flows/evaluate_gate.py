"""Flow `evaluate-gate`: what keeps a deal from going on, who can clear it and how."""

from __future__ import annotations

from typing import Any

from prefect import State, flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.states import Completed

from bidkit.kernel.language import Language
from bidkit.usecases.gates import GateReport, show_gate
from flows.doors import artifact_key, opened_store
from flows.gate_pages import A_GATE, GateForm, blocker_message, blocker_table, both, gate_summary
from flows.tags import tag_run


@task(task_run_name="Look at the gate of {deal}")
def look(deal: str, gate: str) -> GateReport:
    """The gate as it stands now. Twice is harmless: nothing is changed."""
    with opened_store() as store:
        return show_gate(store, deal, gate)


@task(task_run_name="Show the gate of {deal}")
def show(deal: str, page: str, rows: list[dict[str, object]]) -> None:
    """A summary and a table of blockers. Twice is harmless: the same key gets a newer version."""
    create_markdown_artifact(page, key=artifact_key(deal, "gate"), description=both("form"))
    create_table_artifact(rows, key=artifact_key(deal, "blockers"), description=both("blockers"))


@flow(name="evaluate-gate", flow_run_name="{form.deal} gate", description=both("form.help"), on_running=[tag_run])
def evaluate_gate(form: GateForm = A_GATE) -> State[Any]:
    """Look at the gate and show it; the run ends as Open or Closed, with the blockers as its message."""
    language = Language(form.language)
    report = look(form.deal, form.gate)
    show(form.deal, gate_summary(report, language), blocker_table(report, language))
    name = "Closed" if report.remaining else "Open"
    return Completed(name=name, message=blocker_message(report, language))
