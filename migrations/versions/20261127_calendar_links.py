"""Calendars: the links by which they read a person's dates."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.db.columns

revision = "20261127calendars"
down_revision = "20261127findingresults"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_link",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("made_at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.Column("used_at", app.db.columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_link_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_calendar_link_partnership_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "partnership_id", name=op.f("pk_calendar_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_link_digest")),
    )


def downgrade() -> None:
    op.drop_table("calendar_link")
