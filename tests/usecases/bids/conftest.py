"""A deal whose bid may be written, with a small tender in Word that brings its own forms."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.company import save_facts
from bidkit.usecases.deals import new_deal
from bidkit.usecases.tenders import add_tender
from tests.builders import NOON
from tests.usecases.bids.desk import CODE, FACTS, a_tender
from tests.usecases.conftest import opened
from tests.usecases.deals import prove_stages


@pytest.fixture(scope="session")
def bid_folder(house_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house with a deal that may write its bid; made once, copied for each test."""
    folder = tmp_path_factory.mktemp("bid") / "home"
    shutil.copytree(house_folder, folder)
    made = opened(folder)
    new_deal(made, code=CODE, name="泵站改造", customer="青澜市水务中心", language=Language.ZH, actor="bo")
    prove_stages(made, folder.parent / "letters", 1, 2, 3, 4, code=CODE)
    tender = folder.parent / "招标文件.docx"
    tender.write_bytes(a_tender())
    add_tender(made, code=CODE, paths=[tender], actor="bo")
    save_facts(made, facts=FACTS, actor="bo")
    made.close()
    return folder


@pytest.fixture
def desk(bid_folder: Path, home: Path) -> Iterator[Store]:
    """A copy of that store."""
    shutil.copytree(bid_folder, home)
    store = opened(home, NOON + timedelta(hours=3))
    yield store
    store.close()
