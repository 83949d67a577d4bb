from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, text

from bidkit.respond.response import Compliance, Response
from bidkit.store import Store, open_store
from bidkit.store.database import Database
from bidkit.store.migrate import migrations
from tests.builders import SteppingClock, a_deal

FIRST = "0001"
OLD_DEAL = """
INSERT INTO deal (id, code, name, customer, language, created_at, revision)
VALUES (1, :code, :name, :customer, 'zh', :at, 4)
"""
OLD_WORK = """
INSERT INTO row_work (deal_id, row_id, version, compliance, owner, response, note, at, actor)
VALUES (1, 'req-1', 1, 'full', 'li', 'met', 'ask', :at, 'wang')
"""


def up_to(connection: Connection, version: str) -> None:
    config = migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, version)


@pytest.fixture
def upgraded(place: str | Path) -> Iterator[Store]:
    """A store whose database was made by the first version of the program, with a deal in it."""
    database = Database(place)
    with database.writing() as connection:
        up_to(connection, FIRST)
        deal = a_deal()
        named = {"code": deal.code, "name": deal.name, "customer": deal.customer, "at": deal.created_at}
        named |= {"at": "2026-05-04 12:00:00.000250"} if database.is_sqlite else {}
        connection.execute(text(OLD_DEAL), named)
        connection.execute(text(OLD_WORK), {"at": named["at"]})
    database.close()
    store = open_store(place, "memory://blobs", SteppingClock())
    yield store
    store.close()


def test_a_deal_of_the_first_version_is_whole_and_keeps_the_first_stage_model(upgraded: Store) -> None:
    with upgraded.read() as work:
        assert work.deals.all() == (a_deal(revision=4, model_version=1),)
        assert work.profiles.by_deal() == {}
        assert work.verify_audit().broken is None


def test_what_people_typed_in_the_first_version_is_their_response_now(upgraded: Store) -> None:
    with upgraded.read() as work:
        typed = Response(Compliance.FULL, answer="met", owner="li", note="ask", version=1)
        assert work.responses.of(a_deal()) == {"req-1": typed}


def test_an_upgraded_store_takes_what_the_new_tables_are_for(upgraded: Store) -> None:
    with upgraded.begin("ann") as work:
        deal = work.deals.get("D-1")
        work.customer_steps.add(deal, step="B2", seen_on=deal.created_at.date(), evidence=())
    with upgraded.read() as work:
        assert [step.step for step in work.customer_steps.of(a_deal())] == ["B2"]
