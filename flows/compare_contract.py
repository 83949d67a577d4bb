"""Flow `compare-contract`: two versions of a contract, every change as a page and a redline."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from bidkit.contract.changes import Comparison
from bidkit.kernel.language import Language
from bidkit.usecases.contract_compare import compare_contracts, comparison_page, redline_of
from bidkit.usecases.outfile import write_whole
from flows.contract_pages import A_COMPARISON, CompareForm, both, compare_summary
from flows.doors import LogWatcher, artifact_key, file_of
from flows.tags import tag_run


@task(task_run_name="Compare {old} with {new}")
def compare(old: str, new: str) -> Comparison:
    """Every change. Twice is harmless: it only reads."""
    return compare_contracts(Path(old), Path(new), LogWatcher())


@task(task_run_name="Write the changes in the contract of {deal}")
def write(deal: str, old: str, new: str, found: Comparison, language: Language) -> list[Path]:
    """A page and, where one version is a Word file, a redline. Twice is harmless: they are written anew."""
    page = file_of(deal, "contract-changes.html")
    write_whole(page, comparison_page(found, language).encode())
    if not {Path(old).suffix.lower(), Path(new).suffix.lower()} & {".docx"}:
        return [page]
    redline = file_of(deal, "contract-redline.docx")
    write_whole(redline, redline_of(Path(old), Path(new), author="bidkit", language=language, watcher=LogWatcher()))
    return [page, redline]


@flow(
    name="compare-contract",
    flow_run_name="{form.deal} contract versions",
    description=both("compare.help"),
    on_running=[tag_run],
)
def run_compare(form: CompareForm = A_COMPARISON) -> None:
    """Compare the versions, write the files, show the silent changes first."""
    language, old, new = Language(form.language), form.old.strip(), form.new.strip()
    found = compare(old, new)
    page = compare_summary(form.deal, found, write(form.deal, old, new, found, language), language)
    create_markdown_artifact(page, key=artifact_key(form.deal, "contract-changes"), description=both("compare"))
