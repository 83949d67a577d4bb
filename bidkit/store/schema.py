"""The tables. Values of the rooms below lie in columns of the same names; nested values lie in JSON columns."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC; databases without time zones keep it bare."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The time in UTC; raises ValueError for a time without zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a stored time needs its zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The aware time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_SHA256 = String(64)
_CODE = String(64)
_ROW_ID = String(64)


def _of_solicitation() -> tuple[Column[int], Column[int]]:
    """The key of everything that belongs to one revision of a solicitation, in the order it was read."""
    return (
        Column("solicitation_id", ForeignKey("solicitation.id"), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
    )


deal = Table(
    "deal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", _CODE, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", _SHA256, primary_key=True),
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
    Column("package_digest", _SHA256, nullable=False),
    Column("rows_digest", _SHA256, nullable=False),
    Column("extractor", _SHA256, nullable=False),
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
    Column("sha256", _SHA256, nullable=False),
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
    Column("sha256", _SHA256, nullable=False),
)

requirement = Table(
    "requirement",
    metadata,
    *_of_solicitation(),
    Column("id", _ROW_ID, nullable=False, index=True),
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
    Column("requirement_id", _ROW_ID, nullable=False),
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

# People's words: every stored state of a row stays, the highest version is the one in force.
row_work = Table(
    "row_work",
    metadata,
    Column("deal_id", ForeignKey("deal.id"), primary_key=True),
    Column("row_id", _ROW_ID, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("compliance", String(32), nullable=False),
    Column("owner", Text, nullable=False),
    Column("response", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
)

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
    Column("payload_digest", _SHA256, nullable=False),
    Column("prev_hash", _SHA256, nullable=False),
    Column("hash", _SHA256, nullable=False, unique=True),
    Index("ix_audit_event_subject", "subject"),
)

# One row: where the chain ends. It shows a cut-off tail, and writers queue up at it.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", _SHA256, nullable=False),
)
