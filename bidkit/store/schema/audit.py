"""The audit chain."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from bidkit.store.schema.base import SHA256, Moment, metadata

# `payload` may be emptied on a person's request; the digest in the chain stays.
audit_event = Table(
    "audit_event",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("act", String(64), nullable=False),
    Column("subject", Text, nullable=False),
    Column("payload", Text),
    Column("payload_digest", SHA256, nullable=False),
    Column("prev_hash", SHA256, nullable=False),
    Column("hash", SHA256, nullable=False, unique=True),
    Index("ix_audit_event_subject", "subject"),
)

# One row: where the chain ends. It shows a cut-off tail, and writers queue up at it.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", SHA256, nullable=False),
)
