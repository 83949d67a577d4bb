"""What the repositories of one unit of work share: the connection, the person, the time, and the acts so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bidkit.store.audit import Act


@dataclass(slots=True)
class Transaction:
    """One transaction; `actor` is None where it may only read."""

    connection: Connection
    at: datetime
    actor: str | None = None
    acts: list[Act] = field(default_factory=list)

    @property
    def who(self) -> str:
        """The person at work; RuntimeError in a transaction that may only read."""
        if self.actor is None:
            raise RuntimeError("a change inside a transaction that only reads; open it with Store.begin")
        return self.actor

    def record(self, act: str, subject: str, payload: Mapping[str, Any]) -> None:
        """Note an act for the audit chain; it is written when the transaction commits."""
        if self.who:
            self.acts.append(Act(act, subject, payload))
