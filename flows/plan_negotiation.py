"""Flow `plan-negotiation`: the deal's stored plan worked out as of today, its internal edition written."""

from __future__ import annotations

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from bidkit.kernel.language import Language
from bidkit.usecases.negotiation import planned, write_plan
from flows.doors import artifact_key, file_of, opened_store
from flows.negotiation_pages import A_PLAN, PlanForm, both, plan_page
from flows.tags import tag_run


@task(task_run_name="Work out the negotiation of {deal}")
def work_out(deal: str, person: str, language: Language) -> str:
    """The page that may be shown; the internal edition is written beside. Twice is harmless: both are made anew."""
    path = file_of(deal, "negotiation-plan-internal.pdf")
    with opened_store() as store:
        write_plan(store, code=deal, path=path, actor=person, language=language)
        return plan_page(deal, planned(store, deal, person).worked, path, language)


@task(task_run_name="Show the negotiation of {deal}")
def show(deal: str, page: str) -> None:
    """A summary without any value of ours. Twice is harmless: the same key gets a newer version."""
    create_markdown_artifact(page, key=artifact_key(deal, "negotiation"), description=both("flow.plan"))


@flow(
    name="plan-negotiation",
    flow_run_name="{form.deal} negotiation plan",
    description=both("flow.plan.help"),
    on_running=[tag_run],
)
def plan_negotiation(form: PlanForm = A_PLAN) -> None:
    """Work the plan out and show what has to be settled first."""
    deal = form.deal
    show(deal, work_out(deal, form.person, Language(form.language)))
