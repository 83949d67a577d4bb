"""Company facts in the store: taken in, proven, judged, and kept from those who may not see them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bidkit.kernel.errors import NotFound, UsageError
from bidkit.respond.company import Assignment, FactKind
from bidkit.store import Store
from bidkit.usecases.company import assign_person, list_facts, prove_fact, save_facts

LICENCE = {"kind": "licence", "subject": "Us", "attribute": "number", "value": "1", "valid_to": "2027-06-30"}
WAGE = {"kind": "person", "subject": "Zhao", "attribute": "wage", "value": "9", "restricted": False}


def test_a_fact_is_proven_by_a_stored_page(store: Store, tmp_path: Path) -> None:
    assert save_facts(store, facts=[LICENCE], actor="li").changed == 1
    assert save_facts(store, facts=[LICENCE], actor="li").changed == 0
    (state,) = list_facts(store)
    assert [f.code for f in state.findings] == ["fact-without-proof"]
    paper = tmp_path / "licence.pdf"
    paper.write_bytes(b"%PDF paper")
    proven = prove_fact(store, fact_id=state.fact.id, path=paper, page=1, actor="li")
    assert proven.source is not None
    assert store.blobs.get(proven.source.file_sha256) == b"%PDF paper"
    assert list_facts(store)[0].findings == ()
    assert [f.code for f in list_facts(store, on=date(2027, 7, 1))[0].findings] == ["fact-not-valid", "fact-stale"]


def test_a_new_value_keeps_the_proof_attached_before(store: Store, tmp_path: Path) -> None:
    save_facts(store, facts=[LICENCE], actor="li")
    (state,) = list_facts(store)
    paper = tmp_path / "licence.pdf"
    paper.write_bytes(b"paper")
    prove_fact(store, fact_id=state.fact.id, path=paper, page=None, actor="li")
    save_facts(store, facts=[{**LICENCE, "value": "2"}], actor="li")
    (now,) = list_facts(store)
    assert now.fact.value == "2"
    assert now.fact.source is not None


def test_facts_about_people_are_shown_only_when_asked_for(store: Store) -> None:
    save_facts(store, facts=[LICENCE, WAGE], actor="li")
    assert [s.fact.subject for s in list_facts(store)] == ["Us"]
    assert [s.fact.subject for s in list_facts(store, restricted=True)] == ["Us", "Zhao"]
    assert list_facts(store, kind=FactKind.PRICE) == ()


@pytest.mark.parametrize(
    "fact", [{}, {**LICENCE, "kind": "rumour"}, {**LICENCE, "valid_to": "soon"}, {**LICENCE, "value": " "}]
)
def test_a_fact_that_cannot_be_read_stores_nothing(store: Store, fact: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="line 2"):
        save_facts(store, facts=[LICENCE, fact], actor="li")
    assert list_facts(store) == ()


def test_a_proof_needs_a_known_fact_a_file_and_a_page(store: Store, tmp_path: Path) -> None:
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x")
    with pytest.raises(NotFound):
        prove_fact(store, fact_id="fact-000000000000", path=paper, page=1, actor="li")
    with pytest.raises(UsageError):
        prove_fact(store, fact_id="fact-000000000000", path=tmp_path / "b.pdf", page=1, actor="li")
    with pytest.raises(UsageError):
        prove_fact(store, fact_id="fact-000000000000", path=paper, page=0, actor="li")


def test_a_person_needed_twice_is_said_and_stored(store: Store) -> None:
    first = Assignment("Zhao", "manager", "A", date(2027, 1, 1), date(2027, 3, 1))
    second = Assignment("Zhao", "manager", "B", date(2027, 2, 1), date(2027, 4, 1))
    assert assign_person(store, assignment=first, actor="li") == ()
    assert [f.code for f in assign_person(store, assignment=second, actor="li")] == ["person-double-booked"]
    assert len(assign_person(store, assignment=second, actor="li")) == 1
    with pytest.raises(UsageError):
        assign_person(store, assignment=Assignment("Z", "r", "C", date(2027, 2, 2), date(2027, 2, 1)), actor="li")
