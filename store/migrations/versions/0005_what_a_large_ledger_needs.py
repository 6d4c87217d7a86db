"""The indexes that a large ledger needs.

Ledgers of several histories come here: for a while the third and the fourth step made some or all of them. Hence each
is made only where it is missing.
"""

from alembic import op
import sqlalchemy as sa


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

INDEXES = (
    ('ix_asks_forgetting', 'asks', ['workspace_id', 'closed_at'], 'closed_at IS NOT NULL'),
    ('ix_asks_open_department', 'asks', ['workspace_id', 'department_id', 'due', 'number', 'stage', 'fed_at'], "stage != 'closed'"),
    ('ix_changes_ask', 'changes', ['ask_id'], None),
    ('ix_outbox_ask', 'outbox', ['ask_id'], None),
    ('ix_outbox_of_no_ask', 'outbox', ['workspace_id', 'put_at'], 'ask_id IS NULL'),
    ('ix_placings_ask', 'placings', ['ask_id'], None),
)


def upgrade() -> None:
    for name, table, columns, where in INDEXES:
        partial = {'sqlite_where': sa.text(where), 'postgresql_where': sa.text(where)} if where else {}
        op.create_index(name, table, columns, if_not_exists=True, **partial)
    op.drop_index('ix_asks_open_department_due', 'asks', if_exists=True)


def downgrade() -> None:
    still_open = sa.text("stage != 'closed'")
    op.create_index('ix_asks_open_department_due', 'asks', ['workspace_id', 'department_id', 'due'], sqlite_where=still_open, postgresql_where=still_open)
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table)
