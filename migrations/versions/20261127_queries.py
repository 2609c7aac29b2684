"""What the lead asks about a sent response; when it went back, and when it was first sent."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.db.columns

revision = "20261127queries"
down_revision = "20261127concerns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "query",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", app.db.columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_query_person_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_query_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_query_response_id")
        ),
        sa.PrimaryKeyConstraint("response_id", "number", "question_id", name=op.f("pk_query")),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        for name in ("returned_at", "first_sent_at"):
            kind = app.db.columns.Instant(timezone=True)
            batch_op.add_column(sa.Column(name, kind, nullable=True))
    # Until now nothing came back once it was sent, so it was sent once.
    op.execute("UPDATE response SET first_sent_at = sent_at")


def downgrade() -> None:
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_column("first_sent_at")
        batch_op.drop_column("returned_at")
    op.drop_table("query")
