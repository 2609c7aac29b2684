"""Requested documents: what took longer than somebody could wait, for them alone and for a day."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.db.columns

revision = "20261127documents"
down_revision = "20261127calendars"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "requested_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("called", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("format", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("maker", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("asked_at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", app.db.columns.Instant(timezone=True), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_requested_document_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_requested_document_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requested_document")),
    )
    with op.batch_alter_table("requested_document", schema=None) as batch_op:
        for column in ("asked_at", "person_id", "round_id"):
            name = batch_op.f(f"ix_requested_document_{column}")
            batch_op.create_index(name, [column], unique=False)
        batch_op.create_index(batch_op.f("ix_requested_document_ref"), ["ref"], unique=True)


def downgrade() -> None:
    op.drop_table("requested_document")
