"""People, what a deal shows at its gates and what is decided there, filled forms, and what is known about a deal."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; deals that are there keep the first stage model."""
    op.add_column("deal", sa.Column("model_version", sa.Integer(), nullable=False, server_default="1"))
    _people()
    _profile()
    _forms()
    _proof()
    _decisions()


def _when_and_who() -> tuple[sa.Column[Any], sa.Column[Any]]:
    return (
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
    )


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("login", sa.String(length=64), nullable=False),
        *_when_and_who(),
        sa.PrimaryKeyConstraint("login", name="pk_person"),
    )
    op.create_table(
        "person_version",
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        *_when_and_who(),
        sa.ForeignKeyConstraint(["login"], ["person.login"], name="fk_person_version_login"),
        sa.PrimaryKeyConstraint("login", "version", name="pk_person_version"),
    )


def _profile() -> None:
    op.create_table(
        "deal_profile",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("method", sa.String(length=32), nullable=False),
        sa.Column("regime", sa.String(length=32), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("procurement_closed_on", sa.Date(), nullable=True),
        sa.Column("movable_topics", sa.JSON(), nullable=True),
        sa.Column("amount", sa.Text(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("risk", sa.String(length=16), nullable=True),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_what", sa.Text(), nullable=False),
        sa.Column("late_entry", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("reached_entered", sa.Integer(), nullable=True),
        sa.Column("reached_completed", sa.Integer(), nullable=True),
        *_when_and_who(),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name="fk_deal_profile_deal_id"),
        sa.PrimaryKeyConstraint("deal_id", "version", name="pk_deal_profile"),
    )


def _forms() -> None:
    op.create_table(
        "form_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=True),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        *_when_and_who(),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name="fk_form_document_deal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_form_document"),
    )
    op.create_index("ix_form_document_deal_id", "form_document", ["deal_id"])
    op.create_table(
        "form_version",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        *_when_and_who(),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["form_document.id"], name="fk_form_version_document_id"),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_form_version"),
    )
    counting = ["document_id", "number", "state"]
    op.create_index("ix_form_version_document_id_number_state", "form_version", counting)


def _proof() -> None:
    _book(
        "evidence",
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        *_when_and_who(),
        sa.ForeignKeyConstraint(["form_id"], ["form_document.id"], name="fk_evidence_form_id"),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name="fk_evidence_sha256"),
    )
    _book(
        "judgement",
        sa.Column("fact", sa.String(length=16), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_when_and_who(),
    )
    _book(
        "waiver",
        sa.Column("fact", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        *_when_and_who(),
    )
    _book(
        "withdrawal",
        sa.Column("entry", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_when_and_who(),
        sa.UniqueConstraint("deal_id", "entry", name="uq_withdrawal_deal_id_entry"),
    )
    _book(
        "customer_step",
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        *_when_and_who(),
    )


def _decisions() -> None:
    _book(
        "decision",
        sa.Column("gate", sa.String(length=64), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("overrides", sa.JSON(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        *_when_and_who(),
    )
    _book(
        "signature",
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        *_when_and_who(),
        sa.UniqueConstraint("deal_id", "decision", "actor", name="uq_signature_deal_id_decision_actor"),
    )


def _book(name: str, *parts: sa.schema.SchemaItem) -> None:
    """A table of a deal's numbered entries."""
    op.create_table(
        name,
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *parts,
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=f"fk_{name}_deal_id"),
        sa.PrimaryKeyConstraint("deal_id", "number", name=f"pk_{name}"),
    )
