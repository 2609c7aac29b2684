"""Tallies: how many sent responses gave each answer, kept as they are sent."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "20261124tallies"
down_revision = "20261122spine"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("stratum", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["strand_id"], ["strand.id"], name=op.f("fk_tally_strand_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_tally_question_id")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_tally_agency_id")),
        sa.PrimaryKeyConstraint(
            "strand_id",
            "question_id",
            "agency_id",
            "stratum",
            "state",
            "code",
            name=op.f("pk_tally"),
        ),
    )


def downgrade() -> None:
    op.drop_table("tally")
