"""A deal room over a store of its own, and browsers of people who signed in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.deals import new_deal
from bidkit.usecases.people import save_person
from bidkit.usecases.responding import respond
from bidkit.usecases.sign_in import set_password, sign_in
from bidkit.usecases.tenders import add_tender
from bidkit.web.app import create_app
from bidkit.web.guard import SESSION_COOKIE
from tests.builders import NOON, a_tender_file, read_simply
from tests.usecases.conftest import opened
from tests.usecases.deals import PEOPLE, hire, prove_stages

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
    return browsers_of(store)


@pytest.fixture(scope="session")
def busy_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with a deal whose first stage is done, with a tender of three rows and one answer; made once."""
    folder = tmp_path_factory.mktemp("busy") / "home"
    made = opened(folder)
    new_deal(made, code="D-1", name="Pumps", customer="Water office", language=Language.EN, actor="ann")
    hire(made)
    prove_stages(made, folder.parent / "letters", 1)
    file = a_tender_file(
        folder.parent / "files",
        "tender.txt",
        "Offers must be signed by hand.",
        "Pumps must run for at least 30 days.",
        "The weather is fine.",
        "Bidders must hold a licence.",
    )
    added = add_tender(made, code="D-1", paths=[file], actor="bo", read=read_simply)
    with made.read() as work:
        first = work.solicitations.load(added.revision).requirements[0]
    answer = {"compliance": "full", "answer": "We sign by hand.", "owner": "ann"}
    respond(made, code="D-1", answers={first.id: answer}, actor="ann")
    for login in PEOPLE:
        set_password(made, login=login, password=PASSWORD, actor=login)
    made.close()
    return folder


@pytest.fixture
def busy(busy_folder: Path, tmp_path: Path) -> Iterator[Store]:
    """The busy house, a copy for each test."""
    shutil.copytree(busy_folder, tmp_path / "busy")
    made = opened(tmp_path / "busy", NOON + timedelta(hours=1))
    yield made
    made.close()


@pytest.fixture
def desk(busy: Store) -> Browser:
    """Browsers of the people of the busy house, by login."""
    return browsers_of(busy)


def browsers_of(store: Store) -> Browser:
    """Browsers into one room over the store."""
    app = create_app(store, upload_limit_mb=2)
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


def hidden_value(text: str, name: str) -> str:
    """What the hidden field of that name holds on a page."""
    return text.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]
