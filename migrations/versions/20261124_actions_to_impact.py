"""Actions to their impact: who claimed, when impact is looked at, and every date that was moved."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.db.columns

revision = "20261124impact"
down_revision = "20261124tallies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("impact_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("claimed_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_action_claimed_by"), "person", ["claimed_by"], ["id"]
        )

    op.create_table(
        "action_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_after", sa.Date(), nullable=False),
        sa.Column("impact_before", sa.Date(), nullable=True),
        sa.Column("impact_after", sa.Date(), nullable=True),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_revision_action_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_action_revision_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_revision")),
    )
    with op.batch_alter_table("action_revision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_action_revision_action_id"), ["action_id"], unique=False
        )

    # A claim made before this was kept is its last maker's: nobody verifies their own.
    op.execute(
        "UPDATE action SET claimed_by = (SELECT person_id FROM action_update WHERE "
        "action_update.action_id = action.id AND action_update.state = 'complete' "
        "ORDER BY action_update.id LIMIT 1) WHERE state = 'complete'"
    )


def downgrade() -> None:
    # What was verified goes back to being claimed: the states before knew nothing in between.
    op.execute("UPDATE action SET state = 'complete' WHERE state IN ('verified', 'impact_shown')")
    op.execute(
        "UPDATE action_update SET state = 'complete' WHERE state IN ('verified', 'impact_shown')"
    )
    with op.batch_alter_table("action_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_revision_action_id"))
    op.drop_table("action_revision")
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_action_claimed_by"), type_="foreignkey")
        batch_op.drop_column("claimed_by")
        batch_op.drop_column("impact_on")
