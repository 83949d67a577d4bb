"""Pages of deals: the board, one deal, its gates and its evidence."""

from __future__ import annotations

import pytest

from bidkit.kernel.deal import Outcome
from bidkit.store import Store
from bidkit.usecases.closing import close_deal
from bidkit.usecases.evidence import withdraw
from tests.web.conftest import Browser, hidden_value, token_of

PAGES = ("", "/evidence", "/profile", "/history", "/gates/S2.enter", "/gates/go_no_go", "/gates/negotiate?topic=price")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_a_deal_opens_in_both_languages_for_everybody(desk: Browser, path: str, language: str) -> None:
    client = desk("ann")
    client.get(f"/language/{language}")
    answer = client.get(f"/deals/D-1{path}")
    assert answer.status_code == 200, answer.text[-2000:]
    assert "Pumps" in answer.text
    assert "<style" not in answer.text
    assert " style=" not in answer.text


def test_the_board_shows_a_deal_under_the_stage_it_works_on(desk: Browser) -> None:
    text = desk("ann").get("/").text
    second = text.split('class="column')[2]
    assert "/deals/D-1" in second
    assert "/deals/D-1" in desk("ann").get("/?view=list&q=water").text
    assert "/deals/D-1" not in desk("ann").get("/?q=nobody").text


def test_closed_deals_are_shown_on_request_only(desk: Browser, busy: Store) -> None:
    close_deal(busy, code="D-1", outcome=Outcome.LOST, reason="price", actor="bo")
    client = desk("ann")
    assert "/deals/D-1" not in client.get("/").text
    assert "/deals/D-1" in client.get("/?ended=1").text


def test_the_drawing_and_the_blockers_of_the_next_gate_are_on_the_page(desk: Browser) -> None:
    text = desk("ann").get("/deals/D-1").text
    assert "<svg" in text
    assert "/deals/D-1/gates/S2.enter" in text
    assert "S2.M" in text


def test_a_decision_is_held_to_what_was_seen(desk: Browser, busy: Store) -> None:
    client = desk("chen")
    page = client.get("/deals/D-1/gates/S1.complete").text
    form = {"token": token_of(client), "verdict": "approve", "reason": "fine", "digest": hidden_value(page, "digest")}
    with busy.read() as work:
        first = work.evidence.of(work.deals.get("D-1"))[0].id
    withdraw(busy, code="D-1", entry=first, reason="wrong letter", actor="ann")
    refused = client.post("/deals/D-1/gates/S1.complete", data=form)
    assert refused.status_code == 409
    assert "has changed" in refused.text
    page = client.get("/deals/D-1/gates/S1.complete").text
    assert client.post("/deals/D-1/gates/S1.complete", data=form | {"digest": "0" * 64}).status_code == 409


def test_an_approver_decides_and_the_deal_shows_it(desk: Browser, busy: Store) -> None:
    client = desk("chen")
    page = client.get("/deals/D-1/gates/S1.complete").text
    form = {
        "token": token_of(client),
        "verdict": "approve",
        "reason": "all there",
        "digest": hidden_value(page, "digest"),
    }
    assert client.post("/deals/D-1/gates/S1.complete", data=form).status_code == 303
    with busy.read() as work:
        made = work.decisions.of(work.deals.get("D-1"))[-1]
    assert (made.by, made.reason, made.gate) == ("chen", "all there", "S1.complete")
    assert "all there" in client.get("/deals/D-1").text


def test_a_role_the_approval_matrix_does_not_name_sees_no_form_and_may_not_decide(desk: Browser) -> None:
    client = desk("ann")
    page = client.get("/deals/D-1/gates/S1.complete").text
    assert 'name="verdict"' not in page
    digest = hidden_value(desk("chen").get("/deals/D-1/gates/S1.complete").text, "digest")
    form = {"token": token_of(client), "verdict": "approve", "reason": "I want", "digest": digest}
    assert client.post("/deals/D-1/gates/S1.complete", data=form).status_code == 409


def test_evidence_is_shown_downloaded_and_taken_back_in_the_browser(desk: Browser) -> None:
    client = desk("ann")
    token = token_of(client)
    sent = client.post(
        "/deals/D-1/evidence",
        data={"token": token, "kind": "customer_message", "origin": "customer_message", "facts": "S2.M1"},
        files={"file": ("..\\..\\回函.txt", b"please come on Monday", "text/plain")},
    )
    assert sent.status_code == 303, sent.text[-1500:]
    text = client.get("/deals/D-1/evidence").text
    entry = text.split("/evidence/")[1].split("/")[0]
    got = client.get(f"/deals/D-1/evidence/{entry}/file")
    assert got.content == b"please come on Monday"
    assert got.headers["content-disposition"].startswith("attachment")
    assert "%E5%9B%9E%E5%87%BD.txt" in got.headers["content-disposition"]
    back = client.post(f"/deals/D-1/evidence/{entry}/withdraw", data={"token": token, "reason": "sent by mistake"})
    assert back.status_code == 303
    assert "sent by mistake" in client.get("/deals/D-1/evidence").text


@pytest.mark.parametrize(
    ("login", "path", "form"),
    [
        ("ann", "waivers", {"fact": "S2.P1", "reason": "x", "asked_by": "bo"}),
        ("bo", "late", {"stage": "3", "reason": "x", "asked_by": "ann"}),
        ("root", "evidence", {"kind": "document", "origin": "our_record"}),
        ("fay", "close", {"outcome": "lost", "reason": "x"}),
        ("fay", "customer", {"step": "B2"}),
    ],
)
def test_acts_beyond_a_role_are_refused(desk: Browser, login: str, path: str, form: dict[str, str]) -> None:
    client = desk(login)
    refused = client.post(f"/deals/D-1/{path}", data=form | {"token": token_of(client)})
    # Finance may show evidence and the customer's step; everything else here is beyond the role.
    assert refused.status_code == (303 if path == "customer" else 403)


def test_the_profile_is_not_written_over_somebody_elses_change(desk: Browser) -> None:
    client = desk("bo")
    token = token_of(client)
    version = hidden_value(client.get("/deals/D-1/profile").text, "version")
    form = {"token": token, "version": version, "method": "open_tender", "regime": "unknown", "amount": "4,800,000"}
    assert client.post("/deals/D-1/profile", data=form).status_code == 303
    assert client.post("/deals/D-1/profile", data=form | {"method": "framework"}).status_code == 409
    assert "4,800,000" in client.get("/deals/D-1").text


def test_more_than_the_house_takes_is_stopped_before_it_is_stored(desk: Browser) -> None:
    client = desk("ann")
    form = {"token": token_of(client), "kind": "document", "origin": "our_record"}
    big = {"file": ("big.bin", b"0" * (3 * 1024 * 1024), "application/octet-stream")}
    assert client.post("/deals/D-1/evidence", data=form, files=big).status_code == 413
    stranger = desk()
    two = {"file": ("big.bin", b"0" * (1536 * 1024), "application/octet-stream")}
    assert stranger.post("/deals/D-1/evidence", data=form, files=two).status_code == 413


def test_the_history_shows_no_digests(desk: Browser) -> None:
    text = desk("ann").get("/deals/D-1/history").text
    assert "Tender added" in text
    assert not any(len(word.strip("<>/tdiv:")) == 64 for word in text.split())
