"""Values of many kinds under keys of their own, of one deal or of the house."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bidkit.store.schema.base import SHA256, Moment, metadata

# Every stored state stays, the highest version is the one in force. `body` is null where the value was put away
# and where it was erased on request.
record = Table(
    "record",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("scope", String(32), nullable=False),
    Column("deal_id", ForeignKey("deal.id")),
    Column("kind", String(32), nullable=False),
    Column("key", String(160), nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", JSON(none_as_null=True)),
    Column("digest", SHA256, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    UniqueConstraint("scope", "kind", "key", "version"),
    Index("ix_record_kind", "kind", "scope"),
)
