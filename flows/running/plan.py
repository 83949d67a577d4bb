"""What runs where: addresses, folders and the environment every part starts with. Plain values, nothing starts here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
PREFECT_PORT, ROOM_PORT = 4200, 4280
_RUNS_PER_CORE = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """One running system: its data folder and the two ports people open."""

    home: Path
    prefect_port: int = PREFECT_PORT
    room_port: int = ROOM_PORT

    @property
    def prefect_address(self) -> str:
        """Where bid managers start flows."""
        return f"http://{HOST}:{self.prefect_port}"

    @property
    def room_address(self) -> str:
        """Where presales and legal work."""
        return f"http://{HOST}:{self.room_port}"

    @property
    def lock_file(self) -> Path:
        """Held by the system that runs in this folder; its text says where to find it."""
        return self.home / "run" / "up.lock"

    def log_file(self, part: str) -> Path:
        """Where a part writes what it has to say."""
        return self.home / "logs" / f"{part}.log"

    def environment(self, before: Mapping[str, str]) -> dict[str, str]:
        """`before` without anybody's Prefect settings, and with ours.

        Nothing is sent outside, data and results stay under `home`, links lead to the page people see.
        """
        own = {name: value for name, value in before.items() if not name.startswith("PREFECT_")}
        kept = {name: before[name] for name in _PEOPLE_MAY_SET if name in before}
        address = self.prefect_address
        return {
            **own,
            "BIDKIT_HOME": str(self.home),
            "BIDKIT_ROOM_ADDRESS": before.get("BIDKIT_ROOM_ADDRESS", self.room_address),
            "BIDKIT_PREFECT_API_URL": f"{address}/api",
            "BIDKIT_PREFECT_API_AUTH": before.get("PREFECT_API_AUTH_STRING", ""),
            # The parts talk to each other on this machine, whatever proxy leads out of it.
            **{name: _with_ourselves(before.get(name, "")) for name in ("NO_PROXY", "no_proxy")},
            "DO_NOT_TRACK": "1",
            "PREFECT_HOME": str(self.home / "prefect"),
            "PREFECT_API_URL": f"{address}/api",
            "PREFECT_UI_URL": f"{address}/v2",
            "PREFECT_SERVER_UI_API_URL": "/api",
            "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
            "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
            "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
            "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "true",
            # Results may be read by people and by other versions, so they are text, never pickles.
            "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
            **kept,
        }


_PEOPLE_MAY_SET = (
    "PREFECT_SERVER_API_AUTH_STRING",
    "PREFECT_API_AUTH_STRING",
    "PREFECT_SERVER_DATABASE_CONNECTION_URL",
    "PREFECT_API_DATABASE_CONNECTION_URL",
    "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED",
)


def _with_ourselves(no_proxy: str) -> str:
    return ",".join(part for part in (no_proxy, HOST, "localhost") if part)


def run_limit() -> int:
    """How many flows may run at once on this machine."""
    return _RUNS_PER_CORE * (os.cpu_count() or 1)
