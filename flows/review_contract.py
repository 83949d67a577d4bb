"""Flow `review-contract`: a contract held against what was agreed, and its record for legal to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.states import Completed

from bidkit.kernel.language import Language
from bidkit.usecases.contract_review import ReviewWork, review_contract
from bidkit.usecases.contract_review_files import write_record
from flows.contract_pages import A_REVIEW, ReviewForm, both, paths_in, review_summary, state_name
from flows.doors import LogWatcher, artifact_key, file_of, opened_store
from flows.tags import tag_run

ACTOR = "flow review-contract"


@task(task_run_name="Review the contract of {form.deal}")
def review(form: ReviewForm) -> ReviewWork:
    """The round of this contract. Twice is harmless: the digests of everything looked at are the key."""
    with opened_store() as store:
        return review_contract(
            store,
            code=form.deal,
            path=Path(form.file.strip()),
            actor=ACTOR,
            contract_type=form.contract_type,
            bids=paths_in(form.bid),
            minutes=paths_in(form.minutes),
            watcher=LogWatcher(),
        )


@task(task_run_name="Write the record of {deal}")
def write(deal: str, language: Language) -> tuple[Path, ...]:
    """The record to fill in. Twice is harmless: verdicts are kept in the store and printed anew."""
    paths = tuple(file_of(deal, f"contract-record.{ending}") for ending in ("docx", "xlsx"))
    with opened_store() as store:
        for path in paths:
            write_record(store, code=deal, path=path, language=language)
    return paths


@flow(
    name="review-contract",
    flow_run_name="{form.deal} contract review",
    description=both("review.help"),
    on_running=[tag_run],
)
def run_review(form: ReviewForm = A_REVIEW) -> State[Any]:
    """Review, write the record, show what is open; ends waiting for legal until nothing grave is open any more."""
    language = Language(form.language)
    work = review(form)
    page = review_summary(work, write(form.deal, language), language)
    create_markdown_artifact(page, key=artifact_key(form.deal, "contract"), description=both("review"))
    return Completed(name=state_name(work, language), message=f"{len(work.open)}")
