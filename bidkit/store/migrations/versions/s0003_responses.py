"""What people typed on rows becomes a response: offered value, proof, due day and state join the words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new table, take every state over under its version, and let go of the old one."""
    op.create_table(
        "response",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("compliance", sa.String(length=32), nullable=False),
        sa.Column("offered", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name="fk_response_deal_id"),
        sa.PrimaryKeyConstraint("deal_id", "row_id", "version", name="pk_response"),
    )
    op.execute(
        "INSERT INTO response (deal_id, row_id, version, compliance, offered, answer, proof, owner, due_on, state,"
        " note, at, actor) SELECT deal_id, row_id, version, compliance, '', response, '', owner, NULL, '',"
        " note, at, actor FROM row_work"
    )
    op.drop_table("row_work")
