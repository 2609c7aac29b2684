"""Who takes the minutes of a meeting: they note what is learnt and why, and decide nothing."""

import sqlalchemy as sa
from alembic import op

revision = "20261127minutetaker"
down_revision = "20261127conflicts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting_person", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("minutes", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    with op.batch_alter_table("meeting_person", schema=None) as batch_op:
        batch_op.drop_column("minutes")
