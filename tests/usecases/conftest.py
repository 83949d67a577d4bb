"""Stores to work in: with one deal, with a house of people, with a deal that has done its first stage."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bidkit.kernel.language import Language
from bidkit.store import Store, open_store
from bidkit.usecases.deals import new_deal
from tests.builders import NOON, SteppingClock
from tests.usecases.deals import hire, prove_stages


def opened(folder: Path, since: datetime = NOON) -> Store:
    """The store in this folder, with a clock that begins at that time."""
    return open_store(folder / "bidkit.db", folder / "blobs", SteppingClock(since))


def with_a_deal(folder: Path) -> Store:
    """A new store with the deal D-1."""
    store = opened(folder)
    new_deal(store, code="D-1", name="Pumps", customer="Water office", language=Language.EN, actor="wang")
    return store


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """A store with the deal D-1."""
    made = with_a_deal(home)
    yield made
    made.close()


@pytest.fixture(scope="session")
def house_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the deal D-1 and everybody of the house, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("house")
    made = with_a_deal(folder)
    hire(made)
    made.close()
    return folder


@pytest.fixture(scope="session")
def begun_folder(house_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house with the first stage of D-1 completed, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("begun") / "home"
    shutil.copytree(house_folder, folder)
    made = opened(folder)
    prove_stages(made, folder.parent / "letters", 1)
    made.close()
    return folder


@pytest.fixture
def house(house_folder: Path, home: Path) -> Iterator[Store]:
    """The house with a deal nothing was done on yet."""
    yield from _copied(house_folder, home)


@pytest.fixture
def begun(begun_folder: Path, home: Path) -> Iterator[Store]:
    """The house with a deal whose first stage is completed."""
    yield from _copied(begun_folder, home)


def _copied(folder: Path, home: Path) -> Iterator[Store]:
    shutil.copytree(folder, home)
    store = opened(home, NOON + timedelta(hours=1))
    yield store
    store.close()
