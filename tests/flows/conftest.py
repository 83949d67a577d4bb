"""A temporary Prefect API for the tests of flows, in a home of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def prefect_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A Prefect server that lives as long as the test run and knows nobody's settings."""
    patch = pytest.MonkeyPatch()
    # Before Prefect is imported: a profile or address of the person at the keyboard must not leak in.
    patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
    patch.delenv("PREFECT_API_URL", raising=False)
    patch.delenv("PREFECT_PROFILE", raising=False)
    patch.setenv("DO_NOT_TRACK", "1")
    patch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    from prefect.settings import (
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        PREFECT_LOGGING_TO_API_ENABLED,
        temporary_settings,
    )
    from prefect.testing.utilities import prefect_test_harness

    # The heartbeat thread sleeps in whole seconds, which every flow run would wait for at its end.
    quiet = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None, PREFECT_LOGGING_TO_API_ENABLED: False}
    with prefect_test_harness(server_startup_timeout=60), temporary_settings(quiet):
        yield
    patch.undo()
