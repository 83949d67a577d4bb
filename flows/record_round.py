"""Flow `record-round`: the minutes of a round that was kept, written for both sides to sign."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from bidkit.kernel.language import Language
from bidkit.usecases.negotiation import write_minutes
from flows.doors import artifact_key, file_of, opened_store
from flows.negotiation_pages import A_ROUND, RoundForm, both, round_page
from flows.tags import tag_run


@task(task_run_name="Write the minutes of round {number} of {deal}")
def minutes(deal: str, number: int, language: Language) -> Path:
    """The minutes file. Twice is harmless: it is written anew."""
    path = file_of(deal, f"minutes-{number}.docx")
    with opened_store() as store:
        write_minutes(store, code=deal, number=number, path=path, language=language)
    return path


@flow(
    name="record-round",
    flow_run_name="{form.deal} round {form.number}",
    description=both("flow.round.help"),
    on_running=[tag_run],
)
def record_round(form: RoundForm = A_ROUND) -> None:
    """Write the minutes and say where they lie."""
    deal, language = form.deal, Language(form.language)
    page = round_page(deal, form.number, minutes(deal, form.number, language), language)
    create_markdown_artifact(page, key=artifact_key(deal, f"round-{form.number}"), description=both("flow.round"))
