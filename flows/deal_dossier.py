"""Flow `deal-dossier`: where a deal stands, as a PDF to hand on and a summary to read."""

from __future__ import annotations

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from bidkit.kernel.language import Language
from bidkit.usecases.reports import DossierExport, write_dossier
from flows.doors import artifact_key, file_of, opened_store
from flows.report_pages import A_DOSSIER, DossierForm, both, dossier_summary
from flows.tags import tag_run


@task(task_run_name="Print the dossier of {deal}")
def print_dossier(deal: str, language: Language) -> DossierExport:
    """The dossier file. Twice is harmless: it is written anew."""
    with opened_store() as store:
        return write_dossier(store, code=deal, path=file_of(deal, "dossier.pdf"), language=language)


@task(task_run_name="Show where {deal} stands")
def show(deal: str, made: DossierExport, language: Language) -> None:
    """A summary. Twice is harmless: the same key gets a newer version."""
    page = dossier_summary(made, language)
    create_markdown_artifact(page, key=artifact_key(deal, "dossier"), description=both("dossier.title"))


@flow(
    name="deal-dossier",
    flow_run_name="{form.deal} dossier",
    description=both("flow.dossier.help"),
    on_running=[tag_run],
)
def deal_dossier(form: DossierForm = A_DOSSIER) -> None:
    """Print the dossier and show what needs a person."""
    language = Language(form.language)
    show(form.deal, print_dossier(form.deal, language), language)
