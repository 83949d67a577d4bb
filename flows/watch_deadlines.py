"""Flow `watch-deadlines`: every morning, what falls due in any deal, in one table."""

from __future__ import annotations

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from bidkit.kernel.language import Language
from bidkit.settings import Settings
from bidkit.usecases.deadlines import Deadline, deadlines
from bidkit.usecases.deal_file import today
from flows.doors import opened_store
from flows.report_pages import A_WATCH, WatchForm, both, deadline_page


@task(task_run_name="Look {days} days ahead")
def look_ahead(days: int) -> tuple[Deadline, ...]:
    """What falls due. Twice is harmless: it only reads."""
    with opened_store() as store:
        return deadlines(store, days)


@task(task_run_name="Show what falls due")
def show(found: tuple[Deadline, ...], days: int, language: Language) -> None:
    """One table. Twice is harmless: the same key gets a newer version."""
    with opened_store() as store:
        on = today(store)
    page = deadline_page(found, on, days, Settings().home / "deals", language)
    create_markdown_artifact(page, key="deadlines", description=both("flow.watch"))


@flow(name="watch-deadlines", flow_run_name="Deadlines within {form.days} days", description=both("flow.watch.help"))
def watch_deadlines(form: WatchForm = A_WATCH) -> None:
    """Look at all open deals and show what needs somebody soon."""
    show(look_ahead(form.days), form.days, Language(form.language))
