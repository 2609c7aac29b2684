"""Tallies of all agencies together, added up from those that are kept already."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "20261127strandtallies"
down_revision = "20261127documents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "strand_tally",
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("stratum", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["strand_id"], ["strand.id"], name=op.f("fk_strand_tally_strand_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_strand_tally_question_id")
        ),
        sa.PrimaryKeyConstraint(
            "strand_id", "question_id", "stratum", "state", "code", name=op.f("pk_strand_tally")
        ),
    )
    op.execute(
        "INSERT INTO strand_tally (strand_id, question_id, stratum, state, code, count) "
        "SELECT strand_id, question_id, stratum, state, code, sum(count) FROM tally "
        "GROUP BY strand_id, question_id, stratum, state, code"
    )


def downgrade() -> None:
    op.drop_table("strand_tally")
