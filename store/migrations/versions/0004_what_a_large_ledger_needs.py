"""Counts of the forgotten, and the indexes that a large ledger needs.

Ledgers of three histories come here: for a while the second and the third step made some or all of this. Hence each is
made only where it is missing.
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

INDEXES = (
    ('ix_asks_forgetting', 'asks', ['workspace_id', 'closed_at'], 'closed_at IS NOT NULL'),
    ('ix_asks_open_department', 'asks', ['workspace_id', 'department_id', 'due', 'number', 'stage', 'fed_at'], "stage != 'closed'"),
    ('ix_asks_rest_history', 'asks', ['workspace_id', 'department_id', 'closed_at'], "stage = 'closed' AND service_id IS NULL"),
    ('ix_changes_ask', 'changes', ['ask_id'], None),
    ('ix_outbox_ask', 'outbox', ['ask_id'], None),
    ('ix_outbox_of_no_ask', 'outbox', ['workspace_id', 'put_at'], 'ask_id IS NULL'),
    ('ix_placings_ask', 'placings', ['ask_id'], None),
)


def upgrade() -> None:
    op.create_table('forgotten',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('department_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kept', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('was_rush', sa.Boolean(), nullable=False),
    sa.Column('asks', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'department_id'], ['departments.workspace_id', 'departments.id'], name=op.f('fk_forgotten_workspace_id_department_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'department_id', 'month', 'outcome', 'kept', 'was_rush', name=op.f('pk_forgotten')),
    if_not_exists=True,
    )
    for name, table, columns, where in INDEXES:
        partial = {'sqlite_where': sa.text(where), 'postgresql_where': sa.text(where)} if where else {}
        op.create_index(name, table, columns, if_not_exists=True, **partial)
    op.drop_index('ix_asks_open_department_due', 'asks', if_exists=True)


def downgrade() -> None:
    still_open = sa.text("stage != 'closed'")
    op.create_index('ix_asks_open_department_due', 'asks', ['workspace_id', 'department_id', 'due'], sqlite_where=still_open, postgresql_where=still_open)
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table)
    op.drop_table('forgotten')
