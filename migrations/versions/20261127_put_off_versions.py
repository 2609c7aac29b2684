"""What is put off has a version, as what is agreed has: an older page overwrites neither."""

import sqlalchemy as sa
from alembic import op

revision = "20261127putoffversions"
down_revision = "20261127strandtallies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("put_off", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    with op.batch_alter_table("put_off", schema=None) as batch_op:
        batch_op.drop_column("version")
