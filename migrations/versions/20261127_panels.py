"""Two panels may sit at once on one round, each with cases, a chair and a record of its own."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "20261127panels"
down_revision = "20261127secondauditors"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "name",
                sqlmodel.sql.sqltypes.AutoString(length=100),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(sa.Column("chair_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_meeting_chair_id_person"), "person", ["chair_id"], ["id"]
        )
    op.create_table(
        "meeting_subject",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_subject_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_meeting_subject_subject_id_subject")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "subject_id", name=op.f("pk_meeting_subject")),
    )


def downgrade() -> None:
    op.drop_table("meeting_subject")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_meeting_chair_id_person"), type_="foreignkey")
        batch_op.drop_column("chair_id")
        batch_op.drop_column("name")
