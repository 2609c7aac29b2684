"""An assignment's sections may be shared among several auditors of its agency."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.db.columns

revision = "20261127sharedsections"
down_revision = "20261127panels"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_section",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("section", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("given_at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.Column("complete_at", app.db.columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_shared_section_assignment_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_shared_section_person_id")
        ),
        sa.PrimaryKeyConstraint("assignment_id", "section", name=op.f("pk_shared_section")),
    )
    op.create_index("ix_shared_section_person_id", "shared_section", ["person_id"])


def downgrade() -> None:
    op.drop_index("ix_shared_section_person_id", table_name="shared_section")
    op.drop_table("shared_section")
