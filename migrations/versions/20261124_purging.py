"""Legal holds on rounds, and what of a round is gone for good."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.db.columns

revision = "20261124purging"
down_revision = "20261124planning"
branch_labels = None
depends_on = None

_WORDS = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("reason", _WORDS(length=500), nullable=False),
        sa.Column("placed_by", sa.Integer(), nullable=False),
        sa.Column("placed_at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.Column("lifted_at", app.db.columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lifted_by"], ["person.id"], name=op.f("fk_legal_hold_lifted_by")),
        sa.ForeignKeyConstraint(["placed_by"], ["person.id"], name=op.f("fk_legal_hold_placed_by")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_legal_hold_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    with op.batch_alter_table("legal_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legal_hold_round_id"), ["round_id"], unique=False)

    op.create_table(
        "purge",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("kind", _WORDS(length=24), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_purge_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_purge_round_id")),
        sa.PrimaryKeyConstraint("round_id", "kind", name=op.f("pk_purge")),
    )


def downgrade() -> None:
    op.execute("UPDATE round SET stage = 'closed' WHERE stage = 'purged'")
    op.execute("UPDATE event SET details = '{}' WHERE details = ''")
    op.drop_table("purge")
    with op.batch_alter_table("legal_hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_legal_hold_round_id"))
    op.drop_table("legal_hold")
