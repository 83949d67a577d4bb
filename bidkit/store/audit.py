"""The audit chain: every act with the hash of the act before it, written in the transaction of the act itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bidkit.kernel.errors import StoreUnavailable
from bidkit.store.model import AuditEvent, AuditReport, BrokenLink
from bidkit.store.schema import audit_event, audit_head

_BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Act:
    """An act not yet in the chain; `payload` holds digests and counts of what was done, JSON values only."""

    act: str
    subject: str
    payload: Mapping[str, Any]


def append(connection: Connection, at: datetime, actor: str, acts: Sequence[Act]) -> None:
    """Put `acts` at the end of the chain. Writers queue up at its end until the first one's transaction is over."""
    if not acts:
        return
    head = connection.execute(select(audit_head).with_for_update()).one_or_none()
    if head is None:
        raise StoreUnavailable("the audit chain has lost its end", where="audit_head", next_step="restore a backup")
    seq, previous = int(head.seq), str(head.hash)
    rows = []
    for act in acts:
        seq += 1
        payload = json.dumps(act.payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        row = {"seq": seq, "at": at, "actor": actor, "act": act.act, "subject": act.subject, "payload": payload}
        row |= {"payload_digest": _digest(payload), "prev_hash": previous}
        previous = _link(row)
        rows.append(row | {"hash": previous})
    connection.execute(insert(audit_event), rows)
    connection.execute(update(audit_head).values(seq=seq, hash=previous))


def events(connection: Connection, subject: str | None = None) -> Iterator[AuditEvent]:
    """The acts in the order they were done; only those on `subject` where it is given."""
    query = select(audit_event).order_by(audit_event.c.seq)
    if subject is not None:
        query = query.where(audit_event.c.subject == subject)
    with connection.execute(query.execution_options(yield_per=1000)) as rows:
        for row in rows:
            payload = None if row.payload is None else json.loads(row.payload)
            yield AuditEvent(row.seq, row.at, row.actor, row.act, row.subject, payload, row.hash)


def verify(connection: Connection) -> AuditReport:
    """Every link computed anew, up to the first that does not fit; a cut-off end shows, an emptied payload is fine."""
    seq, previous = 0, _BEGINNING
    query = select(audit_event).order_by(audit_event.c.seq).execution_options(yield_per=1000)
    with connection.execute(query) as rows:
        for row in rows:
            why = _flaw(row, seq + 1, previous)
            if why:
                return AuditReport(seq, BrokenLink(seq + 1, why))
            seq, previous = row.seq, row.hash
    head = connection.execute(select(audit_head)).one_or_none()
    if head is None or (head.seq, head.hash) != (seq, previous):
        return AuditReport(seq, BrokenLink(seq + 1, "the chain does not end where the store says: events are missing"))
    return AuditReport(seq)


def erase(connection: Connection, subject: str, is_meant: Callable[[AuditEvent], bool]) -> int:
    """Empty the payload of every meant event on `subject`; gives how many. The chain stays whole by its digests."""
    meant = [event.seq for event in events(connection, subject) if event.payload is not None and is_meant(event)]
    if meant:
        connection.execute(update(audit_event).where(audit_event.c.seq.in_(meant)).values(payload=None))
    return len(meant)


def digest_of_json(value: Mapping[str, Any]) -> str:
    """The SHA-256 of `value` written as JSON with sorted keys; dates and times in ISO form."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_iso)
    return _digest(text)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot digest a {type(value).__name__}")


def _flaw(row: Row[Any], expected_seq: int, previous: str) -> str:
    """What is wrong with one event; "" = nothing."""
    if row.seq != expected_seq:
        return "the event is missing"
    if row.prev_hash != previous:
        return "it does not hold the hash of the event before it"
    if row.payload is not None and _digest(row.payload) != row.payload_digest:
        return "its payload was changed"
    if _link(dict(row._mapping)) != row.hash:
        return "it was changed after it was written"
    return ""


def _link(row: Mapping[str, Any]) -> str:
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    parts = [row["seq"], at, row["actor"], row["act"], row["subject"], row["payload_digest"], row["prev_hash"]]
    return _digest(json.dumps(parts, ensure_ascii=False, separators=(",", ":")))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
