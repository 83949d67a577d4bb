"""The flow against a temporary Prefect API and a store of its own."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from bidkit.kernel.clock import SystemClock
from bidkit.kernel.errors import NotFound
from bidkit.kernel.language import Language
from bidkit.store import Store, open_store
from bidkit.usecases.deals import new_deal

pytestmark = [pytest.mark.flows, pytest.mark.usefixtures("prefect_api")]

TENDER = """# Purchase of weather masts

## Section 1 Instructions

1.1 Proposals must be received no later than 12 May 2031, 10:00.

1.2 A proposal received after this time will be rejected.

## Section 2 Specification

2.1 The mast shall be at least 3 m high.

2.2 The supplier shall keep spare parts for 10 years.
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the deal D-7 and, beside it, a tender to read."""
    home = tmp_path / "data folder"
    home.mkdir()
    monkeypatch.setenv("BIDKIT_HOME", str(home))
    for name in ("BIDKIT_DATABASE_URL", "BIDKIT_STORAGE_URL"):
        monkeypatch.delenv(name, raising=False)
    store = store_in(home)
    new_deal(store, code="D-7", name="Masts", customer="Weather Office", language=Language.EN, actor="li.na")
    store.close()
    (tmp_path / "tender.md").write_text(TENDER, encoding="utf-8")
    return home


def store_in(home: Path) -> Store:
    return open_store(home / "bidkit.db", home / "blobs", SystemClock())


def run(deal: str, package: Path) -> None:
    from flows.forms import TenderForm
    from flows.parse_tender import parse_tender

    parse_tender(TenderForm(deal=deal, paths=str(package), language="en"))


def artifact(key: str) -> str:
    from prefect.artifacts import Artifact

    found = Artifact.get(key)
    assert found is not None
    return str(found.data)


def test_a_package_becomes_rows_matrix_brief_and_artifacts(home: Path) -> None:
    run("D-7", home.parent / "tender.md")
    with (store := store_in(home)).read() as work:
        latest = work.solicitations.latest(work.deals.get("D-7"))
    store.close()
    assert latest is not None
    assert latest.rows >= 4
    assert (home / "deals" / "D-7" / "matrix.xlsx").stat().st_size > 0
    assert (home / "deals" / "D-7" / "brief.pdf").read_bytes().startswith(b"%PDF")
    assert f"Requirement rows: {latest.rows}," in artifact("d-7-summary")
    assert "spare parts for 10 years" in artifact("d-7-rows")


def test_a_second_run_makes_no_second_revision(home: Path) -> None:
    run("D-7", home.parent / "tender.md")
    run("D-7", home.parent / "tender.md")
    with (store := store_in(home)).read() as work:
        revisions = work.solicitations.all(work.deals.get("D-7"))
    store.close()
    assert [revision.number for revision in revisions] == [1]
    assert "no new revision" in artifact("d-7-summary")


def test_a_run_for_an_unknown_deal_fails_and_says_what_to_do(home: Path) -> None:
    with pytest.raises(NotFound, match="D-404"):
        run("D-404", home.parent / "tender.md")
    assert not (home / "deals" / "D-404").exists()


def test_the_log_never_holds_tender_text(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    from prefect.logging.configuration import setup_logging

    # Once set up, Prefect's records may end at its own logger; setting up later would drop our handler from it.
    setup_logging()
    logger = logging.getLogger("prefect")
    logger.addHandler(caplog.handler)
    try:
        with caplog.at_level("DEBUG"):
            run("D-7", home.parent / "tender.md")
    finally:
        logger.removeHandler(caplog.handler)
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert "tender.md" in said
    assert not re.search("spare parts|3 m high", said)


def test_the_form_has_titles_and_help_in_both_languages(home: Path) -> None:  # noqa: ARG001
    from flows.parse_tender import parse_tender

    schema = parse_tender.parameters.model_dump()
    form = schema["properties"]["form"]
    fields = schema["definitions"]["TenderForm"]["properties"]
    shown = [form, *fields.values()]
    assert [field["title"] for field in shown] == [
        "招标文件 / Tender",
        "商机编号 / Deal code",
        "收件箱中的招标文件 / Package in the inbox",
        "或文件位置 / Or where it lies",
        "输出语言 / Language of the output",
    ]
    assert all(re.search("[\u4e00-\u9fff].* / .*[a-z]", field["description"]) for field in shown)


def test_a_choice_of_the_form_becomes_a_deal_code_and_a_place_in_the_inbox(home: Path) -> None:
    from flows.forms import TenderForm

    form = TenderForm(deal="D-9 Some deal", package="tender.zip", paths="/a\n /b ", language="zh")
    assert form.deal == "D-9"
    assert form.places == (str(home / "inbox" / "tender.zip"), "/a", "/b")


@pytest.mark.parametrize("wrong", [{}, {"package": "../secret"}, {"package": "a\\b"}, {"package": ".."}])
def test_a_form_without_a_package_or_with_one_outside_the_inbox_is_refused(wrong: dict[str, str]) -> None:
    from pydantic import ValidationError

    from flows.forms import TenderForm

    with pytest.raises(ValidationError):
        TenderForm(deal="D-9", language="zh", **wrong)
