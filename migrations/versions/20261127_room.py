"""Who was in the room, as what, and since and until when."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.db.columns

revision = "20261127room"
down_revision = "20261124papers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting_person", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "part",
                sqlmodel.sql.sqltypes.AutoString(length=300),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column("came_at", app.db.columns.Instant(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("left_at", app.db.columns.Instant(timezone=True), nullable=True)
        )

    # Who was there before this was kept was there all the time, as far as anybody knows.
    op.execute(
        "UPDATE meeting_person SET came_at = (SELECT began_at FROM meeting "
        "WHERE meeting.id = meeting_person.meeting_id)"
    )
    with op.batch_alter_table("meeting_person", schema=None) as batch_op:
        batch_op.alter_column("part", server_default=None)
        batch_op.alter_column("came_at", nullable=False)


def downgrade() -> None:
    # Who left is kept: the record then says that they were there, which they were for a part.
    with op.batch_alter_table("meeting_person", schema=None) as batch_op:
        batch_op.drop_column("left_at")
        batch_op.drop_column("came_at")
        batch_op.drop_column("part")
