"""The flows of `prefect.yaml` as deployments of a runner, so that one file lists them for every way of running."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow, load_flow_from_entrypoint
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from bidkit.vocabulary.files import data_folder


def listed_deployments(path: Path | None = None) -> list[dict[str, Any]]:
    """The deployments of `prefect.yaml` in its order."""
    file = path or data_folder("prefect.yaml")
    return list(yaml.safe_load(file.read_text(encoding="utf-8"))["deployments"])


async def as_runner_deployment(listed: dict[str, Any]) -> RunnerDeployment:
    """One deployment; its flow is imported by name, so an installed package needs no folder of its own."""
    flow: Flow[..., Any] = load_flow_from_entrypoint(listed["entrypoint"])
    limit = listed.get("concurrency_limit")
    return await flow.ato_deployment(
        name=listed["name"],
        description=listed.get("description"),
        tags=list(listed.get("tags", [])),
        parameters=dict(listed.get("parameters", {})),
        schedules=[_schedule(item) for item in listed.get("schedules", [])],
        concurrency_limit=ConcurrencyLimitConfig(**limit) if isinstance(limit, dict) else limit,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def _schedule(item: dict[str, Any]) -> Schedule:
    return Cron(
        item["cron"],
        timezone=item["timezone"],
        active=item.get("active", True),
        parameters=dict(item.get("parameters", {})),
    )
