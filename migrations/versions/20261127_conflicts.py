"""An auditor may declare a conflict of interest about a subject."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.db.columns

revision = "20261127conflicts"
down_revision = "20261127nilreturns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conflict_of_interest",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_conflict_of_interest_assignment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_conflict_of_interest_person_id")
        ),
        sa.PrimaryKeyConstraint("assignment_id", "person_id", name=op.f("pk_conflict_of_interest")),
    )


def downgrade() -> None:
    op.drop_table("conflict_of_interest")
