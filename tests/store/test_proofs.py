from __future__ import annotations

from datetime import date

import pytest

from bidkit.kernel.errors import Conflict, NotFound
from bidkit.kernel.identity import sha256_of
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.store.model import BlobRef
from tests.builders import a_deal

LETTER = BlobRef(sha256_of(b"letter"), 6, "application/pdf")


@pytest.fixture
def deal_store(store: Store) -> Store:
    with store.begin("wang") as work:
        work.deals.add(a_deal())
        work.deals.add(a_deal("D-2"))
    return store


def add_letter(store: Store, code: str = "D-1") -> str:
    with store.begin("ann") as work:
        return work.evidence.add(
            work.deals.get(code),
            facts=("S1.C3", "S1.P5"),
            kind="customer_message",
            origin="customer_signed",
            blob=LETTER,
            file_name="来函\udcff.pdf",
            note="电话确认过",
        )


def test_evidence_comes_back_with_file_and_facts_and_counts_in_its_own_deal(deal_store: Store) -> None:
    assert [add_letter(deal_store), add_letter(deal_store), add_letter(deal_store, "D-2")] == ["E1", "E2", "E1"]
    with deal_store.read() as work:
        first, second = work.evidence.of(a_deal())
        assert (first.id, first.facts, first.kind, first.origin, first.by) == (
            "E1",
            ("S1.C3", "S1.P5"),
            "customer_message",
            "customer_signed",
            "ann",
        )
        assert (first.sha256, first.file_name, first.note, first.withdrawal) == (
            LETTER.sha256,
            "来函?.pdf",
            "电话确认过",
            None,
        )
        assert first.at < second.at
        assert {code: len(found) for code, found in work.evidence.by_deal().items()} == {"D-1": 2, "D-2": 1}


def test_evidence_can_be_a_filled_form(deal_store: Store) -> None:
    with deal_store.begin("ann") as work:
        form = work.forms.add(a_deal(), form="visit_report", definition_version=1, language=Language.ZH)
        work.evidence.add(a_deal(), facts=("S1.M1",), kind="form", origin="our_record", form=form.id)
        assert [piece.form for piece in work.evidence.of(a_deal())] == [form.id]


def test_what_is_withdrawn_stays_on_record_with_who_and_why(deal_store: Store) -> None:
    add_letter(deal_store)
    with deal_store.begin("li") as work:
        work.evidence.withdraw(a_deal(), "E1", "寄错了")
    with deal_store.read() as work:
        gone = work.evidence.get(a_deal(), "E1").withdrawal
        assert gone is not None
        assert (gone.by, gone.reason) == ("li", "寄错了")


def test_nothing_is_withdrawn_twice_and_nothing_unknown(deal_store: Store) -> None:
    add_letter(deal_store)
    with deal_store.begin("li") as work:
        work.evidence.withdraw(a_deal(), "E1", "x")
    with pytest.raises(Conflict, match="E1"), deal_store.begin("li") as work:
        work.evidence.withdraw(a_deal(), "E1", "x")
    for unknown in ("E2", "W1", "E01", "nonsense"):
        with pytest.raises(NotFound), deal_store.begin("li") as work:
            work.evidence.withdraw(a_deal(), unknown, "x")


def test_judgements_waivers_and_customer_steps_come_back(deal_store: Store) -> None:
    with deal_store.begin("chen") as work:
        work.judgements.add(a_deal(), fact="S2.R1", holds=False, role="approver", reason="还不熟")
        work.waivers.add(
            a_deal(), fact="S2.P3", reason="客户不要", asked_by="ann", role="approver", until=date(2026, 6, 1)
        )
        work.customer_steps.add(
            a_deal(), step="B4", seen_on=date(2026, 5, 1), evidence=("E1",), next_on=date(2026, 5, 9)
        )
    with deal_store.begin("chen") as work:
        work.judgements.withdraw(a_deal(), "J1", "改判")
        work.waivers.withdraw(a_deal(), "W1", "已补")
    with deal_store.read() as work:
        (judged,), (waived,) = work.judgements.of(a_deal()), work.waivers.of(a_deal())
        (step,) = work.customer_steps.of(a_deal())
        assert (judged.fact, judged.holds, judged.by, judged.role, judged.reason) == (
            "S2.R1",
            False,
            "chen",
            "approver",
            "还不熟",
        )
        assert (waived.asked_by, waived.by, waived.until) == ("ann", "chen", date(2026, 6, 1))
        assert judged.withdrawal
        assert waived.withdrawal
        assert (step.id, step.step, step.seen_on, step.evidence, step.next_on) == (
            "C1",
            "B4",
            date(2026, 5, 1),
            ("E1",),
            date(2026, 5, 9),
        )


def test_every_entry_is_in_the_chain_by_id_and_digest_alone(deal_store: Store) -> None:
    add_letter(deal_store)
    with deal_store.begin("chen") as work:
        work.waivers.add(a_deal(), fact="S2.P3", reason="王女士生病", asked_by="ann", role="approver")
    with deal_store.read() as work:
        events = [event for event in work.events("D-1") if event.act != "deal.created"]
        assert [(e.act, (e.payload or {})["entry"]) for e in events] == [
            ("evidence.added", "E1"),
            ("waiver.given", "W1"),
        ]
        assert all(set(e.payload or {}) == {"entry", "digest"} for e in events)
        assert work.verify_audit().broken is None
