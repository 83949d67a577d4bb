"""The first tables: deals, files, solicitations with their rows, people's work, the audit chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_AUDIT_HEAD = sa.table("audit_head", sa.column("id"), sa.column("seq"), sa.column("hash"))


def upgrade() -> None:
    """Make the tables and the empty chain."""
    op.create_table(
        "audit_event",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("payload_digest", sa.String(length=64), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_event"),
        sa.UniqueConstraint("hash", name="uq_audit_event_hash"),
    )
    op.create_index("ix_audit_event_subject", "audit_event", ["subject"])

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob"),
    )
    op.create_table(
        "deal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deal"),
        sa.UniqueConstraint("code", name="uq_deal_code"),
    )
    op.create_table(
        "row_work",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("compliance", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name="fk_row_work_deal_id"),
        sa.PrimaryKeyConstraint("deal_id", "row_id", "version", name="pk_row_work"),
    )
    op.create_table(
        "solicitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("package_digest", sa.String(length=64), nullable=False),
        sa.Column("rows_digest", sa.String(length=64), nullable=False),
        sa.Column("extractor", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name="fk_solicitation_deal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_solicitation"),
        sa.UniqueConstraint("deal_id", "package_digest", name="uq_solicitation_deal_id_package_digest"),
        sa.UniqueConstraint("deal_id", "revision", name="uq_solicitation_deal_id_revision"),
    )
    op.create_table(
        "criterion",
        sa.Column("solicitation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("requirement_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("points", sa.Float(), nullable=True),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("anchor", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["solicitation_id"], ["solicitation.id"], name="fk_criterion_solicitation_id"),
        sa.PrimaryKeyConstraint("solicitation_id", "position", name="pk_criterion"),
    )
    op.create_table(
        "delivered_file",
        sa.Column("solicitation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name="fk_delivered_file_sha256"),
        sa.ForeignKeyConstraint(["solicitation_id"], ["solicitation.id"], name="fk_delivered_file_solicitation_id"),
        sa.PrimaryKeyConstraint("solicitation_id", "position", name="pk_delivered_file"),
    )
    op.create_table(
        "document",
        sa.Column("solicitation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=128), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["solicitation_id"], ["solicitation.id"], name="fk_document_solicitation_id"),
        sa.PrimaryKeyConstraint("solicitation_id", "position", name="pk_document"),
    )
    op.create_table(
        "finding",
        sa.Column("solicitation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("anchors", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["solicitation_id"], ["solicitation.id"], name="fk_finding_solicitation_id"),
        sa.PrimaryKeyConstraint("solicitation_id", "position", name="pk_finding"),
    )
    op.create_table(
        "key_fact",
        sa.Column("solicitation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("winner", sa.JSON(), nullable=False),
        sa.Column("alternatives", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["solicitation_id"], ["solicitation.id"], name="fk_key_fact_solicitation_id"),
        sa.PrimaryKeyConstraint("solicitation_id", "position", name="pk_key_fact"),
    )
    op.create_table(
        "mark_meaning",
        sa.Column("solicitation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("effect", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("anchor", sa.JSON(), nullable=False),
        sa.Column("inherits", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["solicitation_id"], ["solicitation.id"], name="fk_mark_meaning_solicitation_id"),
        sa.PrimaryKeyConstraint("solicitation_id", "position", name="pk_mark_meaning"),
    )
    op.create_table(
        "refused_file",
        sa.Column("solicitation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["solicitation_id"], ["solicitation.id"], name="fk_refused_file_solicitation_id"),
        sa.PrimaryKeyConstraint("solicitation_id", "position", name="pk_refused_file"),
    )
    op.create_table(
        "requirement",
        sa.Column("solicitation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("anchor", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("force", sa.String(length=32), nullable=False),
        sa.Column("knockout", sa.Boolean(), nullable=False),
        sa.Column("binds", sa.String(length=32), nullable=False),
        sa.Column("lead_in", sa.Text(), nullable=True),
        sa.Column("clause", sa.Text(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("points", sa.Float(), nullable=True),
        sa.Column("section", sa.JSON(), nullable=False),
        sa.Column("quantities", sa.JSON(), nullable=False),
        sa.Column("evidence_asked", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["solicitation_id"], ["solicitation.id"], name="fk_requirement_solicitation_id"),
        sa.PrimaryKeyConstraint("solicitation_id", "position", name="pk_requirement"),
        sa.UniqueConstraint("solicitation_id", "id", name="uq_requirement_solicitation_id_id"),
    )
    op.create_index("ix_requirement_id", "requirement", ["id"])

    op.bulk_insert(_AUDIT_HEAD, [{"id": 1, "seq": 0, "hash": "0" * 64}])
