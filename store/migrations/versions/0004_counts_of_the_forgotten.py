"""Counts of the forgotten, and the way to a department's history.

A ledger that began between two releases has both already: for a while the second step made them. Hence the looks.
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    here = sa.inspect(op.get_bind())
    if not here.has_table('forgotten'):
        op.create_table('forgotten',
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('department_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('month', sa.Date(), nullable=False),
        sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('kept', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('was_rush', sa.Boolean(), nullable=False),
        sa.Column('asks', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['workspace_id', 'department_id'], ['departments.workspace_id', 'departments.id'], name=op.f('fk_forgotten_workspace_id_department_id')),
        sa.PrimaryKeyConstraint('workspace_id', 'department_id', 'month', 'outcome', 'kept', 'was_rush', name=op.f('pk_forgotten'))
        )
    if 'ix_asks_rest_history' not in {one['name'] for one in here.get_indexes('asks')}:
        with op.batch_alter_table('asks', schema=None) as batch_op:
            batch_op.create_index('ix_asks_rest_history', ['workspace_id', 'department_id', 'closed_at'], unique=False, sqlite_where=sa.text("stage = 'closed' AND service_id IS NULL"), postgresql_where=sa.text("stage = 'closed' AND service_id IS NULL"))


def downgrade() -> None:
    with op.batch_alter_table('asks', schema=None) as batch_op:
        batch_op.drop_index('ix_asks_rest_history', sqlite_where=sa.text("stage = 'closed' AND service_id IS NULL"), postgresql_where=sa.text("stage = 'closed' AND service_id IS NULL"))

    op.drop_table('forgotten')
