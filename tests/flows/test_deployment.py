"""What `prefect.yaml` deploys really runs: a worker in a process of its own picks it up and leaves its artifacts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bidkit.kernel.clock import SystemClock
from bidkit.kernel.language import Language
from bidkit.store import open_store
from bidkit.usecases.deals import new_deal
from tests.flows.test_parse_tender import TENDER, artifact

pytestmark = [pytest.mark.flows, pytest.mark.usefixtures("prefect_api")]

CHECKOUT = Path(__file__).resolve().parents[2]
PREFECT = Path(sys.executable).parent / "prefect"


def prefect(*words: str, home: Path) -> str:
    """What the Prefect command printed, asking nothing, against the temporary API."""
    from prefect.settings import PREFECT_API_URL

    environment = os.environ | {
        "PREFECT_API_URL": PREFECT_API_URL.value() or "",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "BIDKIT_HOME": str(home),
        "COLUMNS": "200",
    }
    done = subprocess.run(
        [str(PREFECT), "--no-prompt", *words],
        cwd=CHECKOUT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_worker_runs_what_prefect_yaml_deploys(tmp_path: Path) -> None:
    store = open_store(tmp_path / "bidkit.db", tmp_path / "blobs", SystemClock())
    new_deal(store, code="D-9", name="Masts", customer="Weather Office", language=Language.EN, actor="li.na")
    store.close()
    (tmp_path / "tender.md").write_text(TENDER, encoding="utf-8")
    form = {"deal": "D-9", "paths": str(tmp_path / "tender.md"), "language": "zh"}

    prefect("work-pool", "create", "bids", "--type", "process", home=tmp_path)
    prefect("deploy", "--all", home=tmp_path)
    prefect("deployment", "run", "parse-tender/parse-tender", "-p", f"form={json.dumps(form)}", home=tmp_path)
    prefect("worker", "start", "--pool", "bids", "--run-once", home=tmp_path)

    runs = prefect("flow-run", "ls", home=tmp_path)
    assert "D-9 read the tender" in runs
    assert "COMPLETED" in runs
    assert "否决项" in artifact("d-9-summary")
    assert (tmp_path / "deals" / "D-9" / "brief.pdf").exists()
