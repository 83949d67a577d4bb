"""Flow `build-proposal`: the preliminary proposal in Word, its price as a range."""

from __future__ import annotations

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from bidkit.usecases.bids.build import build_bid as build
from bidkit.usecases.deals import show_deal
from flows.bid_pages import A_PROPOSAL, BidForm, bid_page, both
from flows.doors import artifact_key, file_of, opened_store
from flows.tags import tag_run

ACTOR = "flow build-proposal"


@task(task_run_name="Write the proposal of {deal}")
def write(deal: str, override: str) -> str:
    """The page on what was written. Twice is harmless: what people did in the files is taken in first."""
    folder = file_of(deal, "proposal")
    with opened_store() as store:
        made = build(store, code=deal, folder=folder, actor=ACTOR, proposal=True, override=override)
        return bid_page("build_proposal", deal, made, show_deal(store, deal).deal.language)


@flow(
    name="build-proposal",
    flow_run_name="{form.deal} build the proposal",
    description=both("build_proposal.help"),
    on_running=[tag_run],
)
def run_build_proposal(form: BidForm = A_PROPOSAL) -> None:
    """Write the proposal and show what needs a person; a shut gate ends the run with its blockers."""
    page = write(form.deal, form.override)
    create_markdown_artifact(page, key=artifact_key(form.deal, "proposal"), description=both("build_proposal"))
