"""The store as the use cases see it: a blob store, and a database in units of work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bidkit.kernel.clock import Clock
from bidkit.kernel.deal import Deal
from bidkit.store import audit
from bidkit.store.blobs import BlobStore
from bidkit.store.database import Database
from bidkit.store.deals import Deals
from bidkit.store.decisions import Decisions
from bidkit.store.forms import Forms
from bidkit.store.migrate import bring_up_to_date
from bidkit.store.model import AuditEvent, AuditReport
from bidkit.store.people import People
from bidkit.store.profiles import Profiles
from bidkit.store.proofs import CustomerSteps, EvidenceBook, JudgementBook, WaiverBook, Withdrawals
from bidkit.store.responses import Responses
from bidkit.store.shelf import Kind, Shelf
from bidkit.store.solicitations import Solicitations
from bidkit.store.tender_facts import TenderFacts
from bidkit.store.transaction import Transaction

T = TypeVar("T")


class Work:
    """One unit of work: everything in it is stored together or not at all."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self.deals = Deals(transaction)
        self.solicitations = Solicitations(transaction, self.deals)
        self.tender_facts = TenderFacts(transaction)
        self.responses = Responses(transaction, self.deals)
        self.profiles = Profiles(transaction, self.deals)
        self.people = People(transaction)
        self.forms = Forms(transaction, self.deals)
        withdrawals = Withdrawals(transaction, self.deals)
        self.evidence = EvidenceBook(transaction, self.deals, withdrawals)
        self.judgements = JudgementBook(transaction, self.deals, withdrawals)
        self.waivers = WaiverBook(transaction, self.deals, withdrawals)
        self.customer_steps = CustomerSteps(transaction, self.deals)
        self.decisions = Decisions(transaction, self.deals)

    def of_deal(self, deal: Deal, kind: Kind[T]) -> Shelf[T]:
        """The deal's values of this kind; raises NotFound for a deal the store does not know."""
        return Shelf(self._transaction, self.deals, kind, deal)

    def of_house(self, kind: Kind[T]) -> Shelf[T]:
        """The values of this kind that belong to no deal."""
        return Shelf(self._transaction, self.deals, kind, None)

    def events(self, subject: str | None = None) -> Iterator[AuditEvent]:
        """The audit events so far, oldest first; of one deal where its code is given."""
        return audit.events(self._transaction.connection, subject)

    def verify_audit(self) -> AuditReport:
        """The audit chain checked from its first event to its last."""
        return audit.verify(self._transaction.connection)


class Store:
    """A database and a blob store; `clock` tells when things were done."""

    def __init__(self, database: Database, blobs: BlobStore, clock: Clock) -> None:
        self.blobs = blobs
        self.clock = clock
        self._database = database
        bring_up_to_date(database)

    @contextmanager
    def begin(self, actor: str) -> Iterator[Work]:
        """A unit of work by `actor`, with its audit events; kept when the block ends, forgotten when it raises.

        Raises Conflict where somebody else was first, StoreUnavailable where the database cannot be used.
        """
        with self._database.writing() as connection:
            transaction = Transaction(connection, self.clock.now(), actor)
            yield Work(transaction)
            audit.append(connection, transaction.at, actor, transaction.acts)

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A unit of work that sees one state of the store and changes nothing."""
        with self._database.reading() as connection:
            yield Work(Transaction(connection, self.clock.now()))

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


def open_store(database: str | Path, storage: str | Path, clock: Clock) -> Store:
    """The store in these places, made or brought up to date where needed; raises StoreUnavailable.

    A database is a URL or the path of an SQLite file, a storage a URL or a folder.
    """
    blobs, opened = BlobStore(storage), Database(database)
    try:
        return Store(opened, blobs, clock)
    except BaseException:
        opened.close()
        raise
