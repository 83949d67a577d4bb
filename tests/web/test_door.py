"""Coming into the deal room, and staying out of it."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute

from bidkit.store import Store
from bidkit.usecases.people import save_person
from bidkit.usecases.sign_in import PASSWORDS, SESSIONS
from bidkit.web.app import create_app
from bidkit.web.guard import SESSION_COOKIE, roles_for
from tests.web.conftest import PASSWORD, Browser, token_of

OPEN = {"/sign-in", "/first", "/language/{language}", "/health"}


def test_the_first_administrator_is_made_with_the_printed_key_and_only_once(browser: Browser, store: Store) -> None:
    client = browser()
    form = {"login": "root", "name": "Root", "password": PASSWORD}
    assert "key" in client.get("/sign-in").text
    assert client.post("/first", data={**form, "key": "guess"}).status_code == 422
    assert client.post("/first", data={**form, "key": "the key"}).status_code == 303
    assert client.get("/").status_code == 200
    assert client.post("/first", data={**form, "key": "the key"}).status_code == 422
    with store.read() as work:
        assert work.people.get("root").roles == {"admin", "bid_manager"}


def test_a_stranger_is_led_to_the_door_and_back_to_the_page_after(browser: Browser) -> None:
    browser("ann", "presales")
    client = browser()
    answer = client.get("/deals/D-1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/deals/D-1")
    form = {"login": "ann", "password": PASSWORD, "next": "/deals/D-1"}
    assert client.post("/sign-in", data=form).headers["location"] == "/deals/D-1"


@pytest.mark.parametrize("where", ["https://evil.test/", "//evil.test", "/\\evil.test", "evil"])
def test_nobody_is_led_out_of_the_room(browser: Browser, where: str) -> None:
    browser("ann", "presales")
    form = {"login": "ann", "password": PASSWORD, "next": where}
    assert browser().post("/sign-in", data=form).headers["location"] == "/"


def test_guessing_closes_the_door_for_a_while(browser: Browser) -> None:
    browser("ann", "presales")
    client = browser()
    wrong = {"login": "ann", "password": "wrong"}
    assert [client.post("/sign-in", data=wrong).status_code for _ in range(6)] == [401] * 5 + [403]
    assert client.post("/sign-in", data={"login": "ann", "password": PASSWORD}).status_code == 403


def test_somebody_who_left_is_out_at_once(browser: Browser, store: Store) -> None:
    client = browser("ann", "presales")
    assert client.get("/").status_code == 200
    save_person(store, login="ann", active=False, actor="setup")
    assert client.get("/").status_code == 303


def test_signing_out_ends_the_session_on_the_server(browser: Browser) -> None:
    client = browser("ann", "presales")
    kept = client.cookies.get(SESSION_COOKIE)
    assert client.post("/sign-out", data={"token": token_of(client)}).status_code == 303
    client.cookies.set(SESSION_COOKIE, kept or "")
    assert client.get("/").status_code == 303


def test_the_store_knows_neither_password_nor_session(browser: Browser, store: Store) -> None:
    client = browser("ann", "presales")
    with store.read() as work:
        assert PASSWORD not in repr(work.of_house(PASSWORDS).all())
        assert str(client.cookies.get(SESSION_COOKIE)) not in repr(work.of_house(SESSIONS).all())
        assert PASSWORD not in repr([event.payload for event in work.events()])


def routes(store: Store) -> list[APIRoute]:
    return [route for route in create_app(store).routes if isinstance(route, APIRoute)]


def test_every_page_asks_who_one_is_and_every_act_is_in_the_table_of_rights(store: Store) -> None:
    for route in routes(store):
        if route.path in OPEN:
            continue
        acts = [d.call.act for d in route.dependant.dependencies if hasattr(d.call, "act")]
        names = [getattr(d.call, "__name__", "") for d in route.dependant.dependencies]
        assert acts or "whoever" in names, f"{route.path} asks nobody"
        for act in acts:
            assert roles_for(act)


def test_every_form_of_ours_proves_it_is_ours(browser: Browser, store: Store) -> None:
    client = browser("ann", "admin", "bid_manager")
    for route in routes(store):
        if route.path in OPEN or not route.methods & {"POST", "PUT", "DELETE", "PATCH"}:
            continue
        names = [getattr(d.call, "__name__", "") for d in route.dependant.dependencies]
        assert "proven_form" in names, f"{route.path} takes a form from anywhere"
    form = {"code": "D-9", "name": "x", "customer": "y", "language": "en"}
    assert client.post("/deals", data=form).status_code == 403
    assert client.post("/deals", data={**form, "token": "0" * 64}).status_code == 403
    assert client.post("/deals", data={**form, "token": token_of(client)}).status_code == 303


def test_a_role_that_may_not_may_not(browser: Browser) -> None:
    client = browser("leo", "legal")
    form = {"code": "D-9", "name": "x", "customer": "y", "language": "en", "token": token_of(client)}
    assert client.post("/deals", data=form).status_code == 403


def test_pages_tell_browsers_to_talk_to_nobody_else(browser: Browser) -> None:
    answer = browser().get("/sign-in")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "http://" not in answer.text.replace("http://room.test", "")


def test_the_language_follows_the_browser_until_one_is_chosen(browser: Browser) -> None:
    client = browser()
    assert "登录" in client.get("/sign-in", headers={"accept-language": "zh-CN,zh;q=0.9"}).text
    client.get("/language/en?back=/sign-in")
    assert "Login" in client.get("/sign-in", headers={"accept-language": "zh-CN"}).text


def test_words_of_others_are_shown_and_never_run(browser: Browser) -> None:
    client = browser("ann", "bid_manager")
    bad = "<script>alert(1)</script>"
    form = {"code": "D-8", "name": bad, "customer": "y", "language": "en", "token": token_of(client)}
    client.post("/deals", data=form)
    assert bad not in client.get("/").text
    assert "&lt;script&gt;" in client.get("/deals/D-8").text


def test_an_unknown_deal_is_a_page_that_says_what_to_do(browser: Browser) -> None:
    answer = browser("ann", "sales").get("/deals/D-404")
    assert answer.status_code == 404
    assert "bidkit deal new" in answer.text
