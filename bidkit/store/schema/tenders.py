"""Tenders as they were read: files, revisions and everything found in them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bidkit.store.schema.base import ROW_ID, SHA256, Moment, metadata


def _of_solicitation() -> tuple[Column[int], Column[int]]:
    """The key of everything that belongs to one revision of a solicitation, in the order it was read."""
    return (
        Column("solicitation_id", ForeignKey("solicitation.id"), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
    )


blob = Table(
    "blob",
    metadata,
    Column("sha256", SHA256, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String(128), nullable=False),
)

solicitation = Table(
    "solicitation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("deal_id", ForeignKey("deal.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("language", String(8), nullable=False),
    Column("package_digest", SHA256, nullable=False),
    Column("rows_digest", SHA256, nullable=False),
    Column("extractor", SHA256, nullable=False),
    UniqueConstraint("deal_id", "revision"),
    UniqueConstraint("deal_id", "package_digest"),
)

delivered_file = Table(
    "delivered_file",
    metadata,
    *_of_solicitation(),
    Column("name", Text, nullable=False),
    Column("sha256", ForeignKey("blob.sha256"), nullable=False),
)

document = Table(
    "document",
    metadata,
    *_of_solicitation(),
    Column("name", Text, nullable=False),
    Column("sha256", SHA256, nullable=False),
    Column("media_type", String(128), nullable=False),
    Column("pages", Integer),
)

refused_file = Table(
    "refused_file",
    metadata,
    *_of_solicitation(),
    Column("name", Text, nullable=False),
    Column("reason", String(64), nullable=False),
    Column("message", Text, nullable=False),
    Column("sha256", SHA256, nullable=False),
)

requirement = Table(
    "requirement",
    metadata,
    *_of_solicitation(),
    Column("id", ROW_ID, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("anchor", JSON, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("force", String(32), nullable=False),
    Column("knockout", Boolean, nullable=False),
    Column("binds", String(32), nullable=False),
    Column("lead_in", Text),
    Column("clause", Text),
    Column("mark", Text),
    Column("points", Float),
    Column("section", JSON, nullable=False),
    Column("quantities", JSON, nullable=False),
    Column("evidence_asked", JSON, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("why", JSON, nullable=False),
    UniqueConstraint("solicitation_id", "id"),
)

mark_meaning = Table(
    "mark_meaning",
    metadata,
    *_of_solicitation(),
    Column("mark", Text, nullable=False),
    Column("effect", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("anchor", JSON, nullable=False),
    Column("inherits", Boolean, nullable=False),
)

key_fact = Table(
    "key_fact",
    metadata,
    *_of_solicitation(),
    Column("key", String(64), nullable=False),
    Column("winner", JSON, nullable=False),
    Column("alternatives", JSON, nullable=False),
)

criterion = Table(
    "criterion",
    metadata,
    *_of_solicitation(),
    Column("requirement_id", ROW_ID, nullable=False),
    Column("name", Text, nullable=False),
    Column("points", Float),
    Column("group", Text, nullable=False),
    Column("anchor", JSON, nullable=False),
)

finding = Table(
    "finding",
    metadata,
    *_of_solicitation(),
    Column("code", String(64), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("values", JSON, nullable=False),
    Column("anchors", JSON, nullable=False),
)
