"""Alembic's way in: runs migrations on the connection handed over by `bidkit.store.migrate`."""

from __future__ import annotations

from alembic import context

from bidkit.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
