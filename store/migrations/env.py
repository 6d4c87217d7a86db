"""Alembic's entrance: runs the steps on the connection that `migrate` hands in.

To write a step after changing `store/tables/`: `make migration m="what changes"`.
"""

from alembic import context

from store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=connection.dialect.name == "sqlite")
with context.begin_transaction():
    context.run_migrations()
connection.commit()
