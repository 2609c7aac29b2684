"""A finding may rest on a result: a question over a whole strand."""

import sqlalchemy as sa
from alembic import op

revision = "20261127findingresults"
down_revision = "20261127room"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "finding_result",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("strand_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_finding_result_finding_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_finding_result_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["strand_id"], ["strand.id"], name=op.f("fk_finding_result_strand_id")
        ),
        sa.PrimaryKeyConstraint(
            "finding_id", "strand_id", "question_id", name=op.f("pk_finding_result")
        ),
    )


def downgrade() -> None:
    op.drop_table("finding_result")
