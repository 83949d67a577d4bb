"""Flow `build-deviation-table`: every deviation table of a deal in Word and as one workbook."""

from __future__ import annotations

from typing import Any

from prefect import State, flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.states import Completed

from bidkit.kernel.language import Language
from bidkit.usecases.deviation_files import BuiltDeviations, build_deviations
from flows.bid_pages import A_DEVIATION, DeviationForm, both, deviation_page
from flows.doors import LogWatcher, artifact_key, file_of, opened_store
from flows.tags import tag_run

ACTOR = "flow build-deviation-table"


@task(task_run_name="Write the deviation tables of {deal}")
def write(deal: str, bidder: str, language: Language) -> BuiltDeviations:
    """The files. Twice is harmless: what people typed into them is taken in first."""
    folder, watcher = file_of(deal, "deviations"), LogWatcher()
    with opened_store() as store:
        return build_deviations(
            store, code=deal, folder=folder, actor=ACTOR, bidder=bidder, language=language, watcher=watcher
        )


@flow(
    name="build-deviation-table",
    flow_run_name="{form.deal} deviation tables",
    description=both("build_deviations.help"),
    on_running=[tag_run],
)
def run_build_deviations(form: DeviationForm = A_DEVIATION) -> State[Any]:
    """Write the tables and show what stops them; the run ends as Open or Closed."""
    language = Language(form.language)
    made = write(form.deal, form.bidder, language)
    page = deviation_page(form.deal, made, language)
    create_markdown_artifact(page, key=artifact_key(form.deal, "deviations"), description=both("build_deviations"))
    return Completed(name="Closed" if made.blockers or made.left_out else "Open")
