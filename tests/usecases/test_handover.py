from __future__ import annotations

from datetime import date
from pathlib import Path

import icalendar
import openpyxl
import pytest

from bidkit.kernel.errors import Conflict, NotFound, UsageError
from bidkit.store import Store
from bidkit.usecases.contract_review import load_review
from bidkit.usecases.contract_review_signing import check_signed, seal_record
from bidkit.usecases.handover import Handover, close_handover, load_handover, own_item
from bidkit.usecases.negotiation import AgreedTerm, agree
from bidkit.usecases.obligations import enter_event, load_obligations, own_obligation, write_obligations
from bidkit.usecases.people import save_person
from tests.usecases.deals import DEAL, submit
from tests.usecases.test_contract_review import CAPLESS, firm, reviewed, settle, the

__all__ = ["firm"]


def codes(found: Handover) -> set[str]:
    return {finding.code for finding in found.open}


@pytest.fixture
def signed(firm: Store, tmp_path: Path) -> Store:
    """A contract with one risk accepted, sealed and signed as it is."""
    work = reviewed(firm, tmp_path, CAPLESS)
    settle(firm)
    assert the(work, "damages-uncapped") in load_review(firm, DEAL).verdicts
    seal_record(firm, code=DEAL, actor="chen")
    check_signed(firm, code=DEAL, path=tmp_path / "draft.docx", actor="ann", signed_on=date(2026, 5, 8))
    return firm


def test_it_refuses_to_close_while_anything_promised_has_no_owner(signed: Store) -> None:
    submit(
        signed,
        "handover",
        commitments=[
            {
                "commitment_id": "C1",
                "text": "驻场一人",
                "source_place": "投标文件",
                "owner": "dora",
                "cost_covered": True,
            }
        ],
        assumptions=["现场供电由客户提供"],
        acceptance_state="accepted",
    )
    found = load_handover(signed, DEAL)

    assert {item.kind for item in found.items} >= {"commitment", "assumption"}
    assert codes(found) == {"handover-no-owner"}
    with pytest.raises(Conflict):
        close_handover(signed, code=DEAL, actor="dora")

    for item in found.items:
        if not item.owner:
            own_item(signed, code=DEAL, item=item.id, login="dora", actor="ann")
    with pytest.raises(Conflict):
        close_handover(signed, code=DEAL, actor="ann", role="sales")
    closed = close_handover(signed, code=DEAL, actor="dora")
    again = close_handover(signed, code=DEAL, actor="dora")
    assert closed.open == ()
    assert closed.closed == again.closed
    assert closed.closed is not None
    assert closed.closed.items == len(closed.items)


def test_a_new_promise_opens_it_again(signed: Store) -> None:
    submit(signed, "handover", commitments=[], assumptions=[], acceptance_state="accepted")
    for item in load_handover(signed, DEAL).items:
        own_item(signed, code=DEAL, item=item.id, login="dora", actor="ann")
    assert close_handover(signed, code=DEAL, actor="dora").closed is not None

    agree(signed, code=DEAL, term=AgreedTerm("warranty", "质保期36个月", 2, confirmed=True), actor="ann")
    found = load_handover(signed, DEAL)
    assert (found.closed, codes(found)) == (None, {"handover-no-owner"})


def test_without_form_and_signed_contract_it_stays_open(firm: Store) -> None:
    assert codes(load_handover(firm, DEAL)) == {"handover-no-form", "handover-not-signed"}
    submit(firm, "handover", state="draft", acceptance_state="accepted", commitments=[], assumptions=[])
    assert "handover-form-open" in codes(load_handover(firm, DEAL))


def test_items_and_owners_have_to_exist(signed: Store) -> None:
    item = load_handover(signed, DEAL).items[0]

    with pytest.raises(NotFound):
        own_item(signed, code=DEAL, item="hi-000000000000", login="dora", actor="ann")
    with pytest.raises(UsageError):
        own_item(signed, code=DEAL, item=item.id, login="nobody", actor="ann")


def test_obligations_have_days_and_owners_and_go_into_a_calendar(signed: Store, tmp_path: Path) -> None:
    save_person(signed, login="dora", roles=("delivery",), actor="root")
    found = load_obligations(signed, DEAL)
    delivery = next(one for one in found.found if one.kind.value == "delivery")
    assert delivery.due_on == date(2026, 7, 7)
    assert [finding.code for finding in found.findings] == ["obligation-date-unknown"]

    own_obligation(signed, code=DEAL, obligation=delivery.id, login="dora", actor="ann")
    later = enter_event(signed, code=DEAL, event="acceptance", on=date(2026, 7, 31), actor="ann")
    assert later.owners == {delivery.id: "dora"}
    assert sum(one.due_on is None for one in later.found) < sum(one.due_on is None for one in found.found)

    write_obligations(signed, code=DEAL, path=tmp_path / "obligations.ics")
    entries = icalendar.Calendar.from_ical((tmp_path / "obligations.ics").read_bytes()).walk("VEVENT")
    assert date(2026, 7, 7) in {entry.decoded("dtstart") for entry in entries}
    write_obligations(signed, code=DEAL, path=tmp_path / "obligations.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "obligations.xlsx").worksheets[0]
    assert sheet.max_row == len(later.found) + 1
    with pytest.raises(UsageError):
        write_obligations(signed, code=DEAL, path=tmp_path / "obligations.txt")
    with pytest.raises(UsageError):
        enter_event(signed, code=DEAL, event="party", on=date(2026, 7, 31), actor="ann")


def test_obligations_of_a_contract_nobody_reviewed_are_unknown(firm: Store) -> None:
    with pytest.raises(NotFound):
        load_obligations(firm, DEAL)
