"""Flow `hand-over`: what was promised, who answers for it, and what is due."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.states import Completed

from bidkit.kernel.language import Language
from bidkit.usecases.handover import Handover, load_handover
from bidkit.usecases.obligations import write_obligations
from flows.contract_pages import A_HANDOVER, HandoverForm, both, handover_summary, say
from flows.doors import artifact_key, file_of, opened_store
from flows.tags import tag_run


@task(task_run_name="Look at the hand-over of {deal}")
def look(deal: str) -> Handover:
    """The hand-over as it stands. Twice is harmless: it only reads."""
    with opened_store() as store:
        return load_handover(store, deal)


@task(task_run_name="Write the obligations of {deal}")
def write(deal: str, language: Language) -> list[Path]:
    """The obligations as list and calendar. Twice is harmless: they are written anew."""
    paths = [file_of(deal, f"obligations.{ending}") for ending in ("xlsx", "ics")]
    with opened_store() as store:
        for path in paths:
            write_obligations(store, code=deal, path=path, language=language)
    return paths


@flow(name="hand-over", flow_run_name="{form.deal} hand-over", description=both("handover.help"), on_running=[tag_run])
def run_handover(form: HandoverForm = A_HANDOVER) -> State[Any]:
    """Show what still has no owner and what is due; the run ends as closed or not closed."""
    language = Language(form.language)
    found = look(form.deal)
    page = handover_summary(found, write(form.deal, language), language)
    create_markdown_artifact(page, key=artifact_key(form.deal, "handover"), description=both("handover"))
    name = "summary.not_closed" if found.closed is None else "summary.closed"
    return Completed(name=say(name, language), message=f"{len(found.open)}")
