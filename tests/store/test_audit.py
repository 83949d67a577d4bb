from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from bidkit.store import Store
from bidkit.store.model import AuditReport, BrokenLink
from bidkit.store.schema import audit_event, audit_head
from tests.builders import a_deal

EVENTS = 5
number = audit_event.c.seq


@pytest.fixture
def full(store: Store) -> Store:
    """A store with five events."""
    for one in range(EVENTS):
        with store.begin("王经理") as work:
            work.deals.add(a_deal(f"D-{one}"))
    return store


def report(store: Store) -> AuditReport:
    with store.read() as work:
        return work.verify_audit()


def tamper(store: Store, act: Callable[[Connection], object]) -> None:
    with store._database.writing() as connection:
        act(connection)


def test_an_empty_chain_is_whole(store: Store) -> None:
    assert report(store) == AuditReport(0)


def test_an_untouched_chain_is_whole(full: Store) -> None:
    assert report(full) == AuditReport(EVENTS)


def test_events_say_who_did_what_when_in_order(full: Store) -> None:
    with full.read() as work:
        events = list(work.events())
    assert [(e.seq, e.actor, e.act, e.subject) for e in events] == [
        (n + 1, "王经理", "deal.created", f"D-{n}") for n in range(EVENTS)
    ]
    assert events == sorted(events, key=lambda event: event.at)
    assert events[0].payload == {"name": "智慧泵站监测平台", "customer": "青澜市水务中心", "language": "zh"}


def _swap(connection: Connection) -> None:
    """Exchange the acts of events 2 and 3."""
    second, third = (connection.execute(select(audit_event).where(number == n)).one() for n in (2, 3))
    for seq, other in ((2, third), (3, second)):
        connection.execute(
            update(audit_event).where(number == seq).values(subject=other.subject, payload=other.payload)
        )


def _insert_twin(connection: Connection) -> None:
    """Put a copy of the last event behind it."""
    last = dict(connection.execute(select(audit_event).where(number == EVENTS)).one()._mapping)
    connection.execute(insert(audit_event).values(last | {"seq": EVENTS + 1, "hash": "f" * 64}))


@pytest.mark.parametrize(
    ("act", "seq", "why"),
    [
        pytest.param(
            lambda c: c.execute(update(audit_event).where(number == 3).values(actor="li")), 3, "changed", id="actor"
        ),
        pytest.param(
            lambda c: c.execute(update(audit_event).where(number == 3).values(payload="{}")), 3, "payload", id="payload"
        ),
        pytest.param(
            lambda c: c.execute(update(audit_event).where(number == 1).values(prev_hash="1" * 64)),
            1,
            "before",
            id="link",
        ),
        pytest.param(lambda c: c.execute(delete(audit_event).where(number == 1)), 1, "missing", id="first removed"),
        pytest.param(lambda c: c.execute(delete(audit_event).where(number == 3)), 3, "missing", id="middle removed"),
        pytest.param(
            lambda c: c.execute(delete(audit_event).where(number == EVENTS)), EVENTS, "missing", id="end removed"
        ),
        pytest.param(lambda c: c.execute(delete(audit_event)), 1, "missing", id="all removed"),
        pytest.param(lambda c: c.execute(delete(audit_head)), EVENTS + 1, "missing", id="head removed"),
        pytest.param(_swap, 2, "changed", id="swapped"),
        pytest.param(_insert_twin, EVENTS + 1, "before", id="added"),
    ],
)
def test_the_first_broken_link_is_named(full: Store, act: Callable[[Connection], object], seq: int, why: str) -> None:
    tamper(full, act)
    broken = report(full).broken
    assert isinstance(broken, BrokenLink)
    assert broken.seq == seq
    assert why in broken.why


def test_a_payload_emptied_on_request_leaves_the_chain_whole(full: Store) -> None:
    tamper(full, lambda c: c.execute(update(audit_event).where(number == 2).values(payload=None)))
    assert report(full) == AuditReport(EVENTS)
    with full.read() as work:
        assert [event.payload is None for event in work.events()] == [False, True, False, False, False]
