"""Flow `parse-tender`: a tender package becomes rows of its deal, a compliance matrix and a one-page brief."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact

from bidkit.kernel.language import Language
from bidkit.usecases.brief import write_brief_of
from bidkit.usecases.matrix import export_matrix, loaded_tender
from bidkit.usecases.tenders import AddedTender, add_tender
from flows.doors import LogWatcher, artifact_key, file_of, opened_store
from flows.forms import A_TENDER, TenderForm, both
from flows.pages import row_table, say, summary

ACTOR = "flow parse-tender"
TABLE_ROWS, TABLE_WIDTH = 100, 160  # a table artifact is loaded whole, so it stays under 200 KB


@task(task_run_name="Read {places} into {deal}")
def read_package(deal: str, places: tuple[str, ...]) -> AddedTender:
    """The revision that holds the package. Twice is harmless: the key is the digest of the files."""
    paths = [Path(place) for place in places]
    with opened_store() as store:
        return add_tender(store, code=deal, paths=paths, actor=ACTOR, watcher=LogWatcher())


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


@task(task_run_name="Show what was made for {deal}")
def show(deal: str, added: AddedTender, files: dict[str, Path], language: Language) -> None:
    """A summary and a table of rows. Twice is harmless: the same key gets a newer version."""
    with opened_store() as store, store.read() as work:
        _, tender, _ = loaded_tender(work, deal)
    page = summary(deal, tender, added, files, language)
    rows = row_table(tender.requirements, language, TABLE_ROWS, TABLE_WIDTH)
    create_markdown_artifact(page, key=artifact_key(deal, "summary"), description=say("form", language))
    title = say("table.title", language, count=len(rows))
    create_table_artifact(rows, key=artifact_key(deal, "rows"), description=title)


@flow(name="parse-tender", flow_run_name="{form.deal} read the tender", description=both("form.help"))
def parse_tender(form: TenderForm = A_TENDER) -> None:
    """Read the package, write its two documents, and show what needs a person."""
    language = Language(form.language)
    added = read_package(form.deal, form.places)
    files = {"matrix": write_matrix(form.deal, language), "brief": write_brief(form.deal, language)}
    show(form.deal, added, files, language)
