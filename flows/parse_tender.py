"""Flow `parse-tender`: a tender package becomes rows of its deal, a compliance matrix and a one-page brief."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from prefect import flow, task
from prefect.cache_policies import DEFAULT
from prefect.logging import get_run_logger

from bidkit.kernel.language import Language
from bidkit.usecases.brief import write_brief_of
from bidkit.usecases.matrix import export_matrix
from bidkit.usecases.tenders import AddedTender, add_tender
from flows.doors import file_of, opened_store
from flows.forms import A_TENDER, TenderForm, both
from flows.pages import say
from flows.progress import BarWatcher, begin_bar, files_read, reach
from flows.tags import tag_run
from flows.tender_artifacts import show_tender
from flows.turns import one_at_a_time

ACTOR = "flow parse-tender"
READ, MATRIX, BRIEF, DONE = 70, 80, 95, 100  # of a hundred


# A retry has another bar and must find what was read all the same.
@task(task_run_name=files_read, cache_policy=DEFAULT - "bar")
def read_package(deal: str, places: tuple[str, ...], bar: UUID) -> AddedTender:
    """The revision that holds the package. Twice is harmless: the key is the digest of the files."""
    paths = [Path(place) for place in places]
    with opened_store() as store:
        return add_tender(store, code=deal, paths=paths, actor=ACTOR, watcher=BarWatcher(bar, READ))


@task(task_run_name="Write the matrix of {deal}")
def write_matrix(deal: str, language: Language) -> Path:
    """The matrix file. Twice is harmless: what people typed into it is read back first."""
    with opened_store() as store:
        return export_matrix(store, code=deal, path=file_of(deal, "matrix.xlsx"), actor=ACTOR, language=language).path


@task(task_run_name="Write the brief of {deal}")
def write_brief(deal: str, language: Language) -> Path:
    """The brief file. Twice is harmless: it is written anew."""
    with opened_store() as store:
        return write_brief_of(store, code=deal, path=file_of(deal, "brief.pdf"), language=language).path


show = task(task_run_name="Show what was made for {deal}")(show_tender)


@flow(
    name="parse-tender",
    flow_run_name="{form.deal} read the tender",
    description=both("form.help"),
    on_running=[tag_run],
)
def parse_tender(form: TenderForm = A_TENDER) -> None:
    """Read the package, write its two documents, and show what needs a person."""
    language = Language(form.language)
    with one_at_a_time(form.deal, "read", lambda: get_run_logger().info(say("waits", language))):
        bar = begin_bar(form.deal, both("form"))
        added = read_package(form.deal, form.places, bar)
        reach(bar, READ)
        files = {"matrix": write_matrix(form.deal, language)}
        reach(bar, MATRIX)
        files["brief"] = write_brief(form.deal, language)
        reach(bar, BRIEF)
        show(form.deal, added, files, language)
        reach(bar, DONE)
