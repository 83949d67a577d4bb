"""A deal room over a store of its own, and browsers of people who signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.deals import new_deal
from bidkit.usecases.people import save_person
from bidkit.usecases.sign_in import set_password, sign_in
from bidkit.web.app import create_app
from bidkit.web.guard import SESSION_COOKIE
from tests.usecases.conftest import opened

PASSWORD = "four quiet pumps"
Browser = Callable[..., TestClient]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with the deal D-1."""
    made = opened(tmp_path / "room")
    new_deal(made, code="D-1", name="Pumps", customer="Water office", language=Language.EN, actor="ann")
    yield made
    made.close()


@pytest.fixture
def browser(store: Store) -> Browser:
    """A browser of somebody: a stranger without roles given, else a person of these roles who signed in."""
    app = create_app(store)
    app.state.first_key = "the key"

    def of(login: str = "", *roles: str) -> TestClient:
        client = TestClient(app, base_url="http://room.test", follow_redirects=False)
        if login:
            with store.read() as work:
                known = work.people.find(login)
            if known is None:
                save_person(store, login=login, name=login.title(), roles=roles, actor="setup")
                set_password(store, login=login, password=PASSWORD, actor=login)
            client.cookies.set(SESSION_COOKIE, sign_in(store, login=login, password=PASSWORD))
        return client

    return of


def token_of(client: TestClient, path: str = "/") -> str:
    """The token of this session's forms, as a page shows it."""
    text = client.get(path).text
    return text.split('"X-Form-Token": "')[1].split('"')[0]
