"""Pages of the house, the contract and the negotiation: who may open what, and what nobody else sees."""

from __future__ import annotations

import json

import pytest

from bidkit.store import Store
from bidkit.usecases.company import save_facts
from tests.web.conftest import PASSWORD, Browser, token_of

HOUSE = ("/deadlines", "/library?q=pumps", "/company", "/compare", "/rules", "/me", "/mine")
OF_DEAL = ("contract", "obligations", "negotiation")
CONTRACT = """Purchase contract

1. Payment
The buyer pays 30 % within 30 days after signing and the rest within 60 days after acceptance.

2. Delivery
The seller delivers within 90 days after signing.

3. Warranty
The warranty period is 24 months from acceptance.
"""
PLAN: dict[str, object] = {
    "currency": "CNY",
    "reservation": 9731500,
    "their_reservation": 0.2,
    "interest_rate": 0.06,
    "rounds": 3,
    "issues": [
        {
            "id": "price",
            "topic": "price",
            "label": "Price",
            "their_weight": 3,
            "options": [
                {"label": f"{price:,}", "their_gain": number / 2, "price": price}
                for number, price in enumerate((11_000_000, 10_500_000, 10_000_000))
            ],
        },
        {
            "id": "payment",
            "topic": "payment",
            "label": "Payment",
            "their_weight": 2,
            "options": [
                {"label": "30/70", "their_gain": 0.0, "payment": [[0.3, 0], [0.7, 90]]},
                {"label": "0/100", "their_gain": 1.0, "payment": [[1.0, 90]]},
            ],
        },
    ],
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_of_the_house_open_in_both_languages_for_everybody(desk: Browser, language: str) -> None:
    client = desk("ann")
    client.get(f"/language/{language}")
    for path in (*HOUSE, *(f"/deals/D-1/{page}" for page in OF_DEAL)):
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text[-1200:])
        assert " style=" not in answer.text


@pytest.mark.parametrize(
    ("path", "may", "may_not"),
    [("/audit", ("chen", "root", "zhou"), ("ann", "bo", "fay")), ("/people", ("root",), ("ann", "bo", "chen"))],
)
def test_pages_for_few_are_closed_to_the_others(
    desk: Browser, path: str, may: tuple[str, ...], may_not: tuple[str, ...]
) -> None:
    assert {desk(login).get(path).status_code for login in may} == {200}
    assert {desk(login).get(path).status_code for login in may_not} == {403}
    assert f'href="{path}"' not in desk(may_not[0]).get("/").text


def test_facts_about_people_and_prices_are_shown_to_the_roles_allowed_alone(desk: Browser, busy: Store) -> None:
    facts = [
        {"kind": "person", "subject": "Li Wenshu", "attribute": "certificate", "value": "PMP 8841"},
        {"kind": "licence", "subject": "House", "attribute": "number", "value": "L-1"},
    ]
    save_facts(busy, facts=facts, actor="bo")
    assert "Li Wenshu" in desk("bo").get("/company").text
    for login in ("ann", "chen", "root"):
        text = desk(login).get("/company").text + desk(login).get("/company?kind=person").text
        assert "Li Wenshu" not in text
        assert "PMP 8841" not in text


def test_our_limits_in_a_negotiation_are_never_shown_to_another_role(desk: Browser) -> None:
    fay = desk("fay")
    form, file = {"token": token_of(fay)}, {"file": ("plan.json", json.dumps(PLAN).encode())}
    sent = fay.post("/deals/D-1/negotiation/plan", data=form, files=file)
    assert sent.status_code == 303, sent.text[-1500:]
    assert "<svg" in fay.get("/deals/D-1/negotiation").text
    for login in ("ann", "bo", "root"):
        client = desk(login)
        assert client.get("/deals/D-1/negotiation/plan.pdf").status_code == 403
        assert client.get("/deals/D-1/negotiation/draft.yaml").status_code == 403
        form = {"token": token_of(client)}
        assert client.post("/deals/D-1/negotiation/plan", data=form, files=file).status_code == 403
        assert client.post("/deals/D-1/negotiation/rounds", data=form, files=file).status_code == 403
        for page in ("negotiation", "history", "", "documents", "evidence"):
            text = client.get(f"/deals/D-1/{page}".rstrip("/")).text.replace(",", "")
            assert "9731500" not in text
            assert "<svg" not in text or page == ""


def test_a_contract_is_reviewed_and_legal_alone_gives_verdicts(desk: Browser) -> None:
    bo, zhou = desk("bo"), desk("zhou")
    files = {"file": ("contract.txt", CONTRACT.encode())}
    sent = bo.post("/deals/D-1/contract", data={"token": token_of(bo)}, files=files)
    assert sent.status_code == 303, sent.text[-1500:]
    text = zhou.get("/deals/D-1/contract").text
    finding = text.split("/contract/verdicts/")[1].split('"')[0]
    word = {"kind": "escalate", "reason": "ask the approver"}
    assert bo.post(f"/deals/D-1/contract/verdicts/{finding}", data={"token": token_of(bo)} | word).status_code == 403
    given = zhou.post(f"/deals/D-1/contract/verdicts/{finding}", data={"token": token_of(zhou)} | word)
    assert given.status_code == 303
    assert "ask the approver" in bo.get("/deals/D-1/contract").text
    assert bo.get("/deals/D-1/obligations").status_code == 200
    assert bo.post("/deals/D-1/contract/seal", data={"token": token_of(bo)}).status_code == 403
    assert bo.get("/deals/D-1/contract/record.xlsx").status_code == 200


def test_two_versions_are_compared_without_being_stored(desk: Browser) -> None:
    client = desk("ann")
    files = {
        "old": ("one.txt", CONTRACT.encode()),
        "new": ("two.txt", CONTRACT.replace("24 months", "12 months").encode()),
    }
    text = client.post("/compare", data={"token": token_of(client)}, files=files).text
    assert "12 months" in text
    assert "1 changes in all" in text


def test_an_administrator_keeps_people_and_nobody_else_does(desk: Browser, busy: Store) -> None:
    root, bo = desk("root"), desk("bo")
    form = {"login": "new", "name": "New One", "roles": ["legal"], "active": "true", "password": PASSWORD}
    assert bo.post("/people", data=form | {"token": token_of(bo)}).status_code == 403
    assert root.post("/people", data=form | {"token": token_of(root)}).status_code == 303
    assert root.post("/people/new/erase", data={"token": token_of(root)}).status_code == 303
    with busy.read() as work:
        assert work.people.get("new").name is None


def test_one_changes_ones_password_with_the_one_in_force(desk: Browser) -> None:
    client = desk("ann")
    form = {"token": token_of(client), "old": "wrong", "new": "five quiet pumps"}
    assert client.post("/me", data=form).status_code == 401
    assert client.post("/me", data=form | {"old": PASSWORD}).status_code == 303
    sign_in = {"login": "ann", "password": "five quiet pumps"}
    assert desk().post("/sign-in", data=sign_in).headers["location"] == "/"


def test_the_library_finds_what_was_shelved(desk: Browser) -> None:
    client = desk("bo")
    line = {
        "token": token_of(client),
        "demand": "Pumps must run dry for an hour.",
        "answer": "They do.",
        "language": "en",
    }
    assert client.post("/library", data=line).status_code == 303
    assert "They do." in client.get("/library?q=pumps+run+dry").text
    root = desk("root")
    assert root.post("/library", data=line | {"token": token_of(root)}).status_code == 403
