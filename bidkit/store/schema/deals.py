"""Deals, what is known about them, and responses to the rows of their tenders."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, String, Table, Text

from bidkit.store.schema.base import CODE, LOGIN, ROW_ID, Moment, metadata

deal = Table(
    "deal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", CODE, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("model_version", Integer, nullable=False, server_default="1"),
)

# What is known about a deal: every stored state stays, the highest version is the one in force.
deal_profile = Table(
    "deal_profile",
    metadata,
    Column("deal_id", ForeignKey("deal.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("method", String(32), nullable=False),
    Column("regime", String(32), nullable=False),
    Column("published_on", Date),
    Column("procurement_closed_on", Date),
    Column("movable_topics", JSON(none_as_null=True)),
    Column("amount", Text),
    Column("currency", String(3)),
    Column("risk", String(16)),
    Column("owner", LOGIN, nullable=False),
    Column("next_on", Date),
    Column("next_what", Text, nullable=False),
    Column("late_entry", Integer),
    Column("outcome", String(16)),
    Column("ended_on", Date),
    Column("end_reason", Text),
    Column("reached_entered", Integer),
    Column("reached_completed", Integer),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
)

# People's words: every stored state of a row stays, the highest version is the one in force.
response = Table(
    "response",
    metadata,
    Column("deal_id", ForeignKey("deal.id"), primary_key=True),
    Column("row_id", ROW_ID, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("compliance", String(32), nullable=False),
    Column("offered", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("proof", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due_on", Date),
    Column("state", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
)
