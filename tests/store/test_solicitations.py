from __future__ import annotations

from dataclasses import replace

import pytest

from bidkit.ingest.package import Package, Refusal
from bidkit.kernel.errors import Conflict
from bidkit.requirements.model import Solicitation
from bidkit.store import Store
from bidkit.store.model import BlobRef, DeliveredFile, PackageKey, SolicitationRevision
from tests.builders import a_deal, a_document, a_requirement, a_solicitation

FILES = (DeliveredFile("tender.txt", BlobRef("a" * 64, 9, "text/plain")), DeliveredFile("b.zip", BlobRef("b" * 64, 5)))
PACKAGE = Package((a_document(),), (Refusal("b.zip/x.doc", "no-office", "needs LibreOffice", "c" * 64),))


def add(store: Store, value: Solicitation, digest: str = "1" * 64) -> SolicitationRevision:
    with store.begin("wang") as work:
        deal = work.deals.find("D-1")
        if deal is None:
            work.deals.add(a_deal())
        return work.solicitations.add(a_deal(), PackageKey(digest, "e" * 64), FILES, PACKAGE, value)


def test_everything_read_comes_back_value_by_value(store: Store) -> None:
    revision = add(store, a_solicitation())
    with store.read() as work:
        assert work.solicitations.load(revision) == a_solicitation()


def test_a_tender_with_rows_and_nothing_else_comes_back_too(store: Store) -> None:
    bare = replace(a_solicitation(), legend=(), facts=(), criteria=(), findings=())
    revision = add(store, bare)
    with store.read() as work:
        assert work.solicitations.load(revision) == bare


def test_files_documents_and_refusals_come_back_in_order(store: Store) -> None:
    revision = add(store, a_solicitation())
    with store.read() as work:
        assert work.solicitations.delivered(revision) == FILES
        assert [d["name"] for d in work.solicitations.documents(revision)] == ["tender.txt"]
        assert [Refusal(**r) for r in work.solicitations.refused(revision)] == list(PACKAGE.refused)


def test_other_files_make_the_next_revision_and_the_first_one_stays(store: Store) -> None:
    first = add(store, a_solicitation())
    later = a_solicitation(a_requirement(2), a_requirement(3, knockout=False))
    second = add(store, later, "2" * 64)
    with store.read() as work:
        assert (first.number, second.number) == (1, 2)
        assert work.solicitations.latest(a_deal()) == second
        assert work.solicitations.all(a_deal()) == (first, second)
        assert work.solicitations.latest_by_deal() == {"D-1": second}
        assert work.solicitations.load(first) == a_solicitation()
        assert (second.rows, second.knockouts) == (2, 1)
        assert work.solicitations.row_ids(a_deal()) == {f"req-{n:012x}" for n in (1, 2, 3)}


def test_the_same_package_twice_is_a_conflict_and_stores_nothing(store: Store) -> None:
    add(store, a_solicitation())
    with pytest.raises(Conflict):
        add(store, a_solicitation())
    with store.read() as work:
        assert len(work.solicitations.all(a_deal())) == 1


def test_two_rows_with_one_id_are_refused(store: Store) -> None:
    with pytest.raises(Conflict, match="two rows have the id"):
        add(store, a_solicitation(a_requirement(1), a_requirement(1, text="another")))


def test_equal_readings_have_equal_digests_and_other_readings_others(store: Store) -> None:
    first = add(store, a_solicitation())
    same = add(store, a_solicitation(), "2" * 64)
    other = add(store, replace(a_solicitation(), findings=()), "3" * 64)
    assert first.rows_digest == same.rows_digest != other.rows_digest


def test_a_file_name_that_is_no_text_is_stored_as_far_as_it_can_be_said(store: Store) -> None:
    file = DeliveredFile("bad\udcff.txt", BlobRef("d" * 64, 1))
    with store.begin("wang") as work:
        work.deals.add(a_deal())
        key = PackageKey("1" * 64, "e" * 64)
        revision = work.solicitations.add(a_deal(), key, [file], Package((a_document(),)), a_solicitation())
        assert [stored.name for stored in work.solicitations.delivered(revision)] == ["bad?.txt"]
