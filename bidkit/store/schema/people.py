"""The people who act, with the roles they act in."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, Table, Text

from bidkit.store.schema.base import LOGIN, Moment, metadata

person = Table(
    "person",
    metadata,
    Column("login", LOGIN, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
)

# Every stored state stays, the highest version is the one in force. Name and address are emptied on request.
person_version = Table(
    "person_version",
    metadata,
    Column("login", ForeignKey("person.login"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("name", Text),
    Column("email", Text),
    Column("roles", JSON, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
)
