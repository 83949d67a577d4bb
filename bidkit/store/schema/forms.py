"""Filled forms: a document and its versions."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text

from bidkit.store.schema.base import SHA256, Moment, metadata

# A form without a deal belongs to the whole house, such as a library of qualifications.
form_document = Table(
    "form_document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("deal_id", ForeignKey("deal.id"), index=True),
    Column("form", String(64), nullable=False),
    Column("definition_version", Integer, nullable=False),
    Column("language", String(8), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
)

# Every save is a version; the highest is the latest. `digest` is of the values as saved and outlives their erasure.
form_version = Table(
    "form_version",
    metadata,
    Column("document_id", ForeignKey("form_document.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("values", JSON, nullable=False),
    Column("digest", SHA256, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("erased_at", Moment),
    # Which version counts is told from the index alone, without reading every version's values.
    Index(None, "document_id", "number", "state"),
)
