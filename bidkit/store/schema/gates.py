"""What a deal shows at its gates and what was decided there. Rows are only ever added."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from bidkit.store.schema.base import LOGIN, SHA256, Moment, metadata


def _of_deal() -> tuple[Column[int], Column[int]]:
    """The key of an entry in a deal's books: numbers count from 1 in each deal and each book."""
    return (
        Column("deal_id", ForeignKey("deal.id"), primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
    )


def _by_whom() -> tuple[Column[Any], Column[Any]]:
    return Column("at", Moment, nullable=False), Column("actor", Text, nullable=False)


evidence = Table(
    "evidence",
    metadata,
    *_of_deal(),
    Column("facts", JSON, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("origin", String(32), nullable=False),
    Column("sha256", ForeignKey("blob.sha256")),
    Column("file_name", Text, nullable=False),
    Column("form_id", ForeignKey("form_document.id")),
    Column("note", Text, nullable=False),
    *_by_whom(),
)

judgement = Table(
    "judgement",
    metadata,
    *_of_deal(),
    Column("fact", String(16), nullable=False),
    Column("holds", Boolean, nullable=False),
    Column("role", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    *_by_whom(),
)

waiver = Table(
    "waiver",
    metadata,
    *_of_deal(),
    Column("fact", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by", LOGIN, nullable=False),
    Column("role", String(32), nullable=False),
    Column("until", Date),
    *_by_whom(),
)

# `entry` is the id of the evidence, judgement or waiver taken back, such as "E3"; nothing is taken back twice.
withdrawal = Table(
    "withdrawal",
    metadata,
    *_of_deal(),
    Column("entry", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    *_by_whom(),
    UniqueConstraint("deal_id", "entry"),
)

customer_step = Table(
    "customer_step",
    metadata,
    *_of_deal(),
    Column("step", String(8), nullable=False),
    Column("seen_on", Date, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("next_on", Date),
    *_by_whom(),
)

# `digest` is of exactly what was seen; `persons` is how many signatures the decision needs to count.
decision = Table(
    "decision",
    metadata,
    *_of_deal(),
    Column("gate", String(64), nullable=False),
    Column("topic", String(32), nullable=False),
    Column("verdict", String(32), nullable=False),
    Column("role", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    Column("digest", SHA256, nullable=False),
    Column("conditions", JSON, nullable=False),
    Column("overrides", JSON, nullable=False),
    Column("persons", Integer, nullable=False),
    *_by_whom(),
)

# A further person under a decision; `decision` is its number.
signature = Table(
    "signature",
    metadata,
    *_of_deal(),
    Column("decision", Integer, nullable=False),
    Column("role", String(32), nullable=False),
    *_by_whom(),
    UniqueConstraint("deal_id", "decision", "actor"),
)
