"""Flow `check-bid`: may the bid go out as it is, and what keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.states import Completed

from bidkit.kernel.language import Language
from bidkit.usecases import sealing
from bidkit.usecases.sealing_papers import write_papers
from bidkit.usecases.sealing_words import view_of
from flows.check_pages import A_CHECK, CheckForm, both, check_summary, result_table
from flows.doors import LogWatcher, artifact_key, file_of, opened_store
from flows.tags import tag_run

ACTOR = "flow check-bid"


@task(task_run_name="Check the bid of {deal}")
def look(deal: str, paths: tuple[Path, ...]) -> sealing.Checked:
    """The bid checked. Twice is harmless: the same files and tender give the same result."""
    with opened_store() as store:
        return sealing.check_bid(store, code=deal, paths=paths, actor=ACTOR, watcher=LogWatcher())


@task(task_run_name="Write the papers on the bid of {deal}")
def write(deal: str, checked: sealing.Checked, language: Language) -> tuple[Path, ...]:
    """Workbook, tables and commented volumes. Twice is harmless: they are written anew."""
    sheet = file_of(deal, "check.xlsx")
    folder = sheet.with_name("check")
    with opened_store() as store:
        return write_papers(store, checked, language=language, xlsx=sheet, pdf=folder, word=folder)


@task(task_run_name="Show the check of {deal}")
def show(deal: str, page: str, rows: list[dict[str, object]]) -> None:
    """A summary and a table. Twice is harmless: the same key gets a newer version."""
    create_markdown_artifact(page, key=artifact_key(deal, "check"), description=both("flow.form"))
    create_table_artifact(rows, key=artifact_key(deal, "check-results"), description=both("flow.results"))


@flow(
    name="check-bid",
    flow_run_name="{form.deal} check before sealing",
    description=both("flow.form.help"),
    on_running=[tag_run],
)
def check_bid(form: CheckForm = A_CHECK) -> State[Any]:
    """Check the bid, write the papers, show what is open; the run ends as Open or Closed."""
    language = Language(form.language)
    checked = look(form.deal, form.paths())
    files = write(form.deal, checked, language)
    view = view_of(checked, language)
    show(form.deal, check_summary(checked, files, language), result_table(view, language))
    return Completed(name="Closed" if checked.open else "Open", message=view.verdict)
