"""Flow `amend-tender`: an addendum taken into a deal, with a report of what changed and whom it concerns."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from bidkit.kernel.language import Language
from bidkit.usecases.amending import AmendedTender
from bidkit.usecases.amending import amend_tender as amend
from bidkit.usecases.amending_report import write_report
from flows.bid_pages import AN_AMENDMENT, AmendForm, amendment_page, both
from flows.doors import LogWatcher, artifact_key, file_of, opened_store
from flows.tags import tag_run

ACTOR = "flow amend-tender"


@task(task_run_name="Take what was issued into {deal}")
def take_in(deal: str, places: tuple[str, ...]) -> AmendedTender:
    """The amendment. Twice is harmless: files are known by their contents."""
    paths, watcher = [Path(place) for place in places], LogWatcher()
    with opened_store() as store:
        return amend(store, code=deal, paths=paths, actor=ACTOR, watcher=watcher)


@task(task_run_name="Write what changed in {deal}")
def report(deal: str, made: AmendedTender, language: Language) -> Path | None:
    """The report, None where nothing changed. Twice is harmless: it is written anew."""
    if made.amendment is None:
        return None
    path = file_of(deal, f"changes-{made.amendment.number}.xlsx")
    with opened_store() as store:
        write_report(store, code=deal, number=made.amendment.number, path=path, language=language)
    return path


@flow(
    name="amend-tender",
    flow_run_name="{form.deal} take in an addendum",
    description=both("amend.help"),
    on_running=[tag_run],
)
def run_amend_tender(form: AmendForm = AN_AMENDMENT) -> None:
    """Take the files in and show what changed."""
    language = Language(form.language)
    made = take_in(form.deal, form.places)
    page = amendment_page(form.deal, made, report(form.deal, made, language), language)
    create_markdown_artifact(page, key=artifact_key(form.deal, "amendment"), description=both("amend"))
