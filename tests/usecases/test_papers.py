from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from bidkit.kernel.errors import NotFound
from bidkit.store import Store
from bidkit.usecases.audit import BrokenChain, verify_audit
from bidkit.usecases.brief import write_brief_of
from bidkit.usecases.tenders import add_tender
from tests.builders import a_tender_file, read_simply


def test_a_brief_is_a_pdf_and_the_same_one_on_the_same_day(store: Store, tmp_path: Path) -> None:
    add_tender(store, code="D-1", paths=[a_tender_file(tmp_path)], actor="wang", read=read_simply)
    path = tmp_path / "brief.pdf"
    assert write_brief_of(store, code="D-1", path=path).revision == 1
    first = path.read_bytes()
    write_brief_of(store, code="D-1", path=path)
    assert first.startswith(b"%PDF-")
    assert path.read_bytes() == first


def test_a_brief_of_a_deal_without_tender_is_not_found(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no tender yet"):
        write_brief_of(store, code="D-1", path=tmp_path / "brief.pdf")


def test_a_whole_chain_says_how_many_events_it_has(store: Store) -> None:
    assert verify_audit(store) == verify_audit(store) == 1


def test_a_broken_chain_is_an_error_that_names_the_event(store: Store) -> None:
    with store._database.writing() as connection:
        connection.execute(text("UPDATE audit_event SET actor = 'nobody'"))
    with pytest.raises(BrokenChain, match="broken at event 1"):
        verify_audit(store)
