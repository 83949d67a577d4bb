"""A store to work in, with one deal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bidkit.kernel.language import Language
from bidkit.store import Store, open_store
from bidkit.usecases.deals import new_deal
from tests.builders import SteppingClock


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """A store with the deal D-1."""
    opened = open_store(home / "bidkit.db", home / "blobs", SteppingClock())
    new_deal(opened, code="D-1", name="Pumps", customer="Water office", language=Language.EN, actor="wang")
    yield opened
    opened.close()
