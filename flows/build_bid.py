"""Flow `build-bid`: the volumes of a deal's bid in Word, people's work in them kept."""

from __future__ import annotations

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from bidkit.usecases.bids.build import build_bid as build
from bidkit.usecases.deals import show_deal
from flows.bid_pages import A_BID, BidForm, bid_page, both
from flows.doors import LogWatcher, artifact_key, file_of, opened_store
from flows.tags import tag_run

ACTOR = "flow build-bid"


@task(task_run_name="Write the volumes of {deal}")
def write(deal: str, override: str) -> str:
    """The page on what was written. Twice is harmless: what people did in the files is taken in first."""
    folder = file_of(deal, "bid")
    with opened_store() as store:
        made = build(store, code=deal, folder=folder, actor=ACTOR, override=override, watcher=LogWatcher())
        return bid_page("build_bid", deal, made, show_deal(store, deal).deal.language)


@flow(
    name="build-bid",
    flow_run_name="{form.deal} build the bid",
    description=both("build_bid.help"),
    on_running=[tag_run],
)
def run_build_bid(form: BidForm = A_BID) -> None:
    """Write the volumes and show what needs a person; a shut gate ends the run with its blockers."""
    page = write(form.deal, form.override)
    create_markdown_artifact(page, key=artifact_key(form.deal, "bid"), description=both("build_bid"))
