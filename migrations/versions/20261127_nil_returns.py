"""A response may say that the child is not known to the agency."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "20261127nilreturns"
down_revision = "20261127queries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nil_return",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("searched", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_nil_return_response_id")
        ),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_nil_return")),
    )


def downgrade() -> None:
    op.drop_table("nil_return")
